import type {ReactElement} from 'react';
import {Box} from 'ink';
import {Line} from '../../components/line.tsx';
import type {ListState} from '../../components/list-state.ts';
import {VirtualList} from '../../components/virtual-list.tsx';
import {glyphs} from '../../theme.ts';
import {formatCount} from '../../../report/number-text.ts';
import {spreadSpans, type Spans} from '../../../report/spans.ts';
import {gateWords} from './list-gates.ts';
import type {Gate} from './plan-state.ts';

type PlanGatesProps = {
	readonly gates: readonly Gate[];
	readonly state: ListState;
	readonly width: number;
	readonly height: number;
};

/** Rows above the list. */
const introRows = 3;

/** Rows of the list in a body of so many rows; one more is for the position. */
export function measureGates(height: number): number {
	return Math.max(1, height - introRows - 1);
}

/** What destroys something, by kind, with how much of it this plan has. */
export function PlanGates({gates, state, width, height}: PlanGatesProps): ReactElement {
	return (
		<Box flexDirection="column" width={width} flexShrink={0}>
			<Line spans={[{text: 'What destroys something', tone: 'strong'}]} width={width} />
			<Line
				spans={[
					{
						text: 'is commented out until its kind is allowed. A change makes the plan again.',
						tone: 'muted',
					},
				]}
				width={width}
			/>
			<Line spans={[]} width={width} />
			<VirtualList
				state={state}
				bounds={{count: gates.length, height: measureGates(height)}}
				width={width}
				emptyText="Nothing in this plan destroys anything."
				renderRow={(index, {width: rowWidth, isSelected}) => {
					const gate = gates[index];
					if (gate === undefined) return null;
					return <Line spans={showGate(gate, rowWidth, isSelected)} width={rowWidth} />;
				}}
			/>
		</Box>
	);
}

function showGate({kind, isOpen, commented, running}: Gate, width: number, isSelected: boolean) {
	const counts: string[] = [];
	if (commented > 0) counts.push(`${formatCount(commented)} commented out`);
	if (running > 0) counts.push(`${formatCount(running)} will run`);
	if (counts.length === 0) counts.push('nothing in this plan');
	const left: Spans = [
		isOpen
			? {text: `[${glyphs.ticked}] `, tone: 'warning'}
			: {text: `[${glyphs.unticked}] `, tone: 'muted'},
		{text: kind.padEnd(15), tone: isSelected ? 'strong' : 'plain'},
		{text: gateWords[kind], tone: 'muted'},
	];
	return spreadSpans(left, [{text: ` ${counts.join(', ')}`}], width);
}
