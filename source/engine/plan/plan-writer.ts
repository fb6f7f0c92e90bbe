import type {Hazard} from '../../model/hazard.ts';
import type {PlanSummary, Statement, TableSummary} from '../../model/plan.ts';
import type {AllowKind} from '../../model/schema-change.ts';
import type {NewStatement, Statements} from '../../store/statements.ts';

const chunkStatements = 100;
/** The hazards count all of them; only so many are named. */
const mostWithoutUndo = 1000;

type TableCounts = {-readonly [Field in keyof TableSummary]: TableSummary[Field]};

/** Puts statements into the store a chunk at a time and adds them up on the way. */
export class PlanWriter {
	readonly #statements: Statements;
	readonly #chunk: NewStatement[] = [];
	readonly #tables = new Map<string, TableCounts>();
	readonly #opened = new Map<AllowKind, number>();
	readonly #gates = new Map<AllowKind, number>();
	/** Statements count only those that will run. */
	readonly #hazards = new Map<string, {hazard: Hazard; statements: number}>();
	readonly #withoutUndo: {number: number; summary: string}[] = [];
	readonly #counts = {ddl: 0, insert: 0, update: 0, delete: 0, session: 0};
	#written = 0;
	#notAllowed = 0;

	constructor(statements: Statements) {
		this.#statements = statements;
	}

	add(statement: NewStatement): void {
		this.#chunk.push(statement);
		const number = this.#written + this.#chunk.length;
		const table = this.#tableOf(statement.table);
		const {needs, allowed} = statement;
		const kinds = allowed ? this.#opened : this.#gates;
		if (needs) kinds.set(needs, (kinds.get(needs) ?? 0) + 1);
		if (!allowed) {
			this.#notAllowed++;
			table.notAllowed++;
		} else {
			this.#counts[statement.kind]++;
			countRows(table, statement);
			const {undo, kind, summary} = statement;
			const isNamed = undo === null && kind !== 'session';
			if (isNamed && this.#withoutUndo.length < mostWithoutUndo) {
				this.#withoutUndo.push({number, summary});
			}
		}
		for (const hazard of statement.hazards) this.#countHazard(hazard, Number(statement.allowed));
		if (this.#chunk.length >= chunkStatements) this.flush();
	}

	flush(): void {
		this.#statements.append(this.#written + 1, this.#chunk);
		this.#written += this.#chunk.length;
		this.#chunk.length = 0;
	}

	summarise(): PlanSummary {
		return {
			statements: this.#written + this.#chunk.length,
			notAllowed: this.#notAllowed,
			counts: {...this.#counts},
			tables: [...this.#tables.values()]
				.filter(({table}) => table !== '')
				.sort((a, b) => (a.table < b.table ? -1 : 1)),
			opened: listKinds(this.#opened),
			gates: listKinds(this.#gates),
			hazards: [...this.#hazards.values()].filter(({statements}) => statements > 0),
			withoutUndo: this.#withoutUndo,
		};
	}

	/** Every distinct hazard, also of what will not run. */
	listHazards(): Hazard[] {
		return [...this.#hazards.values()].map(({hazard}) => hazard);
	}

	#tableOf(name: string): TableCounts {
		const known = this.#tables.get(name);
		if (known) return known;
		const table = {table: name, schema: 0, inserts: 0, updates: 0, deletes: 0, notAllowed: 0};
		this.#tables.set(name, table);
		return table;
	}

	#countHazard(hazard: Hazard, runs: number): void {
		const name = `${hazard.kind} ${hazard.message}`;
		const known = this.#hazards.get(name);
		if (known) known.statements += runs;
		else this.#hazards.set(name, {hazard, statements: runs});
	}
}

function listKinds(counts: ReadonlyMap<AllowKind, number>) {
	return [...counts]
		.map(([kind, statements]) => ({kind, statements}))
		.sort((a, b) => (a.kind < b.kind ? -1 : 1));
}

function countRows(table: TableCounts, {kind, expects, row}: Statement): void {
	if (row?.isStep) return;
	switch (kind) {
		case 'ddl':
			table.schema++;
			break;
		case 'insert':
			table.inserts += expects ?? 0;
			break;
		case 'update':
			table.updates += expects ?? 0;
			break;
		case 'delete':
			table.deletes += expects ?? 0;
			break;
		case 'session':
			break;
		default:
			kind satisfies never;
	}
}
