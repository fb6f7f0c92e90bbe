import {findLine} from '../../components/text-search.ts';
import type {PlanPlace} from './plan-cursor.ts';
import type {PlannedStatement} from '../../../store/statements.ts';
import type {PlanDocument} from './plan-document.ts';
import {listSearched} from './plan-lines.ts';

/**
Statements that one key press looks through: about a tenth of a second. A search that finds
nothing so far says so, and the next press looks on.
*/
export const statementsPerSearch = 20_000;

const pageStatements = 500;

export type PlanSearch =
	| {readonly kind: 'found'; readonly at: PlanPlace}
	/** Nothing in what was looked through; `next` is the first statement that was not. */
	| {readonly kind: 'stopped'; readonly next: number}
	| {readonly kind: 'missing'};

/**
Looks for the next line that holds the query, around the end and back to the start.

@param from The line beside the first one that is looked at.
@param resumed The statement to go on from, after a search that stopped.
*/
export function findInPlan(
	document: PlanDocument,
	query: string,
	{from, step, resumed}: {from: PlanPlace; step: 1 | -1; resumed?: number | undefined},
	limit = statementsPerSearch,
): PlanSearch {
	if (query === '' || document.count === 0) return {kind: 'missing'};
	const rest = resumed === undefined ? findInBlock(document, query, from, step) : undefined;
	if (rest !== undefined) return {kind: 'found', at: rest};
	const {count} = document;
	// Its own statement is looked at again at the very end: the match may stand on its other side.
	const passed = resumed === undefined ? 0 : modulo((resumed - from.statement) * step - 1, count);
	const end = Math.min(count, passed + limit);
	for (let done = passed; done < end;) {
		const start = modulo(from.statement - 1 + step * (done + 1), count) + 1;
		const size = Math.min(pageStatements, end - done, step === 1 ? count - start + 1 : start);
		const first = step === 1 ? start : start - size + 1;
		const page = document.range(first, size);
		const ordered = step === 1 ? page : page.toReversed();
		const hit = findFirst(ordered, document, query, step);
		if (hit !== undefined) return {kind: 'found', at: hit};
		done += size;
	}
	if (end === count) return {kind: 'missing'};
	return {kind: 'stopped', next: modulo(from.statement - 1 + step * (end + 1), count) + 1};
}

/** Of statements in the order of looking, the first line of the first one that holds the query. */
function findFirst(
	statements: readonly PlannedStatement[],
	document: PlanDocument,
	query: string,
	step: 1 | -1,
): PlanPlace | undefined {
	for (let start = 0; start < statements.length; start++) {
		const offset = start;
		const source = {
			count: statements.length - offset,
			line(index: number): string {
				const statement = statements[offset + index];
				return statement === undefined ? '' : listSearched(statement).join('\n');
			},
		};
		const index = findLine(source, query, 0, 1);
		const number = index === undefined ? undefined : statements[offset + index]?.number;
		if (index === undefined || number === undefined) return undefined;
		const line = findLineOf(document, number, query, step === 1 ? 0 : -1, step);
		if (line !== undefined) return {statement: number, line};
		start += index;
	}
	return undefined;
}

/** The rest of the statement that the search begins in. */
function findInBlock(
	document: PlanDocument,
	query: string,
	{statement, line}: PlanPlace,
	step: 1 | -1,
): PlanPlace | undefined {
	const start = line + step;
	if (start < 0 || start >= (document.block(statement)?.count ?? 0)) return undefined;
	const found = findLineOf(document, statement, query, start, step);
	if (found === undefined || (found - line) * step <= 0) return undefined;
	return {statement, line: found};
}

/** @param start Negative: from the last line on. */
function findLineOf(
	document: PlanDocument,
	statement: number,
	query: string,
	start: number,
	step: 1 | -1,
): number | undefined {
	const block = document.block(statement);
	if (block === undefined) return undefined;
	const from = start < 0 ? block.count - 1 : start;
	return findLine({count: block.count, line: block.text}, query, from, step);
}

function modulo(number: number, count: number): number {
	return ((number % count) + count) % count;
}
