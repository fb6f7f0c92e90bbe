import type {Cell, CellKind} from '../model/cell.ts';
import {cellToJson, evidentKind, type JsonCell} from '../report/cell-json.ts';

const typedKinds = [
	'integer',
	'real',
	'decimal',
	'boolean',
	'text',
	'rawText',
	'bytes',
	'date',
	'time',
	'timestamp',
	'timestamptz',
	'interval',
	'uuid',
	'json',
	'other',
] as const satisfies readonly CellKind[];

/**
Makes a cell of a JSON value.

A value that is written as one of the row's own cells of that column is that cell;
otherwise a number is an integer or a real, a string is text, and either takes on the kind
that the column's cells share where it can. `{"hex": …}` is bytes, `{kind: text}` is exact.

@param beside The row's cells of that column: prod's, dev's, base's.
@returns What is wrong with it, when it is no value.
*/
export function readJsonCell(value: unknown, beside: readonly Cell[]): Cell | string {
	const written = JSON.stringify(value);
	const present = beside.filter(({kind}) => kind !== 'absent');
	const same = present.filter((cell) => JSON.stringify(cellToJson(cell)) === written);
	const [first] = same;
	if (first) {
		if (same.every(({kind}) => kind === first.kind)) return first;
		const ways = same.map((cell) => JSON.stringify({[cell.kind]: cell.text}));
		return `${written} may be ${[...new Set(ways)].join(' or ')}: write it so`;
	}
	if (isTyped(value)) return readTyped(value) ?? `${written} is no value`;
	if (!isPlain(value)) return `${written} is no value`;
	const kinds = new Set(present.map(({kind}) => kind));
	kinds.delete('null');
	const [shared] = kinds;
	return adapt(value, kinds.size === 1 ? shared : undefined);
}

/** As the reader of a row change's JSON would write it, to compare keys by. */
export function writeKey(cells: readonly {readonly column: string; readonly cell: Cell}[]): string {
	return sortedJson(cells.map(({column, cell}): [string, unknown] => [column, cellToJson(cell)]));
}

/** The same of a key as it was read. */
export function readKey(key: Readonly<Record<string, unknown>>): string {
	return sortedJson(
		Object.entries(key).map(([column, value]): [string, unknown] => {
			const cell = isTyped(value) ? readTyped(value) : null;
			return [column, cell ? cellToJson(cell) : value];
		}),
	);
}

function sortedJson(entries: [string, unknown][]): string {
	return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

type Typed = Readonly<Record<string, string>>;

function isTyped(value: unknown): value is Typed {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
	const entries: [string, unknown][] = Object.entries(value);
	const [entry] = entries;
	return entries.length === 1 && typeof entry?.[1] === 'string';
}

function readTyped(value: Typed): Cell | null {
	const [[name, text] = ['', '']] = Object.entries(value);
	const kind = name === 'hex' ? 'bytes' : typedKinds.find((known) => known === name);
	if (kind === undefined) return null;
	return fits(kind, text) ? {kind, text: normalise(kind, text)} : null;
}

function isPlain(value: unknown): value is Exclude<JsonCell, object> | null {
	return value === null || ['number', 'string', 'boolean'].includes(typeof value);
}

function adapt(value: null | number | string | boolean, shared: CellKind | undefined): Cell {
	if (value === null) return {kind: 'null', text: ''};
	const text = Object.is(value, -0) ? '-0' : String(value);
	const evident = evidentKind(value);
	// A string may stand for any kind that JSON has no word for, a number for any number.
	const canTake =
		shared !== undefined &&
		(typeof value === 'string' || ['integer', 'real', 'decimal'].includes(shared)) &&
		fits(shared, text);
	const kind = canTake ? shared : evident;
	return {kind, text: normalise(kind, text)};
}

function fits(kind: CellKind, text: string): boolean {
	switch (kind) {
		case 'integer':
			return /^-?\d+$/.test(text);
		case 'real':
			return /^(?:-?(?:\d+\.?\d*(?:e[+-]?\d+)?|Infinity)|NaN)$/i.test(text);
		case 'decimal':
			return /^-?\d+(?:\.\d+)?$/.test(text);
		case 'boolean':
			return text === 'true' || text === 'false';
		case 'bytes':
		case 'rawText':
			return /^(?:[\da-f]{2})*$/i.test(text);
		case 'null':
		case 'absent':
			return false;
		case 'text':
		case 'date':
		case 'time':
		case 'timestamp':
		case 'timestamptz':
		case 'interval':
		case 'uuid':
		case 'json':
		case 'other':
			return true;
		default:
			return kind satisfies never;
	}
}

/** The one text that the kind has for a value, see cell.ts. */
function normalise(kind: CellKind, text: string): string {
	if (kind === 'integer') return BigInt(text).toString();
	if (kind === 'bytes' || kind === 'rawText') return text.toLowerCase();
	if (kind !== 'real') return text;
	const number = Number(text);
	return Object.is(number, -0) ? '-0' : String(number);
}
