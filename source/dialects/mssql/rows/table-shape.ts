import type {Column} from '../../../model/catalog.ts';
import {SchemaChangedError} from '../../../model/errors.ts';
import {quoteTable} from '../names.ts';
import type {MssqlSession} from '../session.ts';
import {quoteText} from '../values/quote-text.ts';
import {spellColumnType} from '../catalog/spell-column-type.ts';

/** What reading a table's rows needs to know of it. */
export type TableShape = {readonly columns: ReadonlyMap<string, ShapeColumn>};

export type ShapeColumn = Pick<Column, 'name' | 'type' | 'collation' | 'nullable'> & {
	/** Only its default constraint, as SQL. */
	readonly default: string | null;
};

/** @throws {SchemaChangedError} When there is no such table. */
export async function readTableShape(session: MssqlSession, table: string): Promise<TableShape> {
	const rows = await session.run(
		`SELECT c.name, TYPE_NAME(c.system_type_id) AS base, TYPE_NAME(c.user_type_id) AS own,
			c.max_length AS length, c.precision, c.scale, c.collation_name AS collation,
			c.is_nullable AS nullable, d.definition AS fill
		FROM sys.columns AS c LEFT JOIN sys.default_constraints AS d ON d.object_id = c.default_object_id
		WHERE c.object_id = OBJECT_ID(${quoteText(quoteTable(table))}) ORDER BY c.column_id`,
	);
	if (rows.length === 0) {
		throw new SchemaChangedError(`There is no table ${table} any more.`, {
			hint: 'Start the comparison anew.',
		});
	}
	const columns = rows.map((row): [string, ShapeColumn] => {
		const name = row['name'] ?? '';
		return [
			name,
			{
				name,
				type: spellColumnType(row),
				collation: row['collation'] ?? null,
				nullable: row['nullable'] === '1',
				default: row['fill'] ?? null,
			},
		];
	});
	return {columns: new Map(columns)};
}

export function findShapeColumn({columns}: TableShape, table: string, name: string): ShapeColumn {
	const column = columns.get(name);
	if (column) return column;
	throw new SchemaChangedError(`${table} has no column ${name} any more.`, {
		hint: 'Start the comparison anew.',
	});
}
