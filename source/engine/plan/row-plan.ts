import type {Dialect} from '../../dialects/dialect.ts';
import type {Catalog} from '../../model/catalog.ts';
import type {AllowKind} from '../../model/schema-change.ts';
import type {DecidedRow} from '../../store/row-changes.ts';
import {tableOfRowId} from '../../store/row-query.ts';
import type {RunStore} from '../../store/run-store.ts';
import type {NewStatement} from '../../store/statements.ts';
import type {UniqueClaims} from '../../store/unique-claims.ts';
import {advanceIdentities} from './advance-identities.ts';
import {decideWrites} from './decide-write.ts';
import {orderTables} from './order-tables.ts';
import {orderUpdates, type UpdateStep} from './order-updates.ts';
import {orderWrites} from './order-writes.ts';
import {parkValues} from './park-values.ts';
import type {SchemaPlan} from './plan-schema.ts';
import {listRowHazards} from './row-hazards.ts';
import type {RowWriter} from './row-statement.ts';
import {findKeysInTheWay, suspendForeignKeys} from './suspend-foreign-keys.ts';
import {makeKeyedTest, RowSurveyor, type TableSurvey} from './survey-rows.ts';
import {makeTarget, type TableTarget} from './table-target.ts';
import {listUniques} from './unique-values.ts';
import {writeRows, writeUpdates} from './write-rows.ts';

type RowPlanInput = {
	readonly dialect: Dialect;
	readonly prodCatalog: Catalog;
	readonly devCatalog: Catalog;
	readonly store: RunStore;
	readonly allow: ReadonlySet<AllowKind>;
};

/** The rows' part of one plan: first looked at, then written in order. */
export class RowPlan {
	readonly #input: RowPlanInput;
	readonly #schema: SchemaPlan;
	readonly #claims: UniqueClaims;
	readonly #surveyors = new Map<number, RowSurveyor>();
	readonly #isKeyed;

	constructor(input: RowPlanInput, schema: SchemaPlan, claims: UniqueClaims) {
		this.#input = input;
		this.#schema = schema;
		this.#claims = claims;
		this.#isKeyed = makeKeyedTest(input.store);
		let uniques = 0;
		for (const target of this.#makeTargets()) {
			const own = listUniques(target, this.#fold, uniques);
			uniques += own.length;
			const surveyor = new RowSurveyor(target, own, claims, {
				foldName: this.#fold,
				checksAtEnd: input.dialect.traits.checksForeignKeysAtEnd,
			});
			this.#surveyors.set(target.number, surveyor);
		}
	}

	/** Call once for every row of the run, in any order. */
	look(change: DecidedRow): void {
		this.#surveyors.get(tableOfRowId(change.id))?.look(change, this.#isKeyed(change));
	}

	/** What was seen, table by table; after the last row. */
	survey(): TableSurvey[] {
		return [...this.#surveyors.values()].map((surveyor) => surveyor.finish());
	}

	/** All statements of the plan, the structure's around the rows'. */
	*writeAll(surveys: readonly TableSurvey[]): Generator<NewStatement> {
		const {dialect, store, prodCatalog, allow} = this.#input;
		const {checksForeignKeysAtEnd} = dialect.traits;
		const tables = [...this.#schema.tables.values()];
		const source = {store, isKeyed: this.#isKeyed};
		const parentsFirst = orderTables(tables, this.#fold)
			.map((table) => surveys.find(({target}) => target.table === table))
			.filter((survey) => survey !== undefined);
		const writerOf = ({target}: TableSurvey): RowWriter => ({
			dialect,
			target,
			allow,
			hazards: listRowHazards(target, tables, prodCatalog, {
				checksAtEnd: checksForeignKeysAtEnd,
				foldName: this.#fold,
			}),
		});
		const childrenFirst = parentsFirst.toReversed();
		for (const survey of childrenFirst.filter(({target}) => target.deletesEarly)) {
			yield* writeRows('delete', writerOf(survey), survey, source);
		}
		yield* this.#schema.before;

		const order = {checksAtEnd: checksForeignKeysAtEnd, foldName: this.#fold};
		const steps = orderWrites(parentsFirst, {
			...order,
			clashes: checksForeignKeysAtEnd ? [] : this.#claims.listClashes(),
		});
		const keys = checksForeignKeysAtEnd ? [] : findKeysInTheWay(steps, this.#fold);
		const suspension = suspendForeignKeys(dialect, keys);
		const updates = this.#orderUpdates(surveys);
		yield* suspension.before;
		for (const {kind, survey} of steps) {
			const writer = writerOf(survey);
			if (kind === 'update') {
				const own = updates.steps.get(survey.target.number) ?? [];
				const {isOrdered} = updates;
				yield* writeUpdates(writer, survey, source, {steps: own, isOrdered});
			} else if (kind === 'insert' || !survey.target.deletesEarly) {
				yield* writeRows(kind, writer, survey, source);
			}
		}
		yield* suspension.after;
		for (const survey of parentsFirst) yield* advanceIdentities(dialect, survey);
		yield* this.#schema.after;
	}

	/** By table: the order of updates that give up or take unique values. */
	#orderUpdates(surveys: readonly TableSurvey[]): {
		readonly steps: ReadonlyMap<number, readonly UpdateStep[]>;
		readonly isOrdered: (row: number) => boolean;
	} {
		const steps = new Map<number, UpdateStep[]>();
		const ordered = new Set<number>();
		const canPark = (row: number) => {
			const survey = surveys.find(({target}) => target.number === tableOfRowId(row));
			const change = this.#input.store.rows.get(row);
			if (!survey || !change) return false;
			const {target, uniques} = survey;
			return decideWrites(change, target, true).some(
				(task) => task.kind === 'update' && parkValues(task, target, uniques) !== null,
			);
		};
		for (const step of orderUpdates(this.#claims.listConflicts(), canPark)) {
			ordered.add(step.row);
			const number = tableOfRowId(step.row);
			const own = steps.get(number);
			if (own) own.push(step);
			else steps.set(number, [step]);
		}
		return {steps, isOrdered: (row) => ordered.has(row)};
	}

	#makeTargets(): TableTarget[] {
		const {store, dialect, prodCatalog, devCatalog} = this.#input;
		const find = (tables: Catalog['tables'], name: string) =>
			tables.find((table) => this.#fold(table.name) === this.#fold(name)) ?? null;
		return store.scan.listTables().flatMap(({number, name, layout, status}): TableTarget[] => {
			const after = this.#schema.tables.get(this.#fold(name));
			const dev = find(devCatalog.tables, name);
			if (!layout || status === 'skipped' || !after || !dev) return [];
			return [
				makeTarget({
					number,
					layout,
					before: find(prodCatalog.tables, name),
					after,
					dev,
					foldName: this.#fold,
					foldType: (type) => dialect.normalise.type(type),
					isAtomic: dialect.traits.transactionalDdl,
					typesValues: dialect.traits.typesValues,
				}),
			];
		});
	}

	readonly #fold = (name: string): string => this.#input.dialect.normalise.name(name);
}
