import type {ReactElement} from 'react';
import {glyphs} from '../theme.ts';
import {Line} from './line.tsx';
import {clampFraction, formatCount, formatPercent} from '../../report/number-text.ts';
import {fitSpans, makeSpansSafe, type Spans} from '../../report/spans.ts';

type ProgressBarProps = {
	readonly done: number;
	/** Unknown while it is still being counted: then what is done is told instead. */
	readonly total: number | undefined;
	readonly width: number;
	/** Stands in front of the bar, on `labelWidth` columns. */
	readonly label?: Spans;
	/** @default 0 */
	readonly labelWidth?: number;
	/** Stands behind the percentage, on `detailWidth` columns. */
	readonly detail?: Spans;
	/** @default 0 */
	readonly detailWidth?: number;
	readonly isSelected?: boolean;
};

/** Columns of ` 100 %`. */
const percentWidth = 6;

/** One row: a label, a bar, the percentage, a detail. */
export function ProgressBar({
	done,
	total,
	width,
	label = [],
	labelWidth = 0,
	detail = [],
	detailWidth = 0,
	isSelected = false,
}: ProgressBarProps): ReactElement {
	const barWidth = Math.max(0, width - labelWidth - detailWidth - percentWidth);
	const fraction = total === undefined ? undefined : measureFraction(done, total);
	const bar: Spans =
		fraction === undefined
			? fitSpans([{text: formatCount(done), tone: 'muted'}], barWidth + percentWidth, 'right')
			: [...drawBar(fraction, barWidth), {text: formatPercent(fraction).padStart(percentWidth)}];
	return (
		<Line
			spans={[
				...fitSpans(makeSpansSafe(label), labelWidth),
				...bar,
				...fitSpans(makeSpansSafe(detail), detailWidth),
			]}
			width={width}
			isSelected={isSelected}
		/>
	);
}

/** Nothing to do is done. */
export function measureFraction(done: number, total: number): number {
	return total <= 0 ? 1 : clampFraction(done / total);
}

/** The bar alone, exactly `width` columns; full only when all is done. */
export function drawBar(fraction: number, width: number): Spans {
	const filled = Math.floor(clampFraction(fraction) * width);
	return [
		{text: glyphs.barDone.repeat(filled), tone: 'accent'},
		{text: glyphs.barLeft.repeat(width - filled), tone: 'muted'},
	];
}
