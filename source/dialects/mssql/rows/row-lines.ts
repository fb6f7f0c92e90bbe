/*
A row as a line: its values as text in UTF-8, a tab between them, ended by a line feed. A backslash
stands before `t`, `n` and itself where a value holds a tab, a line feed or a backslash; `\N` is
NULL, and `\R` comes before the hex digits of text that is no valid UTF-16.
*/

export type LineValue = string | {readonly hex: string} | null;

export function writeLine(values: readonly (string | null)[]): string {
	return `${values.map(writeValue).join('\t')}\n`;
}

function writeValue(value: string | null): string {
	if (value === null) return '\\N';
	// With the u flag only a surrogate without its partner matches.
	if (/\p{Surrogate}/u.test(value)) return `\\R${Buffer.from(value, 'utf16le').toString('hex')}`;
	return /[\t\n\\]/.test(value)
		? value.replaceAll(/[\t\n\\]/g, (character) => escapes.get(character) ?? character)
		: value;
}

const escapes = new Map([
	['\t', '\\t'],
	['\n', '\\n'],
	['\\', '\\\\'],
]);
const meanings = new Map([
	['t', '\t'],
	['n', '\n'],
]);

/** @param line Without its line feed. */
export function splitLine(line: Buffer): string[] {
	return line.toString('utf8').split('\t');
}

export function readLineValue(value: string): LineValue {
	if (!value.includes('\\')) return value;
	if (value === '\\N') return null;
	if (value.startsWith('\\R')) return {hex: value.slice(2)};
	return value.replaceAll(
		/\\(.)/gs,
		(_, character: string) => meanings.get(character) ?? character,
	);
}
