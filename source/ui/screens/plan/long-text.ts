import type {LineSource} from '../../../report/cell-text.ts';
import {listTextLines} from '../../../report/cell-text.ts';
import type {Spans} from '../../../report/spans.ts';
import {joinSpans} from '../../../report/spans.ts';
import {highlightSql, type SqlState} from '../../components/highlight-sql.ts';
import {wrapSpans} from './wrap-spans.ts';

/** Lines with their colours: what `ScrollText` needs. */
export type LongText = {
	readonly source: LineSource;
	readonly renderLine: (text: string, line: number) => Spans;
};

/** Joins texts one below the other. */
export function joinTexts(parts: readonly LongText[]): LongText {
	const starts: number[] = [];
	let count = 0;
	for (const {source} of parts) {
		starts.push(count);
		count += source.count;
	}
	const find = (line: number): {part: LongText; line: number} | undefined => {
		const index = starts.findLastIndex((start) => start <= line);
		const part = parts[index];
		return part === undefined ? undefined : {part, line: line - (starts[index] ?? 0)};
	};
	return {
		source: {
			count,
			line(line) {
				const found = find(line);
				return found === undefined ? '' : found.part.source.line(found.line);
			},
		},
		renderLine(text, line) {
			const found = find(line);
			return found === undefined ? [] : found.part.renderLine(text, found.line);
		},
	};
}

/** Prose, broken between words. */
export function writeProse(lines: readonly Spans[], width: number, indent = 0): LongText {
	const rows = lines.flatMap((spans) => wrapSpans(spans, width, indent));
	return {
		source: {count: rows.length, line: (line) => joinSpans(rows[line] ?? [])},
		renderLine: (_text, line) => rows[line] ?? [],
	};
}

/**
SQL, whole, broken where a line is wider than the room.

@param isCommented It will not run.
*/
export function writeSql(sql: string, width: number, isCommented = false): LongText {
	const prefix = isCommented ? '-- ' : '';
	const lines = listTextLines(sql.replaceAll(/\r\n|\r/g, '\n'), width - prefix.length);
	const read = (line: number) => lines.line(line).replace(/\n$/, '');
	const states: SqlState[] = ['code'];
	const findStart = (line: number): SqlState => {
		for (let next = states.length; next <= line; next++) {
			states.push(highlightSql(read(next - 1), states[next - 1]).end);
		}
		return states[line] ?? 'code';
	};
	return {
		source: {count: lines.count, line: (line) => prefix + read(line)},
		renderLine: (text, line) =>
			isCommented ? [{text, tone: 'comment'}] : highlightSql(text, findStart(line)).spans,
	};
}
