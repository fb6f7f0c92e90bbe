import {existsSync, statSync} from 'node:fs';
import path from 'node:path';
import {PackError} from '../../model/errors.ts';
import {packNames} from './pack-format.ts';

/**
The two files of a pack.

@param place Either of them, or the folder that holds a `migration_pack`.
@throws {PackError} When one is missing.
*/
export function findPackFiles(place: string): {sqlPath: string; manifestPath: string} {
	const start = path.resolve(place);
	const isFolder = statSync(start, {throwIfNoEntry: false})?.isDirectory() === true;
	const file = isFolder ? path.join(start, packNames.migration.sql) : start;
	const stem = file.replace(/\.(?:sql|json)$/, '');
	const [sqlPath, manifestPath] = [`${stem}.sql`, `${stem}.json`];
	if (!existsSync(sqlPath) && !existsSync(manifestPath)) {
		throw new PackError(`There is no pack ${file}.`, {
			hint: 'Name the .sql file that `deepdiff-db plan` wrote, or its folder.',
		});
	}
	for (const part of [sqlPath, manifestPath]) {
		if (existsSync(part)) continue;
		throw new PackError(`${path.basename(part)} is missing beside ${path.basename(file)}.`, {
			hint: 'A pack is two files, .sql and .json: keep them together. Or write it again with `deepdiff-db plan`.',
		});
	}
	return {sqlPath, manifestPath};
}
