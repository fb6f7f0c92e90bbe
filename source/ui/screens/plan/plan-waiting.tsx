import type {ReactElement} from 'react';
import {Box} from 'ink';
import {Line} from '../../components/line.tsx';
import {ProgressBar} from '../../components/progress-bar.tsx';
import {Spinner} from '../../components/spinner.tsx';
import {plural} from '../../../report/number-text.ts';
import type {Spans} from '../../../report/spans.ts';
import type {PlanState} from '../screen-props.ts';
import {wrapSpans} from './wrap-spans.ts';

type WaitingProps = {
	readonly plan: Exclude<PlanState, {readonly kind: 'ready'}>;
	readonly width: number;
	readonly height: number;
};

const stepNames = {
	structure: 'Structure',
	survey: 'Looking at rows',
	rows: 'Writing rows',
} as const;

/** A plan that is being made, or could not be. */
export function PlanWaiting({plan, width, height}: WaitingProps): ReactElement {
	if (plan.kind === 'failed') {
		return (
			<Box flexDirection="column" width={width} flexShrink={0}>
				{describeFailure(plan)
					.flatMap((spans) => wrapSpans(spans, width))
					.slice(0, height)
					.map((spans, index) => (
						<Line key={index} spans={spans} width={width} />
					))}
			</Box>
		);
	}
	const {progress} = plan;
	return (
		<Box flexDirection="column" width={width} flexShrink={0}>
			<Spinner label="Making the plan…" width={width} />
			<Line spans={[]} width={width} />
			{progress !== null && (
				<ProgressBar
					label={[{text: stepNames[progress.step]}]}
					labelWidth={18}
					done={progress.done}
					total={progress.total}
					detail={[{text: progress.table === '' ? '' : `  ${progress.table}`, tone: 'muted'}]}
					detailWidth={Math.floor(width / 4)}
					width={width}
				/>
			)}
		</Box>
	);
}

function describeFailure({
	problem,
	unresolved,
}: Extract<PlanState, {readonly kind: 'failed'}>): Spans[] {
	const next: Spans =
		unresolved > 0
			? [
					{text: `${plural(unresolved, 'conflict')} still ${unresolved === 1 ? 'needs' : 'need'}`},
					{text: ' a decision: esc (or 5) leads back to Conflicts.'},
				]
			: [{text: 'r makes the plan again, esc goes back.'}];
	return [
		[{text: 'There is no plan.', tone: 'danger'}],
		[{text: problem.message}],
		...(problem.hint === '' ? [] : [[{text: problem.hint}]]),
		[],
		next,
	];
}
