import type {ReactElement} from 'react';
import {Box} from 'ink';
import {showText} from '../../../report/cell-text.ts';
import {joinSpans, measureSpans, sliceSpans, type Spans} from '../../../report/spans.ts';
import {measureText} from '../../../report/text-width.ts';
import type {AlignedRow, Word} from '../../components/align-texts.ts';
import {Line} from '../../components/line.tsx';
import {glyphs, useTheme, type Theme} from '../../theme.ts';

type StackedDefinitionsProps = {
	/** From `alignTexts`. */
	readonly rows: readonly AlignedRow[];
	readonly width: number;
	readonly height: number;
};

/** Columns of the row that stand in front of the first difference. */
const leadIn = 16;

/**
Two texts whose lines are too long to stand beside each other: prod's line above dev's, both
from shortly before the place where they begin to differ.
*/
export function StackedDefinitions({rows, width, height}: StackedDefinitionsProps): ReactElement {
	const {wordMarks} = useTheme();
	const lines = rows.flatMap((row) => stackRow(row, width, wordMarks));
	return (
		<Box flexDirection="column" height={height} flexShrink={0} overflowY="hidden">
			{lines.slice(0, height).map((spans, index) => (
				<Line key={index} spans={spans} width={width} />
			))}
		</Box>
	);
}

function stackRow({kind, left, right}: AlignedRow, width: number, marks: Theme['wordMarks']) {
	if (kind === 'same') return [showWords(' ', left, 0, marks)];
	const from = Math.max(findStart(left, width), findStart(right, width));
	return [
		...(left === undefined ? [] : [showWords(glyphs.removed, left, from, marks)]),
		...(right === undefined ? [] : [showWords(glyphs.added, right, from, marks)]),
	];
}

/** The first column to show; 0 where the first difference is in sight anyway. */
function findStart(words: readonly Word[] = [], width: number): number {
	let column = 0;
	for (const {text, isChanged} of words) {
		if (isChanged) return column < width - leadIn ? 0 : column - leadIn;
		column += measureSpans(showText(text));
	}
	return 0;
}

function showWords(
	glyph: string,
	words: readonly Word[] = [],
	from: number,
	{open, close}: Theme['wordMarks'],
): Spans {
	const tone = glyph === glyphs.removed ? 'removed' : glyph === glyphs.added ? 'added' : 'plain';
	const wordTone = glyph === glyphs.removed ? 'removedWord' : 'addedWord';
	const spans = words.flatMap(({text, isChanged}): Spans => {
		const shown = joinSpans(showText(text));
		return isChanged ? [{text: open + shown + close, tone: wordTone}] : [{text: shown, tone}];
	});
	const cut: Spans = from > 0 ? [{text: glyphs.ellipsis, tone: 'muted'}] : [];
	return [
		{text: `${glyph} `, tone},
		...cut,
		...sliceSpans(spans, from + measureText(joinSpans(cut)), Number.MAX_SAFE_INTEGER),
	];
}
