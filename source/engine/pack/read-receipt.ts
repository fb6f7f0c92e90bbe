import {readFileSync} from 'node:fs';
import path from 'node:path';
import type {Receipt} from '../../model/receipt.ts';

export const receiptNames = {migration: 'receipt.json', undo: 'undo_receipt.json'} as const;

/** The receipt that lies in a pack's folder; null when there is none that can be read. */
export function readReceipt(folder: string, kind: Receipt['kind']): Receipt | null {
	try {
		const text = readFileSync(path.join(folder, receiptNames[kind]), 'utf8');
		// What is taken from it is only compared with what the database itself says.
		return JSON.parse(text) as Receipt;
	} catch {
		return null;
	}
}
