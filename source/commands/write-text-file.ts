import {writeFile} from 'node:fs/promises';
import {DeepDiffError} from '../model/errors.ts';

/** @throws {DeepDiffError} When the disk does not take it. */
export async function writeTextFile(file: string, text: string): Promise<void> {
	try {
		await writeFile(file, text);
	} catch (error) {
		if (!(error instanceof Error && 'code' in error)) throw error;
		throw new DeepDiffError(`${file} can't be written: ${error.message}`, {
			hint: 'Check the folder, its permissions and its free space, or name another file.',
			cause: error,
		});
	}
}
