import type {ReactElement} from 'react';
import {Box} from 'ink';
import {absentCell} from '../../../model/cell.ts';
import type {Layout} from '../../../model/layout.ts';
import {showCell} from '../../../report/cell-text.ts';
import {plural} from '../../../report/number-text.ts';
import {describeKey} from '../../../engine/plan/describe-row.ts';
import {
	fitSpans,
	makeSpansSafe,
	measureSpans,
	spreadSpans,
	type Spans,
} from '../../../report/spans.ts';
import type {DecidedRow} from '../../../store/row-changes.ts';
import type {ListedRow} from '../../../store/listed-row.ts';
import {Line} from '../../components/line.tsx';
import {glyphs, rowStateMarks, type Tone} from '../../theme.ts';
import {listCellLines, selectCellLines, type CellLine} from './cell-lines.ts';
import {showDecision} from './decision-text.ts';
import {explainRow} from './explain-row.ts';
import {showPair} from './show-pair.ts';

type RowPreviewProps = {
	readonly listed: ListedRow | undefined;
	readonly layout: Layout | undefined;
	readonly hasBase: boolean;
	readonly width: number;
	/** Rows that it takes, exactly. */
	readonly height: number;
};

/** The row under the cursor at a glance: what is known of it, and its first cells. */
export function RowPreview({
	listed,
	layout,
	hasBase,
	width,
	height,
}: RowPreviewProps): ReactElement {
	const lines = listed && layout ? listPreviewLines(listed, layout, {hasBase, width, height}) : [];
	return (
		<Box flexDirection="column" width={width} height={height} flexShrink={0}>
			{Array.from({length: height}, (_, index) => (
				<Line key={index} spans={lines[index] ?? []} width={width} />
			))}
		</Box>
	);
}

/** `artist: ArtistId 3  conflict` at the left, what was decided at the right. */
export function showHeadline(listed: ListedRow, layout: Layout, width: number): Spans {
	const {glyph, tone} = rowStateMarks[listed.state];
	const columns = layout.key.columns;
	const name =
		layout.key.kind === 'rows' ? 'a row without a key' : describeKey(columns, listed.key);
	const copies = listed.copies > 1 ? ` × ${listed.copies}` : '';
	return spreadSpans(
		[
			{text: `${glyph} `, tone},
			{text: listed.table, tone: 'strong'},
			{text: ` ${name}${copies}`},
			{text: `  ${listed.state}`, tone: 'muted'},
		],
		[{text: ' '}, ...showDecision(listed)],
		width,
	);
}

function listPreviewLines(
	listed: ListedRow,
	layout: Layout,
	{hasBase, width, height}: Pick<RowPreviewProps, 'hasBase' | 'width' | 'height'>,
): readonly Spans[] {
	const headline = showHeadline(listed, layout, width);
	const {row} = listed;
	if (!row) return [headline, [{text: 'A large row: enter shows it.', tone: 'muted'}]];
	const explanation: Spans = [{text: explainRow(row, layout, hasBase), tone: 'muted'}];
	const {shown} = selectCellLines(listCellLines(row, layout), false);
	const room = Math.max(0, height - 2);
	const isCut = shown.length > room;
	const listedLines = shown.slice(0, isCut ? room - 1 : room);
	const nameWidth = Math.min(
		24,
		Math.max(0, ...listedLines.map(({name}) => measureSpans(makeSpansSafe([{text: name}])))),
	);
	const more: Spans = [
		{text: `  … ${plural(shown.length - listedLines.length, 'more column')}: enter`, tone: 'muted'},
	];
	return [
		headline,
		explanation,
		...listedLines.map((line) => showPreviewCell(line, row, nameWidth, width)),
		...(isCut ? [more] : []),
	];
}

function showPreviewCell(
	line: CellLine,
	{prod, dev}: DecidedRow,
	nameWidth: number,
	width: number,
): Spans {
	const name: Spans = [
		{text: '  '},
		...fitSpans(makeSpansSafe([{text: line.name, tone: 'muted'}]), nameWidth),
		{text: '  '},
	];
	const room = width - nameWidth - 4;
	if (!prod || !dev) {
		const [cell, tone]: [CellLine['prod'], Tone] = prod
			? [line.prod, 'removed']
			: [line.dev, 'added'];
		return [...name, ...paint(cell ? showCell(cell, room) : [], tone)];
	}
	const half = Math.floor((room - 3) / 2);
	const [before, after] = showPair(line.prod ?? absentCell, line.dev ?? absentCell, half);
	return [
		...name,
		...fitSpans(paint(before, 'removed'), half),
		{text: ` ${glyphs.arrow} `, tone: 'muted'},
		...paint(after, 'added'),
	];
}

function paint(spans: Spans, tone: Tone): Spans {
	return spans.map((span) => ({tone, ...span}));
}
