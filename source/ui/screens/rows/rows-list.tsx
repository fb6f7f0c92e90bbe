import type {ReactElement} from 'react';
import {Box} from 'ink';
import type {Spans} from '../../../report/spans.ts';
import {Line} from '../../components/line.tsx';
import type {ListState} from '../../components/list-state.ts';
import {listGutter, VirtualList} from '../../components/virtual-list.tsx';
import {measureRowColumns, showRowLine, showRowTitles} from './row-line.ts';
import {RowPreview} from './row-preview.tsx';
import type {RowWindow} from './row-window.ts';
import type {RowsDesk} from './rows-desk.ts';

type RowsListProps = {
	readonly desk: RowsDesk;
	readonly window: RowWindow;
	readonly list: ListState;
	/** One row above the list. */
	readonly title: Spans;
	/** At the left of the row below the list. */
	readonly status: Spans;
	readonly emptyText: string;
	/** Whether rows of several tables stand in it. */
	readonly hasTables: boolean;
	readonly width: number;
	readonly height: number;
};

/** Beside the list itself: title, column titles, position. */
const otherRows = 3;

/** How much of the height is the preview and how much the list. */
export function layOutRows(height: number): {readonly list: number; readonly preview: number} {
	const preview = height < 12 ? 0 : Math.min(12, Math.floor(height / 3));
	return {preview, list: Math.max(1, height - otherRows - preview)};
}

/** Rows that differ, one a line, and the one under the cursor below in more detail. */
export function RowsList({
	desk,
	window,
	list,
	title,
	status,
	emptyText,
	hasTables,
	width,
	height,
}: RowsListProps): ReactElement {
	const layout = layOutRows(height);
	const columns = measureRowColumns(width - listGutter, hasTables);
	const current = window.row(list.cursor);
	return (
		<Box flexDirection="column" width={width} height={height} flexShrink={0}>
			<Line spans={title} width={width} />
			<Line spans={[{text: ' '.repeat(listGutter)}, ...showRowTitles(columns)]} width={width} />
			<VirtualList
				state={list}
				bounds={{count: window.count, height: layout.list}}
				width={width}
				status={status}
				emptyText={emptyText}
				renderRow={(index, view) => {
					const listed = window.row(index);
					return (
						listed && (
							<Line
								spans={showRowLine(listed, desk.layoutOf(listed.table), columns)}
								width={view.width}
								isSelected={view.isSelected}
							/>
						)
					);
				}}
			/>
			{layout.preview > 0 && (
				<RowPreview
					listed={current}
					layout={current && desk.layoutOf(current.table)}
					hasBase={desk.hasBase}
					width={width}
					height={layout.preview}
				/>
			)}
		</Box>
	);
}
