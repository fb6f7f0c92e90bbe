import type {ReactElement} from 'react';
import {Box} from 'ink';
import {Line} from '../../components/line.tsx';
import {findMatches} from '../../components/text-search.ts';
import {glyphs, useTheme, type Theme} from '../../theme.ts';
import {formatCount} from '../../../report/number-text.ts';
import {
	joinSpans,
	makeSpansSafe,
	markColumns,
	sliceSpans,
	spreadSpans,
	type Spans,
} from '../../../report/spans.ts';
import {measureText} from '../../../report/text-width.ts';
import {fitCursor, isSamePlace, listShown, type PlanPlace} from './plan-cursor.ts';
import type {PlanDocument} from './plan-document.ts';
import {nameSection} from './plan-lines.ts';
import {shapeOf, type PlanScreenState} from './plan-state.ts';

type PlanSqlProps = {
	readonly state: PlanScreenState;
	readonly document: PlanDocument;
	readonly width: number;
	/** Lines; one more row below them says where the cursor stands. */
	readonly height: number;
};

/** Columns at the left of each line: the pointer and a blank. */
const gutter = 2;

/** The plan's text around its cursor. */
export function PlanSql({state, document, width, height}: PlanSqlProps): ReactElement {
	const {wordMarks} = useTheme();
	const shape = shapeOf({document, height});
	const cursor = fitCursor(state.cursor, shape);
	return (
		<Box flexDirection="column" width={width} flexShrink={0}>
			<Box flexDirection="column" height={height} flexShrink={0} overflow="hidden">
				{listShown(cursor, shape).map((place, row) => {
					const isSelected = isSamePlace(place, cursor);
					const spans = showLine(document, place, {
						width: width - gutter,
						left: cursor.left,
						query: state.query,
						marks: wordMarks,
					});
					const pointer = isSelected ? `${glyphs.pointer} ` : '  ';
					return (
						<Line
							// By row, not by line: scrolling then changes texts instead of building rows anew.
							key={row}
							spans={[{text: pointer, tone: 'accent'}, ...spans]}
							width={width}
						/>
					);
				})}
				{document.count === 0 && (
					<Line
						spans={[{text: 'Nothing to do: no statement would change anything.', tone: 'muted'}]}
						width={width}
					/>
				)}
			</Box>
			<Line
				spans={spreadSpans(
					describeMatch(state) ?? describePlace(document, cursor),
					[
						{
							text: ` ${formatCount(document.count === 0 ? 0 : cursor.statement)}/${formatCount(document.count)}`,
							tone: 'muted',
						},
					],
					width,
				)}
				width={width}
			/>
		</Box>
	);
}

type LineView = {
	readonly width: number;
	readonly left: number;
	readonly query: string;
	readonly marks: Theme['wordMarks'];
};

function showLine(
	document: PlanDocument,
	{statement, line}: PlanPlace,
	{width, left, query, marks}: LineView,
): Spans {
	const block = document.block(statement);
	if (block === undefined) return [];
	const shown = block.show(line, left + width);
	const spans = markMatches(makeSpansSafe(shown.left), query, marks);
	if (shown.right !== undefined) return spreadSpans(spans, shown.right, width);
	return left > 0 && block.isSql(line) ? sliceSpans(spans, left, Number.MAX_SAFE_INTEGER) : spans;
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

function describeMatch({match, query}: PlanScreenState): Spans | undefined {
	switch (match.kind) {
		case 'none':
		case 'found':
			return undefined;
		case 'missing':
			return [{text: `Not found: ${query}`, tone: 'warning'}];
		case 'stopped': {
			const key = match.step === 1 ? 'n' : 'N';
			const text = `Not found up to statement ${formatCount(match.next)}; ${key} looks on: ${query}`;
			return [{text, tone: 'warning'}];
		}
		default:
			return match satisfies never;
	}
}

/** `album · updates  45 of 150`. */
function describePlace(document: PlanDocument, {statement: number}: PlanPlace): Spans {
	const statement = document.statement(number);
	if (statement === undefined) return [];
	const {first, last} = document.section(number);
	return [
		{text: nameSection(statement), tone: 'accent'},
		{
			text: `  ${formatCount(number - first + 1)} of ${formatCount(last - first + 1)}`,
			tone: 'muted',
		},
	];
}
