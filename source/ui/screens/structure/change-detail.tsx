import type {ReactElement} from 'react';
import {Box} from 'ink';
import type {SchemaChoice} from '../../../store/schema-choices.ts';
import type {AlignedRow} from '../../components/align-texts.ts';
import {Line} from '../../components/line.tsx';
import type {ScrollBounds} from '../../components/scroll-state.ts';
import type {TextView} from '../../components/scroll-text-state.ts';
import {ScrollText} from '../../components/scroll-text.tsx';
import {measureSideBySide, SideBySide} from '../../components/side-by-side.tsx';
import {wrapText} from '../../components/wrap-text.ts';
import {glyphs} from '../../theme.ts';
import type {SqlText} from './sql-text.ts';
import {listWarnings, showGate, showHeadline, type IsAllowed} from './structure-rows.ts';
import type {StructureDetail} from './structure-state.ts';
import type {Spans} from '../../../report/spans.ts';

/** One change with everything that there is to know of it. */
export type DetailContent = {
	readonly choice: SchemaChoice;
	readonly aligned: readonly AlignedRow[];
	readonly sql: SqlText;
	readonly isAllowed: IsAllowed;
};

type ChangeDetailProps = {
	readonly detail: StructureDetail;
	readonly content: DetailContent;
	readonly width: number;
	readonly height: number;
};

/** Where things stand: what is above and below the part that scrolls. */
export function layOutDetail(
	content: DetailContent,
	width: number,
	height: number,
): {readonly warnings: readonly Spans[]; readonly bounds: ScrollBounds; readonly view: TextView} {
	const all = listWarnings(content.choice, content.isAllowed).flatMap(({text, tone = 'plain'}) =>
		wrapText(text, width).map((row): Spans => [{text: row, tone}]),
	);
	const warnings = all.slice(0, Math.max(1, height - 10));
	const rest = height - 3 - warnings.length;
	return {
		warnings,
		bounds: measureSideBySide(content.aligned, width, rest),
		view: {source: content.sql.source, width, height: rest - 1},
	};
}

export function ChangeDetail({detail, content, width, height}: ChangeDetailProps): ReactElement {
	const {choice, aligned, sql, isAllowed} = content;
	const {warnings, bounds, view} = layOutDetail(content, width, height);
	const tick: Spans = choice.chosen
		? [{text: `${glyphs.ticked} ticked: prod gets dev’s`, tone: 'good'}]
		: [{text: `${glyphs.unticked} left out: prod stays as it is`, tone: 'muted'}];
	return (
		<Box flexDirection="column" width={width} height={height} flexShrink={0} overflow="hidden">
			<Line spans={showHeadline(choice)} width={width} />
			<Line spans={[...tick, {text: ' '}, ...showGate(choice, isAllowed)]} width={width} />
			{warnings.map((spans, index) => (
				<Line key={index} spans={spans} width={width} />
			))}
			<Line spans={[]} width={width} />
			{detail.view === 'sql' ? (
				<ScrollText state={detail.text} view={view} renderLine={sql.renderLine} />
			) : (
				<SideBySide
					rows={aligned}
					state={detail.scroll}
					bounds={bounds}
					leftTitle="prod now"
					rightTitle="dev"
				/>
			)}
		</Box>
	);
}
