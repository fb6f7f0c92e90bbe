import type {ReactElement} from 'react';
import {highlightSql, type SqlState} from './highlight-sql.ts';
import {Line} from './line.tsx';
import {sliceSpans} from '../../report/spans.ts';

type SqlLineProps = {
	readonly text: string;
	readonly width: number;
	/** First column shown. @default 0 */
	readonly left?: number;
	/** What the line before it ended in. @default 'code' */
	readonly start?: SqlState;
	readonly isSelected?: boolean;
};

/** One line of SQL on one screen row. */
export function SqlLine({
	text,
	width,
	left = 0,
	start = 'code',
	isSelected = false,
}: SqlLineProps): ReactElement {
	const {spans} = highlightSql(text, start);
	const shown = left === 0 ? spans : sliceSpans(spans, left, Number.MAX_SAFE_INTEGER);
	return <Line spans={shown} width={width} isSelected={isSelected} />;
}
