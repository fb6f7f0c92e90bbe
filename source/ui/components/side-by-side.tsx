import type {ReactElement, ReactNode} from 'react';
import {Box} from 'ink';
import {glyphs, useTheme, type Theme, type Tone} from '../theme.ts';
import type {AlignedRow, Word} from './align-texts.ts';
import {showText} from '../../report/cell-text.ts';
import {Line} from './line.tsx';
import {fitScroll, type ScrollBounds, type ScrollState} from './scroll-state.ts';
import {fitSpans, makeSpansSafe, measureSpans, sliceSpans, type Spans} from '../../report/spans.ts';

type SideBySideProps = {
	/** From `alignTexts`; align once and keep it while scrolling. */
	readonly rows: readonly AlignedRow[];
	readonly state: ScrollState;
	/** From `measureSideBySide`; one row more is drawn above for the titles. */
	readonly bounds: ScrollBounds;
	readonly leftTitle: string;
	readonly rightTitle: string;
};

/** The glyph and the blank in front of each side. */
const gutter = 2;

type SideStyle = {readonly glyph: string; readonly tone: Tone; readonly wordTone: Tone};

const blankSide: SideStyle = {glyph: ' ', tone: 'plain', wordTone: 'plain'};

const sideStyles: Readonly<
	Record<AlignedRow['kind'], {readonly left: SideStyle; readonly right: SideStyle}>
> = {
	same: {left: blankSide, right: blankSide},
	changed: {
		left: {glyph: glyphs.changed, tone: 'plain', wordTone: 'removedWord'},
		right: {glyph: glyphs.changed, tone: 'plain', wordTone: 'addedWord'},
	},
	removed: {
		left: {glyph: glyphs.removed, tone: 'removed', wordTone: 'removedWord'},
		right: blankSide,
	},
	added: {
		left: blankSide,
		right: {glyph: glyphs.added, tone: 'added', wordTone: 'addedWord'},
	},
};

/** What `reduceScroll` needs for this view. `width` and `height` are those of the whole. */
export function measureSideBySide(
	rows: readonly AlignedRow[],
	width: number,
	height: number,
): ScrollBounds {
	const widest = rows.reduce(
		(most, row) => Math.max(most, measureWords(row.left), measureWords(row.right)),
		0,
	);
	return {
		count: rows.length,
		height: Math.max(1, height - 1),
		width: measureHalf(width) - gutter,
		widest,
	};
}

/** Two texts beside each other, with the words that differ marked. */
export function SideBySide({
	rows,
	state,
	bounds,
	leftTitle,
	rightTitle,
}: SideBySideProps): ReactElement {
	const {wordMarks} = useTheme();
	const {top, left} = fitScroll(state, bounds);
	const half = bounds.width + gutter;
	const draw = (key: string | number, leftSpans: Spans, rightSpans: Spans): ReactNode => (
		<Line
			key={key}
			spans={[
				...fitSpans(makeSpansSafe(leftSpans), half),
				{text: glyphs.divider, tone: 'muted'},
				...fitSpans(makeSpansSafe(rightSpans), half),
			]}
			width={half * 2 + 1}
		/>
	);
	const title = (text: string): Spans => [{text: '  '}, {text, tone: 'strong'}];
	return (
		<Box flexDirection="column" flexShrink={0}>
			{draw('titles', title(leftTitle), title(rightTitle))}
			<Box flexDirection="column" height={bounds.height} flexShrink={0} overflowY="hidden">
				{rows.slice(top, top + bounds.height).map((row, index) => {
					const styles = sideStyles[row.kind];
					return draw(
						index,
						showSide(styles.left, row.left, left, wordMarks),
						showSide(styles.right, row.right, left, wordMarks),
					);
				})}
			</Box>
		</Box>
	);
}

function showSide(
	{glyph, tone, wordTone}: SideStyle,
	words: readonly Word[] = [],
	left: number,
	{open, close}: Theme['wordMarks'],
): Spans {
	const spans = words.flatMap(({text, isChanged}): Spans => {
		if (!isChanged) return showText(text).map((span) => ({tone, ...span}));
		const shown = showText(text).map((span) => span.text);
		return [{text: open + shown.join('') + close, tone: wordTone}];
	});
	return [
		{text: `${glyph} `, tone: glyph === glyphs.changed ? 'changed' : tone},
		...sliceSpans(spans, left, Number.MAX_SAFE_INTEGER),
	];
}

function measureWords(words: readonly Word[] | undefined): number {
	return (words ?? []).reduce((width, {text}) => width + measureSpans(showText(text)), 0);
}

function measureHalf(width: number): number {
	return Math.floor((width - 1) / 2);
}
