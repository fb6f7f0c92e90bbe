import type {ReactElement, ReactNode} from 'react';
import {Box} from 'ink';
import {glyphs, useTheme, type Theme} from '../theme.ts';
import {showText} from '../../report/cell-text.ts';
import {Line} from './line.tsx';
import {formatCount} from '../../report/number-text.ts';
import {fitScrollText, type ScrollTextState, type TextView} from './scroll-text-state.ts';
import {
	joinSpans,
	makeSpansSafe,
	markColumns,
	sliceSpans,
	spreadSpans,
	type Spans,
} from '../../report/spans.ts';
import {findMatches} from './text-search.ts';
import {measureText} from '../../report/text-width.ts';

type ScrollTextProps = {
	readonly state: ScrollTextState;
	/** `height` lines are drawn, and one more below them for the position. */
	readonly view: TextView;
	/** Colours one line; its text must stay the same. @default stand-ins are dimmed */
	readonly renderLine?: (text: string, line: number) => Spans;
	/** Stands at the left of the row below the text. */
	readonly status?: Spans;
};

/** Characters of a line that are looked at for each column: lines may be megabytes long. */
const charactersPerColumn = 8;

/** A long text of which only the lines in sight are asked for. */
export function ScrollText({
	state,
	view,
	renderLine = showText,
	status = [],
}: ScrollTextProps): ReactElement {
	const {wordMarks} = useTheme();
	const {source, height, width} = view;
	const {top, left, query, matchLine} = fitScrollText(state, view);
	const characters = (left + width) * charactersPerColumn;
	const end = Math.min(source.count, top + height);
	const rows: ReactNode[] = [];
	for (let line = top; line < end; line++) {
		const spans = renderLine(source.line(line).slice(0, characters), line);
		const marked = markMatches(makeSpansSafe(spans), query, wordMarks);
		const pointer = line === matchLine ? glyphs.pointer : ' ';
		rows.push(
			<Line
				key={line - top}
				spans={[
					{text: pointer, tone: 'accent'},
					...sliceSpans(marked, left, Number.MAX_SAFE_INTEGER),
				]}
				width={width}
			/>,
		);
	}
	const isMissing = query !== '' && matchLine === undefined;
	return (
		<Box flexDirection="column" width={width} flexShrink={0}>
			<Box flexDirection="column" height={height} flexShrink={0} overflowY="hidden">
				{rows}
			</Box>
			<Line
				spans={spreadSpans(
					isMissing ? [{text: `Not found: ${query}`, tone: 'warning'}] : status,
					[{text: showPosition(top, end, source.count), tone: 'muted'}],
					width,
				)}
				width={width}
			/>
		</Box>
	);
}

/** From the last match to the first: marks that take columns don't move those before them. */
function markMatches(spans: Spans, query: string, marks: Theme['wordMarks']): Spans {
	const text = joinSpans(spans);
	return findMatches(text, query).reduceRight((marked, {from, to}) => {
		const start = measureText(text.slice(0, from));
		const width = measureText(text.slice(from, to));
		return markColumns(marked, start, start + width, 'match', marks);
	}, spans);
}

function showPosition(top: number, end: number, count: number): string {
	return ` ${formatCount(count === 0 ? 0 : top + 1)}-${formatCount(end)}/${formatCount(count)}`;
}
