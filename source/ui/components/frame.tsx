import type {ReactElement, ReactNode} from 'react';
import {Box, Text} from 'ink';
import {useKeys} from '../hooks/use-keys.ts';
import {useTerminalSize, type TerminalSize} from '../hooks/use-terminal-size.ts';
import type {KeyHint} from '../keymap.ts';
import {glyphs, type Tone} from '../theme.ts';
import {listFooterLines} from './footer-lines.ts';
import {
	isTooSmall,
	measureBody,
	measureFrame,
	smallestTerminal,
	type BodySize,
} from './frame-layout.ts';
import {Line} from './line.tsx';
import {measureSpans, spreadSpans, truncateSpans, type Spans} from '../../report/spans.ts';
import {steps, type StepId} from './steps.ts';

export type FrameMessage = {readonly text: string; readonly tone: Tone};

type FrameProps = {
	readonly step: StepId;
	/** The names of the databases; empty while they are not chosen. */
	readonly prod: string;
	readonly dev: string;
	/** The run's id; empty before there is one. */
	readonly run: string;
	/** Keys for the footer: those of the screen first, then those of the program. */
	readonly hints: readonly KeyHint[];
	/** One row above the footer. */
	readonly message?: FrameMessage | undefined;
	/** Takes the place of the message: a search field, for example. */
	readonly prompt?: ReactNode;
	/** Called for `q` while the terminal is too small to show anything else. */
	readonly onQuit: () => void;
	/** Draws the body on exactly so many columns and rows. */
	readonly children: (size: BodySize) => ReactNode;
};

/** The whole screen: header, body, message, footer. */
export function Frame(props: FrameProps): ReactElement {
	const size = useTerminalSize();
	const isSmall = isTooSmall(size);
	// The screen under it is not seen, so it must not act on keys either.
	useKeys(
		({name}) => {
			if (name === 'q') props.onQuit();
			return name !== 'ctrl+c';
		},
		{isActive: isSmall, layer: 'overlay'},
	);
	const footer = listFooterLines(props.hints, size.columns);
	const frame = measureFrame(size);
	const body = measureBody(size, footer.length);
	return (
		<Box flexDirection="column" width={frame.width} height={frame.height} overflowY="hidden">
			{isSmall && <TooSmall size={size} />}
			{/* Hidden, not gone: what the screen remembers is there again after a resize. */}
			<Box flexDirection="column" display={isSmall ? 'none' : 'flex'} width={frame.width}>
				<Line spans={showSteps(props.step, frame.width)} width={frame.width} />
				<Line spans={showDatabases(props, frame.width)} width={frame.width} />
				<Box
					flexDirection="column"
					width={body.width}
					height={body.height}
					flexShrink={0}
					overflowY="hidden"
				>
					{props.children(body)}
				</Box>
				<Box height={1} width={frame.width} flexShrink={0}>
					{props.prompt || (
						<Line spans={props.message === undefined ? [] : [props.message]} width={frame.width} />
					)}
				</Box>
				{footer.map((spans, index) => (
					<Line key={index} spans={spans} width={frame.width} />
				))}
			</Box>
		</Box>
	);
}

function TooSmall({size}: {readonly size: TerminalSize}): ReactElement {
	const {columns, rows} = smallestTerminal;
	return (
		<Text wrap="wrap">
			{`This terminal is ${size.columns}×${size.rows}; DeepDiff DB needs ${columns}×${rows}. Make it larger, or press q to quit.`}
		</Text>
	);
}

const product: Spans = [{text: 'DeepDiff DB', tone: 'strong'}];

/** The current step stands in brackets, those that are still to come are dimmed. */
function showSteps(current: StepId, width: number): Spans {
	const position = steps.findIndex(({id}) => id === current);
	const crumbs = steps.flatMap(({title}, index): Spans => {
		const isFirst = index === 0;
		const isLast = index === steps.length - 1;
		const separator: Spans = isFirst ? [] : [{text: glyphs.pointer, tone: 'muted'}];
		if (index === position) return [...separator, {text: `[${title}]`, tone: 'accent'}];
		// At 80 columns every blank counts: there are none at the two ends.
		const text = `${isFirst ? '' : ' '}${title}${isLast ? '' : ' '}`;
		return [...separator, {text, tone: index < position ? 'plain' : 'muted'}];
	});
	return spreadSpans(product, crumbs, width);
}

function showDatabases(
	{prod, dev, run}: Pick<FrameProps, 'prod' | 'dev' | 'run'>,
	width: number,
): Spans {
	if (prod === '' && dev === '') return [];
	const runSpans: Spans = run === '' ? [] : [{text: ` run ${run}`, tone: 'muted'}];
	const room = width - measureSpans(runSpans);
	const pair: Spans = [
		{text: 'prod ', tone: 'muted'},
		{text: prod},
		{text: ` ${glyphs.arrow} dev `, tone: 'muted'},
		{text: dev},
	];
	return spreadSpans(truncateSpans(pair, room), runSpans, width);
}
