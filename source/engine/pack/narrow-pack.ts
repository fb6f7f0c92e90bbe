import type {PackCheck} from './pack-format.ts';
import type {Pack} from './read-pack.ts';

/** What decides whether a statement takes part: both a step and a check have it. */
export type PackItem = Pick<PackCheck, 'number' | 'kind' | 'table' | 'allowed' | 'reverts'>;

/** A pack as if it had these statements alone; its files stay what they are. */
export function narrowPack(pack: Pack, chooses: (item: PackItem) => boolean): Pack {
	return {
		...pack,
		*steps() {
			for (const step of pack.steps()) if (chooses(step)) yield step;
		},
		*checks() {
			for (const check of pack.checks()) if (chooses(check)) yield check;
		},
	};
}
