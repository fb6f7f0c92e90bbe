import {fitSpans, makeSpansSafe, measureSpans, type Spans} from './spans.ts';

export type TableColumn = {
	readonly title: string;
	/** @default 'left' */
	readonly align?: 'left' | 'right';
};

const gap = {text: '  '};

/** Lays rows of cells out under their titles, aligned by the width they take on a screen. */
export function layOutTable(
	columns: readonly TableColumn[],
	rows: readonly (readonly Spans[])[],
): Spans[] {
	const safeRows = rows.map((cells) => cells.map(makeSpansSafe));
	const titles = columns.map(({title}): Spans => [{text: title, tone: 'muted'}]);
	const widths = columns.map((_, index) =>
		Math.max(...[titles, ...safeRows].map((cells) => measureSpans(cells[index] ?? []))),
	);
	return [titles, ...safeRows].map((cells) =>
		columns.flatMap(({align = 'left'}, index) => [
			gap,
			...fitSpans(cells[index] ?? [], widths[index] ?? 0, align),
		]),
	);
}
