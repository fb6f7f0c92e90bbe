import type {ReactElement} from 'react';
import {Box} from 'ink';
import type {Layout} from '../../../model/layout.ts';
import {showCell} from '../../../report/cell-text.ts';
import {plural} from '../../../report/number-text.ts';
import type {Spans} from '../../../report/spans.ts';
import type {DecidedRow} from '../../../store/row-changes.ts';
import {Line} from '../../components/line.tsx';
import type {ListState} from '../../components/list-state.ts';
import {listGutter, VirtualList} from '../../components/virtual-list.tsx';
import {wrapText} from '../../components/wrap-text.ts';
import {
	explainRole,
	measureCellColumns,
	showCellLine,
	showCellTitles,
	showTitled,
	showWholeValue,
	titleWidth,
} from './cell-line.ts';
import type {CellLine} from './cell-lines.ts';
import {explainRow} from './explain-row.ts';
import {showHeadline} from './row-preview.tsx';
import {showPair} from './show-pair.ts';

type RowCellsProps = {
	readonly row: DecidedRow;
	readonly layout: Layout;
	readonly hasBase: boolean;
	readonly lines: readonly CellLine[];
	/** Unchanged columns that are not among the lines. */
	readonly hidden: number;
	readonly cells: ListState;
	readonly width: number;
	readonly height: number;
};

/** Headline, titles, position. */
const otherRows = 3;
const explanationRows = 2;

/** Rows for the list of cells. */
export function layOutCells(height: number, hasBase: boolean): number {
	const panel = hasBase ? 5 : 4;
	return Math.max(1, height - otherRows - explanationRows - panel);
}

/** A row's cells side by side, and the one under the cursor below on the whole width. */
export function RowCells({
	row,
	layout,
	hasBase,
	lines,
	hidden,
	cells,
	width,
	height,
}: RowCellsProps): ReactElement {
	const listHeight = layOutCells(height, hasBase);
	const columns = measureCellColumns(width - listGutter, lines, hasBase);
	const explanation = wrapText(explainRow(row, layout, hasBase), width).slice(0, explanationRows);
	const listed = {...row, decision: row.resolution, row, size: 0};
	return (
		<Box flexDirection="column" width={width} height={height} flexShrink={0}>
			<Line spans={showHeadline(listed, layout, width)} width={width} />
			{Array.from({length: explanationRows}, (_, index) => (
				<Line key={index} spans={[{text: explanation[index] ?? '', tone: 'muted'}]} width={width} />
			))}
			<Line spans={[{text: ' '.repeat(listGutter)}, ...showCellTitles(columns)]} width={width} />
			<VirtualList
				state={cells}
				bounds={{count: lines.length, height: listHeight}}
				width={width}
				status={describeHidden(hidden, layout)}
				renderRow={(index, view) => {
					const line = lines[index];
					return (
						line && (
							<Line
								spans={showCellLine(line, columns)}
								width={view.width}
								isSelected={view.isSelected}
							/>
						)
					);
				}}
			/>
			<CellPanel line={lines[cells.cursor]} hasBase={hasBase} width={width} />
		</Box>
	);
}

type CellPanelProps = {
	readonly line: CellLine | undefined;
	readonly hasBase: boolean;
	readonly width: number;
};

function CellPanel({line, hasBase, width}: CellPanelProps): ReactElement | null {
	if (!line) return null;
	const role = explainRole(line);
	const room = width - titleWidth;
	const [ours, theirs] =
		line.prod && line.dev
			? showPair(line.prod, line.dev, room)
			: [line.prod, line.dev].map((cell) => cell && showCell(cell, room));
	const rows: readonly Spans[] = [
		[
			{text: line.name, tone: 'strong'},
			{text: line.isKey ? '  part of the key' : '', tone: 'muted'},
			{text: role === '' ? '' : `  ${role}`, tone: 'muted'},
		],
		showTitled('prod', ours),
		showTitled('dev', theirs),
		...(hasBase ? [showWholeValue('base', line.base, width)] : []),
		line.takes === 'open'
			? showTitled('result', [{text: 'open', tone: 'conflict'}])
			: showWholeValue('result', line.result, width),
	];
	return (
		<>
			{rows.map((spans, index) => (
				<Line key={index} spans={spans} width={width} />
			))}
		</>
	);
}

/** Nothing is left out in silence: what is hidden, and what is not compared at all. */
function describeHidden(hidden: number, {leftOut}: Layout): Spans {
	const parts = [
		...(hidden > 0 ? [`${plural(hidden, 'unchanged column')} hidden`] : []),
		...(leftOut.length > 0
			? [`not compared: ${leftOut.map(({column, reason}) => `${column} (${reason})`).join(', ')}`]
			: []),
	];
	return [{text: parts.join(' · '), tone: 'muted'}];
}
