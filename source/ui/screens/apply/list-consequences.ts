import type {Spans} from '../../../report/spans.ts';
import type {ApplyScreenProps, TriggerChoice} from '../screen-props.ts';
import {findDocument} from '../plan/plan-document.ts';
import {wrapSpans} from '../plan/wrap-spans.ts';
import {describeGist} from './intent-text.ts';
import {listUnstoppable} from './list-unstoppable.ts';

/** Rows that the question itself takes: the name, the field, the hint, and one that stays free. */
const questionRows = 4;

/** What is said right above the field for the name, in at most so many rows as leave room for it. */
export function listConsequences(
	props: ApplyScreenProps,
	triggers: TriggerChoice,
	{width, height}: {readonly width: number; readonly height: number},
): readonly Spans[] {
	const {summary, store, state, isTransactional, targetName} = props;
	const unstoppable = isTransactional
		? {count: 0, named: []}
		: listUnstoppable(findDocument(store.statements, summary));
	const lost = summary.withoutUndo.length;
	const lines: Spans[] = [
		[
			{text: 'This changes ', tone: 'danger'},
			{text: targetName, tone: 'strong'},
			{text: ' for real.', tone: 'danger'},
		],
		...describeGist({...props, triggers, unstoppable}),
		...(lost === 0
			? []
			: [
					[
						{
							text: `· ${lost === 1 ? '1 statement' : `${lost} statements`} can't be undone afterwards.`,
							tone: 'warning' as const,
						},
					],
				]),
		state.kind === 'rehearsed'
			? [{text: '· It was rehearsed: everything fits.', tone: 'good'}]
			: [{text: '· It was not rehearsed: r does that.', tone: 'warning'}],
	];
	const rows = lines.flatMap((spans) => wrapSpans(spans, width, 2));
	const room = Math.max(1, height - questionRows);
	if (rows.length <= room) return rows;
	return [...rows.slice(0, room - 1), [{text: '  … esc shows all of it', tone: 'warning'}]];
}
