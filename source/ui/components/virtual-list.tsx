import type {ReactElement, ReactNode} from 'react';
import {Box} from 'ink';
import {glyphs} from '../theme.ts';
import {Line} from './line.tsx';
import {fitList, findMarkedRange, type ListBounds, type ListState} from './list-state.ts';
import {formatCount} from '../../report/number-text.ts';
import {spreadSpans, type Spans} from '../../report/spans.ts';

export type RowView = {
	/** The row under the cursor of a list that has the keys. */
	readonly isSelected: boolean;
	readonly isMarked: boolean;
	/** Columns that the row may take. */
	readonly width: number;
};

type VirtualListProps = {
	readonly state: ListState;
	/** `height` rows are drawn, and one more below them for the position. */
	readonly bounds: ListBounds;
	readonly width: number;
	/** Draws one row, one screen row high; called for the rows in sight only. */
	readonly renderRow: (index: number, view: RowView) => ReactNode;
	/** Said when there are no rows. @default 'Nothing here.' */
	readonly emptyText?: string;
	/** Whether the keys go to this list; another one shows no cursor. @default true */
	readonly isFocused?: boolean;
	/** Stands at the left of the row below the list. */
	readonly status?: Spans;
};

/** Columns at the left of each row: the pointer and the mark. */
export const listGutter = 2;

/** A list of any length: only what is in sight is asked for and drawn. */
export function VirtualList({
	state,
	bounds,
	width,
	renderRow,
	emptyText = 'Nothing here.',
	isFocused = true,
	status = [],
}: VirtualListProps): ReactElement {
	const fitted = fitList(state, bounds);
	const range = findMarkedRange(fitted);
	const shown = Math.min(bounds.height, bounds.count - fitted.offset);
	const rows: ReactNode[] = [];
	for (let index = fitted.offset; index < fitted.offset + shown; index++) {
		const isSelected = isFocused && index === fitted.cursor;
		const isMarked = range !== undefined && index >= range.from && index <= range.to;
		const pointer = isSelected ? glyphs.pointer : ' ';
		const mark = isMarked ? glyphs.marked : ' ';
		rows.push(
			// By place, not by row: scrolling then changes texts instead of building rows anew.
			<Box key={index - fitted.offset} height={1} flexShrink={0}>
				<Line spans={[{text: pointer + mark, tone: 'accent'}]} width={listGutter} />
				{renderRow(index, {isSelected, isMarked, width: width - listGutter})}
			</Box>,
		);
	}
	if (bounds.count === 0) {
		rows.push(<Line key="empty" spans={[{text: emptyText, tone: 'muted'}]} width={width} />);
	}
	return (
		<Box flexDirection="column" width={width} flexShrink={0}>
			<Box flexDirection="column" height={bounds.height} flexShrink={0} overflowY="hidden">
				{rows}
			</Box>
			<ListPosition state={fitted} count={bounds.count} width={width} status={status} />
		</Box>
	);
}

type ListPositionProps = {
	readonly state: ListState;
	readonly count: number;
	readonly width: number;
	readonly status: Spans;
};

/** `3 marked  12/100,000` at the right of one row. */
function ListPosition({state, count, width, status}: ListPositionProps): ReactElement {
	const range = findMarkedRange(state);
	const marked = range === undefined ? '' : `${formatCount(range.to - range.from + 1)} marked  `;
	const place = count === 0 ? '0/0' : `${formatCount(state.cursor + 1)}/${formatCount(count)}`;
	return (
		<Line
			spans={spreadSpans(status, [{text: ` ${marked}${place}`, tone: 'muted'}], width)}
			width={width}
		/>
	);
}
