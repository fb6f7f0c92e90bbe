import {isUtf8} from 'node:buffer';

const tab = 9;
const backslash = 92;
const nullMark = '\\N';

/** A field's bytes as characters, or what they are when they are no valid UTF-8. */
export type CopyValue = string | Buffer | null;

/**
Takes a line of COPY's text format apart (manual, COPY, "Text Format"); NULL is null.

@param line Without its line feed.
*/
export function readCopyLine(line: Buffer): CopyValue[] {
	// Nearly every line is valid and has no escapes; then the string is cut instead of the bytes.
	const text = line.toString('utf8');
	if (text.includes('\uFFFD') && !isUtf8(line)) return splitBytes(line).map(readBytes);
	return text.split('\t').map(readCopyField);
}

/** One field of valid text. */
export function readCopyField(field: string): string | null {
	if (!field.includes('\\')) return field;
	return field === nullMark ? null : field.replaceAll(/\\(.)/gs, readEscape);
}

const escapes = new Map([
	['b', '\b'],
	['f', '\f'],
	['n', '\n'],
	['r', '\r'],
	['t', '\t'],
	['v', '\v'],
]);

function readEscape(_: string, character: string): string {
	return escapes.get(character) ?? character;
}

function splitBytes(line: Buffer): Buffer[] {
	const fields: Buffer[] = [];
	let from = 0;
	for (let at = line.indexOf(tab); at >= 0; at = line.indexOf(tab, from)) {
		fields.push(line.subarray(from, at));
		from = at + 1;
	}
	fields.push(line.subarray(from));
	return fields;
}

/** One character a byte, so that the escapes are found as in text. */
function readBytes(field: Buffer): CopyValue {
	if (isUtf8(field)) return readCopyField(field.toString('utf8'));
	return field.includes(backslash)
		? Buffer.from(readCopyField(field.toString('latin1')) ?? '', 'latin1')
		: field;
}
