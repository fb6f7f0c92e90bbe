import {useMemo} from 'react';
import type {Spans} from '../../../report/spans.ts';
import type {ApplyScreenProps, TriggerChoice} from '../screen-props.ts';
import {writeProse, type LongText} from '../plan/long-text.ts';
import {findDocument} from '../plan/plan-document.ts';
import {describeIntent} from './intent-text.ts';
import {listUnstoppable} from './list-unstoppable.ts';
import {describeApplied, describeFailure, describeRehearsal} from './outcome-text.ts';

/** What the screen says while nothing runs. */
export function useApplyText(
	{
		state,
		store,
		summary,
		packPaths,
		targetName,
		targetServer,
		isTransactional,
		columns,
	}: ApplyScreenProps,
	triggers: TriggerChoice,
): LongText {
	const {statements} = store;
	return useMemo(() => {
		const describe = (): Spans[] => {
			switch (state.kind) {
				case 'ready':
					return describeIntent({
						targetName,
						targetServer,
						isTransactional,
						summary,
						packPaths,
						triggers,
						unstoppable: isTransactional
							? {count: 0, named: []}
							: listUnstoppable(findDocument(statements, summary)),
					});
				case 'running':
					return [];
				case 'rehearsed':
					return describeRehearsal(state.receipt, triggers);
				case 'applied':
					return describeApplied(state);
				case 'failed':
					return describeFailure(state, triggers);
				default:
					return state satisfies never;
			}
		};
		// The first column of the text view is its pointer's.
		return writeProse(describe(), columns - 1, 2);
	}, [
		state,
		statements,
		summary,
		packPaths,
		targetName,
		targetServer,
		isTransactional,
		columns,
		triggers,
	]);
}
