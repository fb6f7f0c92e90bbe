import type {ReactElement} from 'react';
import {Box} from 'ink';
import type {Spans} from '../../../report/spans.ts';
import type {SchemaChoice} from '../../../store/schema-choices.ts';
import {plural} from '../../../report/number-text.ts';
import type {AlignedRow} from '../../components/align-texts.ts';
import {Line} from '../../components/line.tsx';
import {initialScrollState} from '../../components/scroll-state.ts';
import {measureSideBySide, SideBySide} from '../../components/side-by-side.tsx';
import {glyphs} from '../../theme.ts';
import {StackedDefinitions} from './stacked-definitions.tsx';
import type {SqlText} from './sql-text.ts';
import {listWarnings, showHeadline, type IsAllowed} from './structure-rows.ts';

type ChangePreviewProps = {
	readonly choice: SchemaChoice;
	readonly aligned: readonly AlignedRow[];
	readonly sql: SqlText;
	readonly isAllowed: IsAllowed;
	readonly width: number;
	readonly height: number;
};

const stackedTitle: Spans = [
	{text: `  ${glyphs.removed} `, tone: 'removed'},
	{text: 'prod now', tone: 'strong'},
	{text: `  ${glyphs.added} `, tone: 'added'},
	{text: 'dev', tone: 'strong'},
];

/** Rows beside the definitions and the SQL: headline, titles, warning. */
const otherRows = 3;

/** The change under the cursor at a glance: definitions, the first lines of SQL, one warning. */
export function ChangePreview({
	choice,
	aligned,
	sql,
	isAllowed,
	width,
	height,
}: ChangePreviewProps): ReactElement {
	const room = Math.max(2, height - otherRows);
	const sqlRows = Math.min(sql.source.count, Math.max(2, Math.floor(room / 2)));
	const definitionRows = Math.max(1, room - sqlRows);
	const bounds = measureSideBySide(aligned, width, definitionRows + 1);
	const hidden = sql.source.count - sqlRows;
	const [warning] = listWarnings(choice, isAllowed);
	return (
		<Box flexDirection="column" width={width} height={height} flexShrink={0} overflow="hidden">
			<Line spans={showHeadline(choice)} width={width} />
			{bounds.widest > bounds.width ? (
				<>
					<Line spans={stackedTitle} width={width} />
					<StackedDefinitions rows={aligned} width={width} height={definitionRows} />
				</>
			) : (
				<SideBySide
					rows={aligned}
					state={initialScrollState}
					bounds={bounds}
					leftTitle="prod now"
					rightTitle="dev"
				/>
			)}
			{Array.from({length: sqlRows}, (_, index) => (
				<Line
					key={index}
					spans={[
						...sql.renderLine(sql.source.line(index), index),
						...(index === sqlRows - 1 && hidden > 0
							? [
									{
										text: `  … ${plural(hidden, 'more line')}: enter, then s`,
										tone: 'muted' as const,
									},
								]
							: []),
					]}
					width={width}
				/>
			))}
			<Line spans={warning ? [warning] : []} width={width} />
		</Box>
	);
}
