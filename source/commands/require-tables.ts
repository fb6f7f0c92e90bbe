import type {Config} from '../config/config.ts';
import {findNearest} from '../config/find-nearest.ts';
import {isGlob, matchesGlob} from '../config/match-glob.ts';
import type {Session} from '../engine/session.ts';
import {UsageError} from '../model/errors.ts';

/**
Refuses a `--tables` that would compare nothing: a misspelt name must not look like two
databases that are the same.

@throws {UsageError} Naming the nearest table.
*/
export function requireTables({onlyTables}: Config, {prod, dev}: Session): void {
	const known = [...prod.catalog.tables, ...dev.catalog.tables].map(({name}) => name);
	const missing = onlyTables.filter((glob) => !known.some((name) => matchesGlob(name, glob)));
	const misspelt = missing.find((glob) => !isGlob(glob)) ?? missing[0];
	const isNothingLeft = missing.length === onlyTables.length;
	if (misspelt === undefined || (isGlob(misspelt) && !isNothingLeft)) return;
	const nearest = findNearest(misspelt, known);
	throw new UsageError(`--tables names ${misspelt}, and neither side has such a table.`, {
		hint:
			nearest === undefined ? 'See them with `deepdiff-db check`.' : `Did you mean "${nearest}"?`,
	});
}
