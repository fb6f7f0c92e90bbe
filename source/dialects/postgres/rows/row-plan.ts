import type {CellKind} from '../../../model/cell.ts';
import {ConfigurationError, DeepDiffError, SchemaChangedError} from '../../../model/errors.ts';
import {displayName} from '../../../model/connection-settings.ts';
import type {Layout} from '../../../model/layout.ts';
import {parseTableName} from '../../server/table-name.ts';
import {readMessage} from '../errors.ts';
import {quoteName} from '../names.ts';
import type {PostgresSession} from '../session.ts';
import {readTableShape, type ShapeColumn, type TableShape} from '../values/table-shape.ts';
import {chooseWire, type Wire} from '../values/wire.ts';

/** What reading one table needs to know, the same from segment to segment. */
export type RowPlan = {
	readonly layout: Layout;
	readonly shape: TableShape;
	/** For each column of the layout, the table's own; null where it has none. */
	readonly columns: readonly (PlanColumn | null)[];
	/** The key's, in its order; empty where there is none. */
	readonly key: readonly PlanColumn[];
	/** Of the key's columns, the positions among the layout's. */
	readonly keyAt: readonly number[];
};

export type PlanColumn = ShapeColumn & {
	/** Qualified, so that no output column of the same name is meant. */
	readonly sql: string;
	readonly wire: Wire;
	/** The kind that cells are brought to; null: they are left as they are. */
	readonly as: CellKind | null;
};

/**
Finds a layout's columns in the table as it is now.

@throws {SchemaChangedError} When the table or a column is no longer there.
@throws {ConfigurationError} When a key that was named is not unique, or `where` is no condition.
*/
export async function makeRowPlan(session: PostgresSession, layout: Layout): Promise<RowPlan> {
	const side = displayName(session.settings);
	const fail = (what: string) =>
		new SchemaChangedError(`The structure of ${layout.table} changed on ${side}: ${what}.`, {
			hint: 'Start the comparison anew.',
		});
	const shape = await readTableShape(session, layout.table);
	if (!shape) throw fail('it is gone');
	const name = quoteName(parseTableName(layout.table).name);
	const columns = layout.columns.map(({name: columnName, role, as}): PlanColumn | null => {
		const column = shape.columns.get(columnName);
		if (!column && role === 'common') throw fail(`it no longer has the column ${columnName}`);
		if (!column) return null;
		const sql = `${name}.${quoteName(columnName)}`;
		return {...column, sql, wire: chooseWire(column, session.version), as: as ?? null};
	});
	const keyAt = layout.key.columns.map((key) =>
		layout.columns.findIndex((own) => own.name === key),
	);
	const key = keyAt.map((at, index) => {
		const column = columns[at];
		if (!column) throw fail(`it no longer has the column ${layout.key.columns[index] ?? ''}`);
		return column;
	});
	const plan = {layout, shape, columns, key, keyAt};
	await checkWhere(session, plan, side);
	if (layout.key.kind === 'named') await checkUnique(session, plan, side);
	return plan;
}

/** Conditions of rows that have a key, or of those that have none; `where` is among them. */
export function limitTo(rows: 'keyed' | 'unkeyed', {key, layout}: RowPlan): string[] {
	const nullable = key.filter(({isNotNull}) => !isNotNull).map(({sql}) => sql);
	const where = layout.where === null ? [] : [`(${layout.where}\n)`];
	if (rows === 'keyed') return [...nullable.map((sql) => `${sql} IS NOT NULL`), ...where];
	if (layout.key.kind === 'rows') return where;
	const isNull = nullable.map((sql) => `${sql} IS NULL`).join(' OR ');
	return [isNull === '' ? 'false' : `(${isNull})`, ...where];
}

export function renderWhere(conditions: readonly string[]): string {
	return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
}

async function checkWhere(session: PostgresSession, plan: RowPlan, side: string): Promise<void> {
	const {layout, shape} = plan;
	if (layout.where === null) return;
	try {
		await session.attempt(() =>
			session.client.query(`SELECT FROM ${shape.from} WHERE (${layout.where ?? ''}\n) LIMIT 0`),
		);
	} catch (error) {
		const isItsFault = !(error instanceof DeepDiffError) || error instanceof SchemaChangedError;
		if (!isItsFault) throw error;
		const cause = error instanceof SchemaChangedError ? error.cause : error;
		throw new ConfigurationError(
			`tables.${layout.table}.where is no condition that ${side} understands: ${readMessage(cause)}.`,
			{hint: 'It is SQL over the columns of the table.', cause},
		);
	}
}

async function checkUnique(session: PostgresSession, plan: RowPlan, side: string): Promise<void> {
	const {layout, shape, key} = plan;
	const names = key.map(({sql}) => sql);
	const [example] = await session.run(
		`SELECT pg_catalog.concat_ws(', ', ${names.map((sql) => `${sql}::text`).join(', ')}) AS key
		FROM ${shape.from}${renderWhere(names.map((sql) => `${sql} IS NOT NULL`))}
		GROUP BY ${names.join(', ')} HAVING count(*) > 1 LIMIT 1`,
	);
	if (!example) return;
	throw new ConfigurationError(
		`The key ${layout.key.columns.join(', ')} does not identify the rows of ${layout.table} on ${side}: ${example['key'] ?? ''} comes more than once.`,
		{hint: `Name columns that are unique together in tables.${layout.table}.key.`},
	);
}
