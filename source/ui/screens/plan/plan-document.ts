import type {PlanSummary} from '../../../model/plan.ts';
import type {PlannedStatement, Statements} from '../../../store/statements.ts';
import {isSameSection, makeBlock, type PlanBlock, type Section} from './plan-lines.ts';

const pageStatements = 16;
const mostPages = 12;
const mostBlocks = 64;
const mostSections = 200;

/**
The text of a plan of any length, read a page at a time. A line is addressed by its
statement and its place therein, so nothing is ever counted from the top.

It belongs to one plan: a plan that was made again needs a new one.
*/
export class PlanDocument {
	/** Statements of the plan, numbered from 1. */
	readonly count: number;
	readonly #statements: Pick<Statements, 'page'>;
	readonly #pages = new Map<number, readonly PlannedStatement[]>();
	readonly #blocks = new Map<number, PlanBlock>();
	readonly #sections: Section[] = [];

	constructor(statements: Pick<Statements, 'page'>, count: number) {
		this.#statements = statements;
		this.count = count;
	}

	isOf(statements: Pick<Statements, 'page'>): boolean {
		return this.#statements === statements;
	}

	statement(number: number): PlannedStatement | undefined {
		if (number < 1 || number > this.count) return undefined;
		const page = Math.floor((number - 1) / pageStatements);
		let found = this.#pages.get(page);
		if (found === undefined) {
			found = this.#statements.page(page * pageStatements, pageStatements);
			keep(this.#pages, page, found, mostPages);
		}
		return found[(number - 1) % pageStatements];
	}

	block(number: number): PlanBlock | undefined {
		const known = this.#blocks.get(number);
		if (known !== undefined) return known;
		const statement = this.statement(number);
		if (statement === undefined) return undefined;
		const before = this.statement(number - 1);
		const isFirst = before === undefined || !isSameSection(before, statement);
		const section = isFirst ? this.section(number) : undefined;
		const block = makeBlock(statement, section, number === this.count);
		keep(this.#blocks, number, block, mostBlocks);
		return block;
	}

	/** Several statements at once, for a search that passes over them. */
	range(first: number, count: number): readonly PlannedStatement[] {
		return this.#statements.page(first - 1, count);
	}

	/** The section that a statement stands in. */
	section(number: number): Section {
		const known = this.#sections.find(({first, last}) => number >= first && number <= last);
		if (known !== undefined) return known;
		const section = {first: this.#findEnd(number, -1), last: this.#findEnd(number, 1)};
		this.#sections.push(section);
		if (this.#sections.length > mostSections) this.#sections.shift();
		return section;
	}

	/**
	The last statement of its section in one direction.

	Statements of a structure are walked one by one. The rows' are written table by table, so
	once a table's INSERTs are left they do not come again: there the end is found by doubling
	steps, in about 40 reads however long the section is.
	*/
	#findEnd(number: number, step: 1 | -1): number {
		const start = this.statement(number);
		if (start === undefined) return number;
		const belongs = (other: number): boolean => {
			const statement = this.statement(other);
			return statement !== undefined && isSameSection(start, statement);
		};
		let inside = number;
		if (start.phase !== 'rows') {
			while (belongs(inside + step)) inside += step;
			return inside;
		}
		let reach = 1;
		while (belongs(inside + step * reach)) {
			inside += step * reach;
			reach *= 2;
		}
		// `inside` belongs, `inside + reach` does not.
		while (reach > 1) {
			const half = Math.floor(reach / 2);
			if (belongs(inside + step * half)) {
				inside += step * half;
				reach -= half;
			} else {
				reach = half;
			}
		}
		return inside;
	}
}

const documents = new WeakMap<PlanSummary, PlanDocument>();

/** The document of a plan. A plan that is made again has a summary of its own, and so a new one. */
export function findDocument(statements: Statements, summary: PlanSummary): PlanDocument {
	const known = documents.get(summary);
	if (known?.isOf(statements)) return known;
	const document = new PlanDocument(statements, summary.statements);
	documents.set(summary, document);
	return document;
}

/** Forgets the entry that was added first when there are too many. */
function keep<K, V>(entries: Map<K, V>, key: K, value: V, most: number): void {
	entries.set(key, value);
	if (entries.size <= most) return;
	for (const oldest of entries.keys()) {
		entries.delete(oldest);
		return;
	}
}
