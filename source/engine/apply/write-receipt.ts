import {mkdirSync, renameSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {StoreError} from '../../model/errors.ts';
import type {Receipt} from '../../model/receipt.ts';
import {receiptNames} from '../pack/read-receipt.ts';

/**
Puts a receipt into the folder of its pack, where an undo finds it.

@returns Its path.
@throws {StoreError} When the folder can't be written to.
*/
export function writeReceipt(receipt: Receipt, folder: string): Promise<string> {
	const file = path.join(folder, receiptNames[receipt.kind]);
	const temporary = `${file}.${process.pid}.part`;
	try {
		mkdirSync(folder, {recursive: true});
		writeFileSync(temporary, `${JSON.stringify(receipt, null, '\t')}\n`);
		renameSync(temporary, file);
	} catch (error) {
		throw new StoreError(`The receipt ${file} can't be written.`, {
			hint: 'What was applied stands. Make room or check the permissions of the folder.',
			cause: error,
		});
	}
	return Promise.resolve(file);
}
