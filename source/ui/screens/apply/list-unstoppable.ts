import type {PlanDocument} from '../plan/plan-document.ts';
import type {UnstoppableStatements} from './intent-text.ts';

/** More than this many are counted instead of named. */
const mostNamed = 20;

/**
Statements of the structure that will run, in order. The rows between them are stepped over
a section at a time.
*/
export function listUnstoppable(document: PlanDocument): UnstoppableStatements {
	const named: {number: number; summary: string}[] = [];
	let count = 0;
	for (let number = 1; number <= document.count;) {
		const statement = document.statement(number);
		if (statement === undefined) break;
		if (statement.phase === 'rows') {
			number = document.section(number).last + 1;
			continue;
		}
		if (statement.allowed && statement.kind === 'ddl') {
			count++;
			if (named.length < mostNamed) named.push({number, summary: statement.summary});
		}
		number++;
	}
	return {count, named};
}
