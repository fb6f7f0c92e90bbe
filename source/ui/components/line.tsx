import {createElement, type ReactElement, type ReactNode} from 'react';
import {Text} from 'ink';
import {useTheme} from '../theme.ts';
import {fitSpans, makeSpansSafe, type Spans} from '../../report/spans.ts';

type LineProps = {
	readonly spans: Spans;
	/** Columns that the row takes: longer text is shortened, shorter text filled up. */
	readonly width: number;
	/** Drawn inverse over its whole width. @default false */
	readonly isSelected?: boolean;
	/** @default 'left' */
	readonly align?: 'left' | 'right';
};

/**
One screen row of exactly `width` columns, safe whatever its text holds.

Draw everything that changes or comes from a database with it: Ink keeps the
measure of every text that it ever laid out, so a long scan or a long list drawn
with `Text` never gives its memory back. A row whose size is fixed is not measured.
*/
export function Line({spans, width, isSelected = false, align = 'left'}: LineProps): ReactElement {
	const {styles} = useTheme();
	const pieces = fitSpans(makeSpansSafe(spans), width, align).map(
		({text, tone = 'plain'}, index): ReactNode => {
			const {inverse, ...style} = styles[tone];
			// A marked word inside the selected row turns back, so it still stands out.
			const isInverse = isSelected !== (inverse ?? false);
			return (
				<Text key={index} {...style} inverse={isInverse}>
					{text}
				</Text>
			);
		},
	);
	// The public Text takes no size; this is the element that it draws.
	return createElement('ink-text', {style: {...rowStyle, width}}, ...pieces);
}

const rowStyle = {
	height: 1,
	flexGrow: 0,
	flexShrink: 0,
	flexDirection: 'row',
	textWrap: 'truncate',
} as const;
