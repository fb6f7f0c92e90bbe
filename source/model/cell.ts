/**
One database value in its normal form: a kind and its text.

| kind | text |
| --- | --- |
| `null` | empty |
| `absent` | empty: this side has no such column |
| `integer` | decimal digits, `-` in front when negative |
| `real` | shortest digits that give the same double, as JavaScript prints them; `-0`, `Infinity`, `-Infinity`, `NaN` |
| `decimal` | digits as the server keeps them, trailing zeros removed |
| `boolean` | `true` or `false` |
| `text` | the characters themselves |
| `rawText` | lowercase hex of text whose bytes are not valid in its encoding |
| `bytes` | lowercase hex |
| `date` `time` `timestamp` `timestamptz` `interval` | ISO 8601, full precision, zone as UTC |
| `uuid` | lowercase with dashes |
| `json` | the text as the server prints it |
| `other` | the server's own text form |
*/
export type CellKind =
	| 'null'
	| 'absent'
	| 'integer'
	| 'real'
	| 'decimal'
	| 'boolean'
	| 'text'
	| 'rawText'
	| 'bytes'
	| 'date'
	| 'time'
	| 'timestamp'
	| 'timestamptz'
	| 'interval'
	| 'uuid'
	| 'json'
	| 'other';

export type Cell = {readonly kind: CellKind; readonly text: string};

/** One row's cells, in the order of its layout's columns. */
export type Row = readonly Cell[];

export const nullCell: Cell = {kind: 'null', text: ''};
export const absentCell: Cell = {kind: 'absent', text: ''};

/** Two cells are the same when their kind and their text are: `1`, `1.0`, `'1'` all differ. */
export function areCellsEqual(a: Cell, b: Cell): boolean {
	return a.kind === b.kind && a.text === b.text;
}
