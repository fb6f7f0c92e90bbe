import type {Statement} from '../../../model/plan.ts';
import type {LineSource} from '../../../report/cell-text.ts';
import type {Spans} from '../../../report/spans.ts';
import {indentText} from '../../components/indent-text.ts';
import {highlightSql, type SqlState} from '../../components/highlight-sql.ts';
import type {Problem} from '../screen-props.ts';

/** SQL as lines, each with its colours. */
export type SqlText = {
	readonly source: LineSource;
	readonly renderLine: (text: string, line: number) => Spans;
};

/** The statements that a change leads to, as they would be written; or why there are none. */
export function writeSql(preview: readonly Statement[] | Problem): SqlText {
	const lines = 'message' in preview ? commentOut(preview) : preview.flatMap(listStatement);
	if (lines.length === 0) lines.push('-- Nothing has to run for this.');
	const starts: SqlState[] = [];
	let state: SqlState = 'code';
	for (const line of lines) {
		starts.push(state);
		state = highlightSql(line, state).end;
	}
	return {
		source: {count: lines.length, line: (index) => lines[index] ?? ''},
		renderLine: (text, line) => highlightSql(text, starts[line]).spans,
	};
}

function listStatement({sql, undo}: Statement, index: number): string[] {
	const lines = indentText(`${sql};`).split('\n');
	const note = undo === null ? ['-- can not be undone:'] : [];
	return [...(index === 0 ? [] : ['']), ...note, ...lines];
}

function commentOut({message, hint}: Problem): string[] {
	return [message, hint].filter((text) => text !== '').map((text) => `-- ${text}`);
}
