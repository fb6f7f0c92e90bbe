import type {Hazard} from '../../model/hazard.ts';
import type {Layout} from '../../model/layout.ts';
import type {PlanSummary} from '../../model/plan.ts';
import type {RunStore} from '../../store/run-store.ts';
import type {TableSurvey} from './survey-rows.ts';
import {countingLayout, verificationLayout} from './table-target.ts';

/** How an apply reads the rows of one table back. */
export type TableChecks = {
	readonly table: string;
	/** By key: the compared columns, in the order that digests and marks are made in. */
	readonly layout: Layout;
	/** For rows that no key identifies: columns that the plan's structure leaves as they are. */
	readonly countingLayout: Layout;
	/**
	Rows must be read before anything runs, since the statements' own guards can't say it all:
	a type changes under them, or nothing on prod keeps the key unique.
	*/
	readonly readsBefore: boolean;
	/**
	Indexes of compared columns that the plan's structure adds or converts: where that can't be
	taken back, an undo does not find in them what was there before.
	*/
	readonly altered: readonly number[];
	/** Some of its rows are found by no key, so their copies are counted. */
	readonly countsCopies: boolean;
};

export type PlanRecord = {
	readonly summary: PlanSummary;
	/** Every distinct hazard, also of what will not run. */
	readonly hazards: readonly Hazard[];
	readonly tables: readonly TableChecks[];
};

const fact = 'plan';

/** The plan that the store holds, in numbers; null when there is none or it was left unfinished. */
export function readPlanSummary(store: RunStore): PlanSummary | null {
	return readPlanRecord(store)?.summary ?? null;
}

/** Everything about the stored plan but its statements; null as above. */
export function readPlanRecord(store: RunStore): PlanRecord | null {
	const text = store.readFact(fact);
	// Only recordPlan below writes it.
	return text ? (JSON.parse(text) as PlanRecord) : null;
}

export function recordPlan(
	store: RunStore,
	{summary, hazards}: Pick<PlanRecord, 'summary' | 'hazards'>,
	surveys: readonly TableSurvey[],
): void {
	const tables = surveys.map(({target, hasUnkeyed}): TableChecks => {
		const {layout, columns, keyIndexes} = target;
		return {
			table: layout.table,
			layout: verificationLayout(target),
			countingLayout: countingLayout(target),
			readsBefore:
				layout.key.kind === 'named' ||
				columns.some(({isCompared, isConverted}) => isCompared && isConverted),
			altered: columns.flatMap(({isCompared, isConverted, isWritableBefore}, index) =>
				isCompared && (isConverted || !isWritableBefore) ? [index] : [],
			),
			countsCopies: hasUnkeyed || keyIndexes.some((index) => columns[index]?.isForeign),
		};
	});
	store.writeFact(fact, JSON.stringify({summary, hazards, tables} satisfies PlanRecord));
}

/** Marks the stored statements as incomplete. */
export function forgetPlan(store: RunStore): void {
	store.writeFact(fact, '');
}
