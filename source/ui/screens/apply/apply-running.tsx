import type {ReactElement} from 'react';
import {Box} from 'ink';
import type {ApplyPhase} from '../../../engine/apply/apply-pack.ts';
import {formatCount} from '../../../report/number-text.ts';
import {spreadSpans, type Spans} from '../../../report/spans.ts';
import {Line} from '../../components/line.tsx';
import {ProgressBar} from '../../components/progress-bar.tsx';
import {glyphs} from '../../theme.ts';
import type {ApplyMode, ApplyState} from '../screen-props.ts';

type ApplyRunningProps = {
	readonly state: Extract<ApplyState, {readonly kind: 'running'}>;
	readonly targetName: string;
	readonly isTransactional: boolean;
	readonly isAskingToStop: boolean;
	readonly width: number;
};

const phaseNames = {
	check: 'Check that prod is what was reviewed',
	before: 'Read the rows before',
	structure: 'Change the structure, before and after the rows',
	run: 'Run the statements',
	verify: 'Read every touched row back',
	'foreign keys': 'Check foreign keys',
	commit: 'Commit',
	'roll back': 'Roll back',
} as const satisfies Record<ApplyPhase, string>;

const phasesOfAll = ['check', 'before', 'structure', 'run', 'verify', 'foreign keys'] as const;

/** The phases of a run in order; one that came unforeseen (a rollback) stands at the end. */
export function listPhases(
	mode: ApplyMode,
	current: ApplyPhase | undefined,
	isTransactional = true,
): ApplyPhase[] {
	const isApart = mode === 'apply' && !isTransactional;
	const own = phasesOfAll.filter((phase) => phase !== 'structure' || isApart);
	const phases: ApplyPhase[] = [...own, mode === 'apply' ? 'commit' : 'roll back'];
	return current === undefined || phases.includes(current) ? phases : [...phases, current];
}

const rolledBack = {
	all: 'Everything is rolled back, nothing is changed.',
	rows: 'The rows are rolled back; structure that was changed stays.',
} as const;

const labelWidth = 40;
const detailWidth = 14;

/** A rehearsal or an apply under way, phase by phase. */
export function ApplyRunning({
	state,
	targetName,
	isTransactional,
	isAskingToStop,
	width,
}: ApplyRunningProps): ReactElement {
	const {mode, event, isStopping} = state;
	const phases = listPhases(mode, event?.phase, isTransactional);
	const position = event === null ? -1 : phases.indexOf(event.phase);
	// A run that is being rolled back did not do what stands before it.
	const isUnforeseen = event?.phase === 'roll back' && mode === 'apply';
	return (
		<Box flexDirection="column" width={width} flexShrink={0}>
			<Line
				spans={[
					{text: mode === 'apply' ? 'Applying to ' : 'Rehearsing on '},
					{text: targetName, tone: 'strong'},
					{text: mode === 'apply' ? '' : ': everything is rolled back at the end', tone: 'muted'},
				]}
				width={width}
			/>
			<Line spans={[]} width={width} />
			{phases.map((phase, index) => {
				if (index === position && event !== null) {
					const speed =
						event.perSecond > 0 ? `  ${formatCount(Math.round(event.perSecond))}/s` : '';
					return (
						<ProgressBar
							key={phase}
							label={[{text: `${glyphs.pointer} `, tone: 'accent'}, {text: phaseNames[phase]}]}
							labelWidth={labelWidth}
							done={event.done}
							total={event.total}
							detail={[{text: speed, tone: 'muted'}]}
							detailWidth={detailWidth}
							width={width}
						/>
					);
				}
				const isDone = index < position && !isUnforeseen;
				return <Line key={phase} spans={showPhase(phase, isDone)} width={width} />;
			})}
			<Line spans={[]} width={width} />
			<Line
				spans={event === null ? [{text: 'Starting…'}] : showEvent(state, width)}
				width={width}
			/>
			<Line spans={[]} width={width} />
			{isAskingToStop && (
				<Line
					spans={[
						{text: `Stop? ${isTransactional ? rolledBack.all : rolledBack.rows}`, tone: 'warning'},
						{text: '  y stops, n goes on.'},
					]}
					width={width}
				/>
			)}
			{isStopping && (
				<Line
					spans={[
						{
							text: `Stopping. ${isTransactional ? rolledBack.all : rolledBack.rows}`,
							tone: 'warning',
						},
					]}
					width={width}
				/>
			)}
		</Box>
	);
}

function showPhase(phase: ApplyPhase, isDone: boolean): Spans {
	return isDone
		? [{text: `${glyphs.ticked} `, tone: 'good'}, {text: phaseNames[phase]}]
		: [{text: `${glyphs.unticked} ${phaseNames[phase]}`, tone: 'muted'}];
}

function showEvent({event}: ApplyRunningProps['state'], width: number): Spans {
	if (event === null) return [];
	const {summary, done, total} = event;
	const counts = ` ${formatCount(done)} of ${formatCount(total)}`;
	return spreadSpans([{text: summary}], [{text: counts, tone: 'muted'}], width);
}
