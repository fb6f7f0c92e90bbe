import type {Session} from '../session.ts';
import type {PackMeta} from './write-pack.ts';

/**
What a pack says of the two sides that it was made for.

@param createdAt ISO 8601 in UTC; given from outside so that equal inputs give equal bytes.
*/
export function describePack({dialect, prod, dev}: Session, createdAt: string): PackMeta {
	return {
		engine: dialect.traits.title,
		isAtomic: dialect.traits.transactionalDdl,
		frame: dialect.packFrame(prod.catalog),
		prod: {name: prod.name, identity: prod.facts.identity, catalog: prod.catalog.fingerprint},
		dev: {name: dev.name, catalog: dev.catalog.fingerprint},
		createdAt,
	};
}
