import type {UniqueClash} from '../../store/unique-claims.ts';
import type {RowKind} from './row-hazards.ts';
import type {TableSurvey} from './survey-rows.ts';

/** All rows of one kind of one table, written together. */
export type WriteStep = {readonly kind: RowKind; readonly survey: TableSurvey};

type OrderInput = {
	/** The trait `checksForeignKeysAtEnd`. */
	readonly checksAtEnd: boolean;
	/** Unique values that rows of one kind take and rows of another give up. */
	readonly clashes: Iterable<UniqueClash>;
	readonly foldName: (name: string) => string;
};

/**
Orders what is written: a unique value must be given up before it is taken, a parent must be there
before its child and may go only after it. Where foreign keys wait until the end, the first decides
alone. Elsewhere parents go in first and go out last, but for tables whose rows give up a value that
another row takes: their updates come before their inserts, and their deletes before all, with those
of the tables that refer to them.
*/
export function orderWrites(parentsFirst: readonly TableSurvey[], input: OrderInput): WriteStep[] {
	const childrenFirst = parentsFirst.toReversed();
	const steps = (kind: RowKind, surveys: readonly TableSurvey[]) =>
		surveys.map((survey): WriteStep => ({kind, survey}));
	if (input.checksAtEnd) {
		return [
			...steps('delete', childrenFirst),
			...steps('update', parentsFirst),
			...steps('insert', parentsFirst),
		];
	}
	const {early, updatesFirst} = findHolders(parentsFirst, input);
	return [
		...steps(
			'delete',
			childrenFirst.filter((survey) => early.has(survey)),
		),
		...parentsFirst.flatMap((survey) =>
			updatesFirst.has(survey)
				? [...steps('update', [survey]), ...steps('insert', [survey])]
				: [...steps('insert', [survey]), ...steps('update', [survey])],
		),
		...steps(
			'delete',
			childrenFirst.filter((survey) => !early.has(survey)),
		),
	];
}

function findHolders(
	surveys: readonly TableSurvey[],
	{clashes, foldName}: OrderInput,
): {readonly early: Set<TableSurvey>; readonly updatesFirst: Set<TableSurvey>} {
	const [early, updatesFirst] = [new Set<TableSurvey>(), new Set<TableSurvey>()];
	for (const {index, holder} of clashes) {
		const survey = surveys.find(({uniques}) => uniques.some(({number}) => number === index));
		if (survey) (holder === 'delete' ? early : updatesFirst).add(survey);
	}
	// A parent can't go while a child that is to go as well still refers to it.
	const waiting = [...early];
	for (let parent = waiting.pop(); parent; parent = waiting.pop()) {
		const name = foldName(parent.target.table.name);
		for (const child of surveys) {
			const refers = child.target.table.foreignKeys.some(
				({referencedTable}) => foldName(referencedTable) === name,
			);
			if (!refers || early.has(child)) continue;
			early.add(child);
			waiting.push(child);
		}
	}
	return {early, updatesFirst};
}
