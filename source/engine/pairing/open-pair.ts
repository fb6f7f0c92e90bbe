import type {PairReader} from '../../dialects/dialect.ts';
import {loadDialect} from '../../dialects/registry.ts';
import type {ConnectionSettings} from '../../model/connection-settings.ts';
import {ConnectionError} from '../../model/errors.ts';

/**
Opens both sides for comparing: in one engine where it can join them, else side by side.

@throws {ConnectionError | LockedError} With a hint for the person.
*/
export async function openPair(
	prod: ConnectionSettings,
	dev: ConnectionSettings,
): Promise<PairReader> {
	const dialect = await loadDialect(prod);
	if (dialect === (await loadDialect(dev)) && dialect.openJoined) {
		return dialect.openJoined(prod, dev);
	}
	throw new ConnectionError(`${dialect.traits.title} can't be compared with this database.`);
}
