import path from 'node:path';
import {packNames} from '../engine/pack/pack-format.ts';
import {readPack, type Pack} from '../engine/pack/read-pack.ts';
import {PackError, UsageError} from '../model/errors.ts';
import type {CommandContext} from './context.ts';

/**
Opens the pack that a person named. To undo, the migration's pack or its folder is good
too: its undo pack lies beside it.

@throws {PackError} When it is missing, edited, cut off, or not the other's inverse.
@throws {UsageError} When an undo pack is to be applied.
*/
export async function openPack(
	{directory, signal}: Pick<CommandContext, 'directory' | 'signal'>,
	place: string,
	kind: 'migration' | 'undo',
): Promise<Pack> {
	const pack = await readPack(path.resolve(directory, place), {signal});
	if (pack.header.kind === kind) return pack;
	if (kind === 'migration') {
		throw new UsageError(`${place} is an undo pack.`, {
			hint: `Run it with: deepdiff-db undo ${place}`,
		});
	}
	const undo = await readPack(path.join(path.dirname(pack.sqlPath), packNames.undo.sql), {signal});
	if (undo.header.reverts === pack.digest) return undo;
	throw new PackError(`${undo.sqlPath} is not the inverse of ${pack.sqlPath}.`, {
		hint: 'Name the undo pack that was written together with it.',
	});
}
