import type {Dialect} from '../../dialects/dialect.ts';
import type {Catalog} from '../../model/catalog.ts';
import {InterruptedError, UnresolvedError} from '../../model/errors.ts';
import type {PlanSummary} from '../../model/plan.ts';
import type {AllowKind} from '../../model/schema-change.ts';
import type {RunStore} from '../../store/run-store.ts';
import {UniqueClaims} from '../../store/unique-claims.ts';
import {createTurns} from '../take-turns.ts';
import {planSchema} from './plan-schema.ts';
import {forgetPlan, recordPlan} from './plan-summary.ts';
import {PlanWriter} from './plan-writer.ts';
import {RowPlan} from './row-plan.ts';

export type PlanInput = {
	readonly dialect: Dialect;
	readonly prodCatalog: Catalog;
	readonly devCatalog: Catalog;
	readonly store: RunStore;
	/** What is allowed besides the gates that were opened one by one. */
	readonly allow: ReadonlySet<AllowKind>;
	readonly signal: AbortSignal;
};

/** How far planning is; a whole picture each time, so that a listener may miss some. */
export type PlanProgress = {
	readonly step: 'structure' | 'survey' | 'rows';
	readonly done: number;
	readonly total: number;
	readonly table: string;
};

/**
Turns what was chosen and decided into ordered statements in the store. Rows are walked a
page at a time, so memory does not grow with them; the same inputs give the same statements.

@throws {UnresolvedError} While conflicts have no resolution.
@throws {InterruptedError} On abort. Either way the store then holds no plan.
*/
export async function* makePlan(input: PlanInput): AsyncGenerator<PlanProgress, PlanSummary> {
	const {store, signal} = input;
	const tables = store.scan
		.listTables()
		.filter(({layout, status}) => layout !== null && status !== 'skipped');
	const names = tables.map(({name}) => name);
	const turns = createTurns();
	const breathe = async () => {
		if (signal.aborted) throw new InterruptedError('Planning was stopped; there is no plan yet.');
		if (!turns.isDue()) return false;
		await turns.take();
		return true;
	};

	// An older plan says nothing about what was decided since, also when there is no new one.
	forgetPlan(store);
	yield {step: 'structure', done: 0, total: 1, table: ''};
	const open: OpenConflicts[] = [];
	for (const table of names) {
		const count = store.rows.count({tables: [table], unresolved: true});
		if (count > 0) open.push({table, count});
		await breathe();
	}
	if (open.length > 0) throw makeUnresolvedError(open);
	while (store.statements.clear(2000)) await breathe();
	const schema = planSchema({
		...input,
		choices: store.schema.list(),
		countRows: (table) => tables.find(({name}) => name === table)?.prodTotal ?? null,
	});
	const writer = new PlanWriter(store.statements);
	const claims = new UniqueClaims();
	const plan = new RowPlan(input, schema, claims);
	try {
		const total = countDifferences(store, names);
		const progress = (step: 'survey' | 'rows', done: number, table: string): PlanProgress => ({
			step,
			done,
			total,
			table,
		});
		let done = 0;
		for (const change of store.rows.iterate({tables: names})) {
			plan.look(change);
			done++;
			if (await breathe()) yield progress('survey', done, change.table);
		}
		done = 0;
		const surveys = plan.survey();
		for (const statement of plan.writeAll(surveys)) {
			writer.add(statement);
			if (statement.row) done++;
			if (await breathe()) yield progress('rows', Math.min(done, total), statement.table);
		}
		writer.flush();
		yield progress('rows', total, '');
		const summary = writer.summarise();
		recordPlan(store, {summary, hazards: writer.listHazards()}, surveys);
		store.stage = 'planned';
		return summary;
	} finally {
		claims.close();
	}
}

function countDifferences(store: RunStore, tables: readonly string[]): number {
	return store.scan
		.listProgress()
		.filter(({name}) => tables.includes(name))
		.flatMap(({counts}) => Object.values(counts))
		.reduce((sum, count) => sum + count, 0);
}

type OpenConflicts = {readonly table: string; readonly count: number};

const mostTablesNamed = 3;

function makeUnresolvedError(tables: readonly OpenConflicts[]): UnresolvedError {
	const open = tables.reduce((sum, {count}) => sum + count, 0);
	const list = tables.slice(0, mostTablesNamed).map(({table, count}) => `${count} in ${table}`);
	const rest = tables.length - list.length;
	if (rest > 0) list.push(rest === 1 ? 'and in 1 more table' : `and in ${rest} more tables`);
	const what = open === 1 ? '1 conflict has' : `${open} conflicts have`;
	return new UnresolvedError(`${what} no resolution: ${list.join(', ')}.`, {
		hint: 'Settle them in the walk, or with `deepdiff-db resolve --all ours` (or `theirs`, or `--file`).',
	});
}
