import type {Column, Table} from '../../../model/catalog.ts';
import type {Hazard} from '../../../model/hazard.ts';
import type {Phase} from '../../../model/plan.ts';
import type {SchemaChange} from '../../../model/schema-change.ts';
import type {ServerVersion} from '../catalog/server-version.ts';
import {isNarrowing} from '../is-narrowing.ts';
import {parseTableName} from '../../server/table-name.ts';
import {quoteTable} from '../names.ts';
import {listClauses, type Clause} from './alter-table.ts';
import {emptyValue} from './empty-value.ts';
import type {SchemaDraft} from './schema-draft.ts';
import {tableAfter} from './table-after.ts';
import {findColumn, makeColumnsForm} from './table-parts.ts';
import {listTableSteps, type TableStep} from './table-steps.ts';

/** Everything that happens to one table that both sides have, but for its foreign keys. */
export class TableMigration {
	readonly final: Table;
	readonly #prod: Table;
	readonly #changes: readonly SchemaChange[];
	readonly #version: ServerVersion;
	readonly #steps: readonly TableStep[];
	#current: Table;
	#isWarned = false;

	constructor(changes: readonly SchemaChange[], prod: Table, dev: Table, version: ServerVersion) {
		this.#prod = prod;
		this.#current = prod;
		this.#version = version;
		this.final = nameChecks(tableAfter(changes, prod, dev), prod, version);
		this.#changes = changes.filter(({object}) => object !== 'foreign key');
		const asked = new Set(this.#changes.map(({needs}) => needs));
		this.#steps = listTableSteps(prod, this.final, asked);
	}

	/** Takes the steps of one phase. */
	run(draft: SchemaDraft, phase: Phase): void {
		if (phase === 'alter') this.#uncut(draft);
		for (const step of this.#steps) {
			if (step.phase === phase) this.#takeStep(draft, step);
		}
		if (phase === 'alter' && this.#canCutEarly()) this.#cut(draft, phase);
		if (phase === 'indexes and foreign keys' && !this.#canCutEarly()) this.#cut(draft, phase);
	}

	#takeStep(draft: SchemaDraft, {phase, to, needs}: TableStep): void {
		const from = this.#current;
		const clauses = listClauses(from, to, this.#version);
		this.#current = to;
		if (clauses.length === 0) return;
		const {name} = this.#prod;
		const back = this.#findWayBack(from, to);
		draft.add({
			phase,
			table: name,
			summary: `change ${name}: ${summarise(clauses)}`,
			sql: joinClauses(name, clauses),
			undo: back,
			needs,
			hazards: [...this.#listHazards(step(phase), from, to), ...listCosts(name, clauses)],
		});
	}

	/** Null where values are lost. */
	#findWayBack(from: Table, to: Table): string[] | null {
		const isLost = from.columns.some((column) => {
			const after = findColumn(to, column.name);
			if (!after) return column.generated === null;
			if (column.generated) return false;
			return after.generated !== null || isNarrowing(column.type, after.type);
		});
		if (isLost) return null;
		const clauses = listClauses(to, from, this.#version);
		return clauses.length === 0 ? [] : [joinClauses(this.#prod.name, clauses)];
	}

	/** What the chosen changes warn of stands at the statement that brings it about. */
	#listHazards(isDue: (change: SchemaChange) => boolean, from: Table, to: Table): Hazard[] {
		const filled = to.columns.filter((column) => isFilled(column, findColumn(from, column.name)));
		return [
			...this.#changes.filter(isDue).flatMap(({hazards}) => hazards),
			...filled.map((column): Hazard => {
				const value = emptyValue(column) ?? 'an empty value';
				const message = `Rows that dev does not have get ${value} in ${column.name}, which takes no NULL.`;
				return {kind: 'mayViolate', message};
			}),
		];
	}

	/** Whether the new cut fits the keys that the table has while rows are written. */
	#canCutEarly(): boolean {
		const list = ({primaryKey, uniques}: Table) =>
			[primaryKey, ...uniques]
				.map((key) => makeColumnsForm(key?.columns ?? []))
				.sort()
				.join();
		return list(this.#prod) === list(this.final);
	}

	#uncut(draft: SchemaDraft): void {
		const {name, partitioning} = this.#prod;
		if (partitioning === undefined || partitioning === this.final.partitioning) return;
		if (this.final.partitioning !== undefined && this.#canCutEarly()) return;
		draft.add({
			phase: 'alter',
			table: name,
			summary: `put the partitions of ${name} together`,
			sql: `ALTER TABLE ${quoteTable(name)} REMOVE PARTITIONING`,
			undo: [`ALTER TABLE ${quoteTable(name)} ${partitioning}`],
			hazards: [copies(name)],
		});
	}

	#cut(draft: SchemaDraft, phase: Phase): void {
		const {name} = this.#prod;
		const [before, after] = [this.#prod.partitioning, this.final.partitioning];
		if (after === undefined || before === after || this.#isWarned) return;
		this.#isWarned = true;
		const isCut = before !== undefined && this.#canCutEarly();
		draft.add({
			phase,
			table: name,
			summary: `cut ${name} into partitions`,
			sql: `ALTER TABLE ${quoteTable(name)} ${after}`,
			undo: [`ALTER TABLE ${quoteTable(name)} ${isCut ? before : 'REMOVE PARTITIONING'}`],
			hazards: [
				copies(name),
				{kind: 'mayViolate', message: `Fails if a row of ${name} fits into no partition.`},
			],
		});
	}
}

function isFilled(after: Column, before: Column | undefined): boolean {
	if (before || after.nullable || after.generated || after.identity) return false;
	return after.default === null || after.default === emptyValue(after);
}

/** A check whose name the server made up gets one of that kind that is free, to be taken back by. */
function nameChecks(table: Table, prod: Table, {flavour}: ServerVersion): Table {
	const own = new Set(prod.checks);
	const taken = new Set(prod.checks.map(({name}) => name));
	const bare = parseTableName(table.name).name;
	const findFree = () => {
		for (let number = 1; ; number++) {
			const name = flavour === 'mariadb' ? `CONSTRAINT_${number}` : `${bare}_chk_${number}`;
			if (taken.has(name)) continue;
			taken.add(name);
			return name;
		}
	};
	const isNumbered = (name: string | null) => /^CONSTRAINT_\d+$|_chk_\d+$/.test(name ?? '');
	const checks = table.checks.map((check) =>
		check.isAutoNamed === true && isNumbered(check.name) && !own.has(check)
			? {...check, name: findFree()}
			: check,
	);
	return {...table, checks};
}

function joinClauses(name: string, clauses: readonly Clause[]): string {
	const texts = clauses.map(({sql}) => sql);
	return `ALTER TABLE ${quoteTable(name)}${texts.length === 1 ? ' ' : '\n  '}${texts.join(',\n  ')}`;
}

function summarise(clauses: readonly Clause[]): string {
	const words = clauses.map(({sql}) => {
		const name = /`(?:[^`]|``)*`/.exec(sql)?.[0].slice(1, -1) ?? '';
		const what = /^(?:ADD|DROP|MODIFY) [A-Z ]*[A-Z]/.exec(sql)?.[0].toLowerCase();
		return what === undefined ? sql.toLowerCase() : `${what} ${name}`.trim();
	});
	const shown = words.slice(0, 3).join(', ');
	return words.length > 3 ? `${shown} and ${words.length - 3} more` : shown;
}

/** Gated changes warn where they are made; of the others those that may fail do so after the rows. */
function step(phase: Phase): (change: SchemaChange) => boolean {
	return ({action, needs}) => {
		if (phase === 'drop') return action === 'drop' && needs !== 'dropConstraint';
		if (phase === 'alter') return needs === 'dropConstraint';
		return action !== 'drop';
	};
}

function copies(name: string): Hazard {
	return {
		kind: 'rewritesTable',
		message: `Copies every row of ${name}; nobody else can write to it meanwhile.`,
	};
}

function listCosts(name: string, clauses: readonly Clause[]): Hazard[] {
	const efforts = new Set(clauses.map(({effort}) => effort));
	if (efforts.has('copy')) return [copies(name)];
	if (efforts.has('rebuild')) {
		const message = `Writes ${name} anew; others can go on writing to it on a server that can.`;
		return [{kind: 'rewritesTable', message}];
	}
	return [];
}
