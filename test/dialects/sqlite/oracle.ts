import {isUtf8} from 'node:buffer';
import SQLite from 'better-sqlite3';
import type {Cell, Row} from '../../../source/model/cell.ts';

/**
Downloads a whole table by another way than the program's: SQLite says the storage class and
spells the bytes as hex; nothing of a value passes through the driver.
*/
export function downloadRows(
	file: string,
	table: string,
	columns: readonly string[],
	where = '1',
): Row[] {
	const database = new SQLite(file, {readonly: true});
	try {
		const encoding = String(database.pragma('encoding', {simple: true}));
		const spelled = columns.map(
			(name) => `CASE typeof("${name}")
				WHEN 'null' THEN 'null:'
				WHEN 'integer' THEN 'integer:' || CAST("${name}" AS TEXT)
				WHEN 'real' THEN 'real:' || iif("${name}" = 0, iif(atan2("${name}", -1) < 0, '-0', '0'), format('%!.17g', "${name}"))
				ELSE typeof("${name}") || ':' || hex(CAST("${name}" AS BLOB)) END`,
		);
		return database
			.prepare<[], string[]>(`SELECT ${spelled.join(', ')} FROM "${table}" WHERE ${where}`)
			.raw()
			.all()
			.map((row) => row.map((cell) => readCell(cell, encoding)));
	} finally {
		database.close();
	}
}

function readCell(spelled: string, encoding: string): Cell {
	const colon = spelled.indexOf(':');
	const [type, rest] = [spelled.slice(0, colon), spelled.slice(colon + 1)];
	switch (type) {
		case 'null':
			return {kind: 'null', text: ''};
		case 'integer':
			return {kind: 'integer', text: rest};
		case 'real':
			return {kind: 'real', text: readReal(rest)};
		case 'blob':
			return {kind: 'bytes', text: rest.toLowerCase()};
		case 'text':
			return readText(Buffer.from(rest, 'hex'), encoding);
		default:
			throw new Error(`Unknown storage class ${type}`);
	}
}

function readReal(spelled: string): string {
	if (/inf/i.test(spelled)) return spelled.startsWith('-') ? '-Infinity' : 'Infinity';
	return spelled === '-0' ? '-0' : String(Number(spelled));
}

function readText(bytes: Buffer, encoding: string): Cell {
	const raw: Cell = {kind: 'rawText', text: bytes.toString('hex')};
	if (encoding === 'UTF-8') {
		return isUtf8(bytes) ? {kind: 'text', text: bytes.toString('utf8')} : raw;
	}
	const decoder = new TextDecoder(encoding.toLowerCase(), {fatal: true, ignoreBOM: true});
	try {
		return {kind: 'text', text: decoder.decode(bytes)};
	} catch {
		return raw;
	}
}

/** What a key is equal by: its order's own sense, so `1` and `1.0` are one key. */
export function identifyKey(cells: Row, collations: readonly string[]): string {
	return JSON.stringify(cells.map((cell, index) => identify(cell, collations[index] ?? 'BINARY')));
}

function identify({kind, text}: Cell, collation: string): string {
	if (kind === 'integer') return `number ${text}`;
	if (kind === 'real') {
		const value = Number(text);
		return `number ${Number.isInteger(value) ? String(BigInt(value)) : text}`;
	}
	if (kind === 'text' && collation === 'NOCASE') {
		return `text ${text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())}`;
	}
	if (kind === 'text' && collation === 'RTRIM') return `text ${text.replace(/ +$/, '')}`;
	return `${kind} ${text}`;
}
