import type {Cell, CellKind, Row} from '../model/cell.ts';

/**
One value as JSON, plain where JSON can say it:

| cell | JSON |
| --- | --- |
| NULL | `null` |
| integer | number; a string beyond ±(2⁵³ − 1) |
| real | number; a string for `-0`, `Infinity`, `-Infinity`, `NaN` |
| boolean | `true`, `false` |
| text | string |
| bytes, text that is not valid in its encoding | `{"hex": "…"}` |
| decimal, dates, times, UUID, JSON and the rest | string |
| no such column | left out |

Where that leaves open which kind of value it was, `listKinds` says it.
*/
export type JsonCell = null | number | boolean | string | {readonly hex: string};

export function cellToJson({kind, text}: Cell): JsonCell {
	switch (kind) {
		case 'null':
		case 'absent':
			return null;
		case 'integer': {
			const number = Number(text);
			return Number.isSafeInteger(number) ? number : text;
		}
		case 'real': {
			const number = Number(text);
			return Number.isFinite(number) && !Object.is(number, -0) ? number : text;
		}
		case 'boolean':
			return text === 'true';
		case 'bytes':
		case 'rawText':
			return {hex: text};
		case 'text':
		case 'decimal':
		case 'date':
		case 'time':
		case 'timestamp':
		case 'timestamptz':
		case 'interval':
		case 'uuid':
		case 'json':
		case 'other':
			return text;
		default:
			return kind satisfies never;
	}
}

/** The kind that a reader takes a JSON value for when nothing else is said. */
export function evidentKind(value: JsonCell): CellKind {
	if (value === null) return 'null';
	if (typeof value === 'string') return 'text';
	if (typeof value === 'boolean') return 'boolean';
	if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'real';
	return 'bytes';
}

/** A row as an object by column; absent columns are left out. */
export function rowToJson(columns: readonly string[], row: Row): Record<string, JsonCell> {
	return Object.fromEntries(
		listPresent(columns, row).map(([column, cell]) => [column, cellToJson(cell)]),
	);
}

/** The kinds, by column, that the JSON of a row does not show by itself; e.g. the real `1`. */
export function listKinds(columns: readonly string[], row: Row): Record<string, CellKind> {
	return Object.fromEntries(
		listPresent(columns, row)
			.filter(([, cell]) => evidentKind(cellToJson(cell)) !== cell.kind)
			.map(([column, {kind}]) => [column, kind]),
	);
}

function listPresent(columns: readonly string[], row: Row): [string, Cell][] {
	return columns.flatMap((column, index): [string, Cell][] => {
		const cell = row[index];
		return cell && cell.kind !== 'absent' ? [[column, cell]] : [];
	});
}
