import {useMemo, type ReactElement} from 'react';
import {Box} from 'ink';
import {absentCell, type Cell} from '../../../model/cell.ts';
import {formatCount} from '../../../report/number-text.ts';
import {fitSpans, makeSpansSafe, type Spans} from '../../../report/spans.ts';
import {Line} from '../../components/line.tsx';
import {measureTextWidth} from '../../components/scroll-text-state.ts';
import {ScrollText} from '../../components/scroll-text.tsx';
import {useBindings} from '../../hooks/use-bindings.ts';
import {describeBindings} from '../../keymap.ts';
import {glyphs, useTheme} from '../../theme.ts';
import {ScreenFrame} from '../screen-frame.tsx';
import type {ScreenProps} from '../screen-props.ts';
import type {CellLine} from './cell-lines.ts';
import {PromptField, promptKeys} from './prompt-field.tsx';
import type {RowsContext} from './rows-commands.ts';
import {viewerSides, type ViewerSide, type ViewerState} from './open-row-state.ts';
import {viewerBindings, viewerMoveBindings, type ViewerCommand} from './viewer-keys.ts';
import {describeSize, measureHalf, viewCell, viewPair, type ViewerText} from './viewer-text.ts';

type CellViewerProps = {
	readonly screen: ScreenProps;
	readonly context: Pick<RowsContext, 'state' | 'update' | 'say'>;
	readonly viewer: ViewerState;
	readonly line: CellLine;
};

/** One cell on the whole screen: both sides beside each other, or one of them alone. */
export function CellViewer({screen, context, viewer, line}: CellViewerProps): ReactElement {
	const {columns, rows, isActive} = screen;
	const {state, update, say} = context;
	const {wordMarks} = useTheme();
	const {prod, dev} = line;
	const side = viewer.side === 'both' && (!prod || !dev) ? (prod ? 'prod' : 'dev') : viewer.side;
	const alone = side === 'both' ? undefined : line[side];
	const width = measureTextWidth({width: columns});
	const text = useMemo(
		() =>
			alone || !prod || !dev
				? viewCell(alone ?? absentCell, width)
				: viewPair(prod, dev, width, wordMarks),
		[alone, prod, dev, width, wordMarks],
	);
	const titles = useMemo(() => showTitles(line, side, width), [line, side, width]);
	// Title and position stand above and below.
	const view = {source: text.source, width: columns, height: Math.max(1, rows - 3)};

	const goToChange = (step: 1 | -1): void => {
		const line = findChange(text, viewer, view.height, step);
		if (line !== undefined) update({type: 'viewChange', line, view});
		else say({kind: 'info', text: `There is no difference further ${step === 1 ? 'down' : 'up'}.`});
	};
	const run = (command: ViewerCommand): void => {
		if (typeof command === 'object') {
			update({type: 'viewText', action: command.action, view});
			return;
		}
		switch (command) {
			case 'side':
				update({type: 'view', column: viewer.column, side: findNextSide(line, side)});
				return;
			case 'search':
				update({type: 'prompt', kind: 'search'});
				return;
			case 'nextChange':
				goToChange(1);
				return;
			case 'previousChange':
				goToChange(-1);
				return;
			case 'next':
				screen.onNext();
				return;
			case 'previous':
				screen.onBack();
				return;
			case 'back':
				update({type: 'close'});
				return;
			default:
				command satisfies never;
		}
	};
	const isListening = isActive && state.prompt === null;
	const bindings = [...viewerBindings, ...viewerMoveBindings];
	useBindings({bindings, state: null, isActive: isListening, onCommand: run});

	const keys = [
		{title: 'Value', hints: describeBindings<unknown>(viewerBindings, null)},
		{title: 'Moving', hints: describeBindings<unknown>(viewerMoveBindings, null)},
	];
	const field = state.prompt && (
		<PromptField
			prompt={state.prompt}
			width={columns}
			isActive={isActive}
			placeholder="find in the value"
			update={update}
			onSubmit={(query) => update({type: 'viewText', action: {type: 'search', query}, view})}
		/>
	);
	const status: Spans =
		viewer.change === null
			? []
			: [{text: `difference at line ${formatCount(viewer.change + 1)}`, tone: 'muted'}];
	return (
		<ScreenFrame keys={state.prompt ? promptKeys : keys} prompt={field ?? undefined}>
			<Box flexDirection="column" width={columns} height={rows} flexShrink={0}>
				<Line spans={[{text: line.name, tone: 'strong'}]} width={columns} />
				<Line spans={titles} width={columns} />
				<ScrollText state={viewer.text} view={view} renderLine={text.renderLine} status={status} />
			</Box>
		</ScreenFrame>
	);
}

/** Sides that there are something of, in order. */
function listSides(line: CellLine): readonly ViewerSide[] {
	return viewerSides.filter((side) =>
		side === 'both' ? line.prod && line.dev : line[side] !== undefined,
	);
}

function findNextSide(line: CellLine, side: ViewerSide): ViewerSide {
	const sides = listSides(line);
	return sides[(sides.indexOf(side) + 1) % sides.length] ?? side;
}

function showTitles(line: CellLine, side: ViewerSide, width: number): Spans {
	const title = (name: string, cell: Cell | undefined): Spans =>
		makeSpansSafe([
			{text: name, tone: 'accent'},
			{text: cell ? `  ${describeSize(cell)}` : '', tone: 'muted'},
		]);
	// The first column of the text below points to matches.
	if (side !== 'both') return [{text: ' '}, ...title(side, line[side])];
	return [
		{text: ' '},
		...fitSpans(title('prod', line.prod), measureHalf(width)),
		{text: glyphs.divider, tone: 'muted'},
		...title('dev', line.dev),
	];
}

/** The first line of the next stretch of lines that differ, from what is in sight on. */
function findChange(
	{source, isChanged}: ViewerText,
	{text: {top}, change}: ViewerState,
	height: number,
	step: 1 | -1,
): number | undefined {
	const isInSight = change !== null && change >= top && change < top + height;
	let at = isInSight ? change : top;
	const isInside = (): boolean => at >= 0 && at < source.count;
	if (isInSight) while (isInside() && isChanged(at)) at += step;
	while (isInside() && !isChanged(at)) at += step;
	// Upwards the stretch is met at its end.
	while (step === -1 && at > 0 && isInside() && isChanged(at - 1)) at--;
	return isInside() ? at : undefined;
}
