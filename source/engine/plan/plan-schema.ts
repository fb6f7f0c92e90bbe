import type {Dialect, Traits} from '../../dialects/dialect.ts';
import type {Catalog, Table} from '../../model/catalog.ts';
import type {Hazard} from '../../model/hazard.ts';
import {phases, type Statement} from '../../model/plan.ts';
import type {AllowKind, SchemaChange} from '../../model/schema-change.ts';
import type {SchemaChoice} from '../../store/schema-choices.ts';
import type {NewStatement} from '../../store/statements.ts';
import {showControls} from './describe-row.ts';

/** The statements of the structure around those of the rows, and the tables that result. */
export type SchemaPlan = {
	readonly before: readonly NewStatement[];
	readonly after: readonly NewStatement[];
	/** By folded name: every table that rows can be written to, as it will be then. */
	readonly tables: ReadonlyMap<string, Table>;
};

/** Where the dialect gives no other reason. */
export const noUndoMessage = 'Can not be undone.';

type SchemaInput = {
	readonly dialect: Dialect;
	readonly prodCatalog: Catalog;
	readonly devCatalog: Catalog;
	readonly allow: ReadonlySet<AllowKind>;
	readonly choices: readonly SchemaChoice[];
	/** Rows of a table on prod, where they were counted. */
	readonly countRows: (table: string) => number | null;
};

/**
Plans the structure: what was chosen and is allowed, and, as statements that will not run,
what was chosen while its gate is closed.
*/
export function planSchema(input: SchemaInput): SchemaPlan {
	const {dialect, prodCatalog, devCatalog, allow, choices} = input;
	const chosen = choices.filter((choice) => choice.chosen);
	const isOpen = ({change, allowed}: SchemaChoice) =>
		change.needs === null || allowed || allow.has(change.needs);
	const open = chosen.filter(isOpen).map(({change}) => change);
	const gated = chosen.filter((choice) => !isOpen(choice)).map(({change}) => change);

	const finish = (statement: Omit<NewStatement, 'allowed'>, allowed: boolean): NewStatement => ({
		...statement,
		hazards: describeHazards(statement, input),
		allowed,
	});
	const statements = [
		...withoutHalfUndo(dialect.migrate(open, prodCatalog, devCatalog), dialect.traits).map(
			(statement) => finish(statement, true),
		),
		// One by one: each must read as what it alone would do.
		...gated.flatMap((change) =>
			dialect
				.migrate([change], prodCatalog, devCatalog)
				.map((statement) => finish({...statement, needs: change.needs}, false)),
		),
	];
	const rank = ({phase}: NewStatement) => phases.indexOf(phase);
	const ordered = statements
		.map((statement, index) => ({statement, index}))
		.sort((a, b) => rank(a.statement) - rank(b.statement) || a.index - b.index)
		.map(({statement}) => statement);
	const rows = phases.indexOf('rows');
	return {
		before: ordered.filter((statement) => rank(statement) < rows),
		after: ordered.filter((statement) => rank(statement) >= rows),
		tables: findTables(open, input),
	};
}

/**
An inverse presumes that all that came after it was taken back. So where one change of a
table can't be, its structure stays as a whole, and the undo is about its rows alone. Where each
change commits by itself, it may be that the one which can't be undone never ran: the inverses of
the others are kept for that.
*/
function withoutHalfUndo(
	statements: readonly Statement[],
	{transactionalDdl}: Traits,
): Statement[] {
	const stuck = new Set(
		statements.filter(({undo, kind}) => undo === null && kind === 'ddl').map(({table}) => table),
	);
	return statements.map((statement) => {
		const {undo, kind, table} = statement;
		const isLost = kind === 'ddl' && stuck.has(table) && undo !== null && undo.length > 0;
		if (!isLost) return statement;
		const message = `Stays after an undo: another change of ${showControls(table)} can not be undone.`;
		const hazards: Hazard[] = [...statement.hazards, {kind: 'noUndo', message}];
		return {...statement, undo: transactionalDdl ? null : undo, hazards};
	});
}

function describeHazards(
	{hazards, undo, kind, table}: Omit<NewStatement, 'allowed'>,
	{countRows}: SchemaInput,
): Hazard[] {
	const rows = countRows(table);
	const counted = hazards.map((hazard): Hazard => {
		if (hazard.kind !== 'rewritesTable' || rows === null) return hazard;
		const message = hazard.message.replace(/\.$/, '');
		return {...hazard, message: `${message} (${rows.toLocaleString('en')} rows).`};
	});
	const isSaid = hazards.some((hazard) => hazard.kind === 'noUndo');
	if (undo !== null || kind !== 'ddl' || isSaid) return counted;
	return [...counted, {kind: 'noUndo', message: noUndoMessage}];
}

function findTables(
	open: readonly SchemaChange[],
	{dialect, prodCatalog, devCatalog}: SchemaInput,
): Map<string, Table> {
	const fold = (name: string) => dialect.normalise.name(name);
	const devTables = new Map(devCatalog.tables.map((table) => [fold(table.name), table]));
	const changesOf = (name: string) => open.filter((change) => fold(change.table) === name);
	const tables = new Map<string, Table>();
	for (const table of prodCatalog.tables) {
		const name = fold(table.name);
		const changes = changesOf(name);
		if (changes.some(({object, action}) => object === 'table' && action === 'drop')) continue;
		const dev = devTables.get(name);
		const after = dev && changes.length > 0 ? dialect.tableAfter(changes, table, dev) : table;
		tables.set(name, after);
	}
	for (const [name, table] of devTables) {
		const isCreated = changesOf(name).some(
			({object, action}) => object === 'table' && action === 'create',
		);
		if (isCreated && !tables.has(name)) tables.set(name, table);
	}
	return tables;
}
