import type {Database} from 'better-sqlite3';
import {decodeRow} from '../../../model/encoding.ts';
import type {Layout} from '../../../model/layout.ts';
import {foldName} from '../catalog/fold-name.ts';
import {readSideTable, type SideColumn} from '../pair/side-table.ts';
import {quoteName} from '../quote-name.ts';
import {joinBalanced} from './join-balanced.ts';
import {bindCell, type SqliteValue} from './values.ts';

/** The columns that the index over the wanted rows begins with; more would only cost. */
const indexedColumns = 6;

/**
Counts how many rows of a table equal each of these in every compared column, exactly. The
table is read once for all of them.

@returns Counts in the order of the rows; 0 where there is no such table.
*/
export function countEqualRows(
	database: Database,
	layout: Layout,
	rows: readonly string[],
): number[] {
	const table = readSideTable(database, 'main', layout.table);
	if (!table || rows.length === 0) return rows.map(() => 0);
	const columns = layout.columns
		.slice(0, layout.comparedCount)
		.map(({name}) => table.columns.get(foldName(name)));
	createWanted(database, columns);
	try {
		rows.forEach((row, id) => insertWanted(database, columns, id, row));
		const counts = rows.map(() => 0);
		const matches = columns.flatMap((column, at) => (column ? matchWanted(column, at) : []));
		const found = database
			.prepare<[], [number, number]>(
				`SELECT w.id, count(*) FROM main.${quoteName(table.name)} AS t
				CROSS JOIN temp.deepdiff_wanted AS w WHERE ${joinBalanced(['1', ...matches], 'AND')}
				GROUP BY w.id`,
			)
			.raw()
			.all();
		for (const [id, count] of found) counts[id] = count;
		return counts;
	} finally {
		database.exec('DROP TABLE temp.deepdiff_wanted');
	}
}

type Columns = readonly (SideColumn | undefined)[];

/** Columns without a type keep what they are given. */
function createWanted(database: Database, columns: Columns): void {
	const names = columns.map((_, at) => `c${at}`);
	database.exec(
		`CREATE TEMP TABLE deepdiff_wanted (${['id INTEGER PRIMARY KEY', ...names].join(', ')})`,
	);
	const indexed = names.filter((_, at) => columns[at]).slice(0, indexedColumns);
	if (indexed.length > 0) {
		database.exec(
			`CREATE INDEX temp.deepdiff_wanted_row ON deepdiff_wanted (${indexed.join(', ')})`,
		);
	}
}

function insertWanted(database: Database, columns: Columns, id: number, row: string): void {
	const parameters: Record<string, SqliteValue> = {id: BigInt(id)};
	const cells = decodeRow(row);
	const values = columns.map((_, at) => {
		const {sql, value} = bindCell(cells[at] ?? {kind: 'null', text: ''}, `c${at}`);
		parameters[`c${at}`] = value;
		return sql;
	});
	database
		.prepare<[typeof parameters]>(
			`INSERT INTO temp.deepdiff_wanted VALUES (${['@id', ...values].join(', ')})`,
		)
		.run(parameters);
}

/** As pairs of rows are compared: by storage class and bytes. */
function matchWanted({name, mayHoldInteger, mayHoldReal, ...column}: SideColumn, at: number) {
	const [left, right] = [`t.${quoteName(name)}`, `w.c${at}`];
	return [
		`${right} COLLATE BINARY IS +${left}`,
		...(mayHoldInteger || mayHoldReal ? [`typeof(${left}) = typeof(${right})`] : []),
		...(column.keepsNegativeZero
			? [`(${left} IS NOT 0 OR atan2(${left}, -1) IS atan2(${right}, -1))`]
			: []),
	];
}
