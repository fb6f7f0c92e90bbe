import type {Column} from '../../../model/catalog.ts';
import {SchemaChangedError} from '../../../model/errors.ts';
import {isAtLeast} from '../catalog/server-version.ts';
import {quoteTable} from '../names.ts';
import type {MysqlSession} from '../session.ts';

/** What reading a table's rows needs to know of it. */
export type TableShape = {
	readonly columns: ReadonlyMap<string, ShapeColumn>;
	readonly indexes: readonly ShapeIndex[];
};

export type ShapeColumn = Pick<Column, 'name' | 'type' | 'collation' | 'nullable'>;

/** An index over whole columns. */
export type ShapeIndex = {readonly name: string; readonly columns: readonly string[]};

/** @throws {SchemaChangedError} When there is no such table. */
export async function readTableShape(session: MysqlSession, table: string): Promise<TableShape> {
	const name = quoteTable(table);
	const rows = await session.run(`SHOW FULL COLUMNS FROM ${name}`);
	const isText = rows.some(
		(row) => row['Type'] === 'longtext' && row['Collation'] === 'utf8mb4_bin',
	);
	const json =
		isText && isAtLeast(session.version, 'mariadb', 10)
			? await findJsonColumns(session, name)
			: new Set<string>();
	const columns = new Map<string, ShapeColumn>();
	for (const row of rows) {
		const column = row['Field'] ?? '';
		const isJson = json.has(column);
		columns.set(column, {
			name: column,
			type: isJson ? 'json' : (row['Type'] ?? ''),
			collation: isJson ? null : (row['Collation'] ?? null),
			nullable: row['Null'] === 'YES',
		});
	}
	return {columns, indexes: readIndexes(await session.run(`SHOW INDEX FROM ${name}`))};
}

/** MariaDB keeps JSON as text that is checked. */
async function findJsonColumns(session: MysqlSession, name: string): Promise<Set<string>> {
	const [row] = await session.run(`SHOW CREATE TABLE ${name}`);
	const lines = row?.['Create Table']?.split('\n') ?? [];
	const checked = /^\s*`((?:[^`]|``)+)` longtext .*CHECK \(json_valid\(`\1`\)\),?$/;
	return new Set(lines.flatMap((line) => checked.exec(line)?.[1]?.replaceAll('``', '`') ?? []));
}

function readIndexes(
	rows: readonly Readonly<Record<string, string | null>>[],
): readonly ShapeIndex[] {
	const indexes = new Map<string, string[]>();
	const partial = new Set<string>();
	for (const row of rows) {
		const name = row['Key_name'] ?? '';
		const column = row['Column_name'] ?? null;
		// An expression has no column; only the start of one sorts nothing; FULLTEXT has no order, and
		// an index that the optimizer must ignore can't be forced on it.
		const isWhole = column !== null && (row['Sub_part'] ?? null) === null;
		const isUsable =
			row['Index_type'] === 'BTREE' && row['Visible'] !== 'NO' && row['Ignored'] !== 'YES';
		if (!isWhole || !isUsable) partial.add(name);
		else indexes.set(name, [...(indexes.get(name) ?? []), column]);
	}
	return [...indexes]
		.filter(([name]) => !partial.has(name))
		.map(([name, columns]) => ({name, columns}));
}

export function findShapeColumn({columns}: TableShape, table: string, name: string): ShapeColumn {
	const column = columns.get(name);
	if (column) return column;
	throw new SchemaChangedError(`${table} has no column ${name} any more.`, {
		hint: 'Start the comparison anew.',
	});
}
