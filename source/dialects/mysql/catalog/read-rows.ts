import {foldName} from './fold-name.ts';
import {
	groupKey,
	groupRows,
	readInformation,
	type InformationRow,
	type InformationScope,
} from './information-schema.ts';
import type {TableRows} from './read-table.ts';

/** All that information_schema holds of some schemas, and how to find what belongs to a table. */
export type SchemaRows = {
	/** Tables, views and sequences. */
	readonly tables: readonly InformationRow[];
	readonly views: readonly InformationRow[];
	/** In the order of firing. */
	readonly triggers: readonly InformationRow[];
	readonly routines: readonly InformationRow[];
	readonly events: readonly InformationRow[];
	rowsOf(table: InformationRow): TableRows;
	parametersOf(routine: InformationRow): readonly InformationRow[];
	/** Whether no other table of the schema has its name in another letter case. */
	isDistinct(table: InformationRow): boolean;
	/** Whether the schema has a table, view, routine or sequence of this name. */
	hasObject(schema: string, name: string): boolean;
};

/** Asks once for each kind of object, whatever the number of tables. */
export async function readRows(scope: InformationScope): Promise<SchemaRows> {
	const read = (view: string, order: string, schemaColumn?: string) =>
		readInformation(scope, view, order, schemaColumn);
	const tables = await read('TABLES', 'TABLE_SCHEMA, TABLE_NAME');
	const constraints = await read('TABLE_CONSTRAINTS', 'CONSTRAINT_NAME');
	const hasChecks = constraints.some((row) => row.text('constraint_type') === 'CHECK');
	const checks = hasChecks
		? await read('CHECK_CONSTRAINTS', 'CONSTRAINT_NAME', 'CONSTRAINT_SCHEMA')
		: [];
	const keyUsage = await read('KEY_COLUMN_USAGE', 'CONSTRAINT_NAME, ORDINAL_POSITION');
	const rules = await read('REFERENTIAL_CONSTRAINTS', 'CONSTRAINT_NAME', 'CONSTRAINT_SCHEMA');
	const partitionOrder = 'PARTITION_ORDINAL_POSITION, SUBPARTITION_ORDINAL_POSITION';
	const columns = byTable(await read('COLUMNS', 'ORDINAL_POSITION'));
	const statistics = byTable(await read('STATISTICS', 'INDEX_NAME, SEQ_IN_INDEX'));
	const partitions = byTable(await read('PARTITIONS', partitionOrder));
	const foreignColumns = byTable(
		keyUsage.filter((row) => row.find('referenced_table_name') !== null),
	);
	const references = byTable(rules, 'constraint_schema');
	const checksByTable = byTable(withTables(checks, constraints), 'constraint_schema');
	const constraintsByTable = byTable(constraints);

	const triggerOrder = ['SCHEMA', 'TABLE'].map((part) => `EVENT_OBJECT_${part}`).join(', ');
	const routines = await read(
		'ROUTINES',
		'ROUTINE_TYPE, ROUTINE_SCHEMA, ROUTINE_NAME',
		'ROUTINE_SCHEMA',
	);
	const parameters = groupRows(
		await read('PARAMETERS', 'ORDINAL_POSITION', 'SPECIFIC_SCHEMA'),
		'specific_schema',
		'routine_type',
		'specific_name',
	);
	const names = new Map<string, number>();
	for (const key of tables.map(nameTable)) names.set(key, (names.get(key) ?? 0) + 1);
	const known = new Set([
		...names.keys(),
		...routines.map((row) =>
			foldName(groupKey(row.text('routine_schema'), row.text('routine_name'))),
		),
	]);
	return {
		tables,
		views: await read('VIEWS', 'TABLE_SCHEMA, TABLE_NAME'),
		triggers: await read(
			'TRIGGERS',
			`${triggerOrder}, ACTION_TIMING, EVENT_MANIPULATION, ACTION_ORDER`,
			'TRIGGER_SCHEMA',
		),
		routines,
		events: await read('EVENTS', 'EVENT_SCHEMA, EVENT_NAME', 'EVENT_SCHEMA'),
		rowsOf: (table) => ({
			table,
			columns: columns(table),
			statistics: statistics(table),
			keyUsage: foreignColumns(table),
			references: references(table),
			checks: checksByTable(table),
			constraints: constraintsByTable(table),
			partitions: partitions(table),
		}),
		parametersOf: (row) => {
			const [schema, type] = [row.text('routine_schema'), row.text('routine_type')];
			return parameters.get(groupKey(schema, type, row.text('specific_name'))) ?? [];
		},
		isDistinct: (table) => names.get(nameTable(table)) === 1,
		hasObject: (schema, name) => known.has(foldName(groupKey(schema, name))),
	};
}

function nameTable(row: InformationRow): string {
	return foldName(groupKey(row.text('table_schema'), row.text('table_name')));
}

function byTable(rows: readonly InformationRow[], schemaColumn = 'table_schema') {
	const groups = groupRows(rows, schemaColumn, 'table_name');
	return (table: InformationRow): readonly InformationRow[] =>
		groups.get(groupKey(table.text('table_schema'), table.text('table_name'))) ?? [];
}

/** MySQL tells the table of a check beside its other constraints only. */
function withTables(
	checks: readonly InformationRow[],
	constraints: readonly InformationRow[],
): readonly InformationRow[] {
	const nameCheck = (row: InformationRow) =>
		groupKey(row.text('constraint_schema'), row.text('constraint_name'));
	const tables = new Map(
		constraints
			.filter((row) => row.text('constraint_type') === 'CHECK')
			.map((row) => [nameCheck(row), row.text('table_name')]),
	);
	return checks.map((row) =>
		row.find('table_name') === null
			? row.with('table_name', tables.get(nameCheck(row)) ?? '')
			: row,
	);
}
