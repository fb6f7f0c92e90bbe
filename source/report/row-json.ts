import type {Row} from '../model/cell.ts';
import type {Layout} from '../model/layout.ts';
import {listKinds, rowToJson} from './cell-json.ts';
import {keyColumnsOf, type ReportedRow} from './reported-row.ts';

/**
One line of `rows --json`:
`{table, key: {column: value}, state, prod: {…}|null, dev: {…}|null, base: {…}|null,
changed: [column], resolution, copies, kinds}`.

`resolution` is what will happen to the row, `{take, level, by, cells}`; null while a
conflict needs a decision. `copies` is above 1 only in a table without a key. `kinds` names
the values whose kind their JSON leaves open, by side and column (see cell-json.ts).
*/
export function changeToJson(row: ReportedRow, layout: Layout): Record<string, unknown> {
	const columns = layout.columns.map(({name}) => name);
	const keyColumns = keyColumnsOf(row, layout);
	const side = (cells: Row | null) => cells && rowToJson(columns, cells);
	return {
		table: row.table,
		key: rowToJson(keyColumns, row.key),
		state: row.state,
		prod: side(row.prod),
		dev: side(row.dev),
		base: side(row.base),
		changed: row.changed.map((index) => columns[index]),
		resolution: resolutionToJson(row, columns),
		copies: row.copies,
		kinds: listAllKinds(row, columns, keyColumns),
	};
}

function resolutionToJson({resolution, take}: ReportedRow, columns: readonly string[]): unknown {
	if (take === null) return null;
	if (!resolution) return {take, level: 'default', by: 'default', cells: null};
	const {level, by, cells} = resolution;
	if (!cells) return {take, level, by, cells: null};
	const chosen = [...cells].sort(([a], [b]) => a - b);
	const names = chosen.map(([index]) => columns[index] ?? '');
	const row = chosen.map(([, cell]) => cell);
	return {take, level, by, cells: rowToJson(names, row), kinds: listKinds(names, row)};
}

function listAllKinds(
	row: ReportedRow,
	columns: readonly string[],
	keyColumns: readonly string[],
): Record<string, unknown> {
	const sides = {
		key: listKinds(keyColumns, row.key),
		prod: row.prod ? listKinds(columns, row.prod) : {},
		dev: row.dev ? listKinds(columns, row.dev) : {},
		base: row.base ? listKinds(columns, row.base) : {},
	};
	return Object.fromEntries(
		Object.entries(sides).filter(([, kinds]) => Object.keys(kinds).length > 0),
	);
}
