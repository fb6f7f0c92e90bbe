import {useMemo} from 'react';
import type {PlanSummary} from '../../../model/plan.ts';
import type {PlannedStatement} from '../../../store/statements.ts';
import type {PackState} from '../screen-props.ts';
import {joinTexts, type LongText} from './long-text.ts';
import {writeOverview} from './overview-text.ts';
import type {PlanView} from './plan-state.ts';
import {writeStatement} from './statement-text.ts';

type OpenText = {
	readonly view: PlanView;
	readonly statement: PlannedStatement | undefined;
	readonly summary: PlanSummary;
	readonly pack: PackState;
	readonly width: number;
};

/** The text that stands over the plan, laid out once: a statement may be megabytes long. */
export function useOpenText({view, statement, summary, pack, width}: OpenText): LongText {
	return useMemo(() => {
		if (view === 'overview') return writeOverview(summary, pack, width);
		return view === 'statement' && statement !== undefined
			? writeStatement(statement, width)
			: joinTexts([]);
	}, [view, statement, summary, pack, width]);
}
