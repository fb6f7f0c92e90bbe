import type {Dialect} from '../../dialects/dialect.ts';
import type {NewStatement} from '../../store/statements.ts';
import {showControls} from './describe-row.ts';
import type {TableSurvey} from './survey-rows.ts';

/** What keeps the server from giving out values that inserted rows have; an undo leaves it so. */
export function* advanceIdentities(
	dialect: Dialect,
	{target, counts}: TableSurvey,
): Generator<NewStatement> {
	if (counts.insert === 0) return;
	const {table, layout, columns} = target;
	for (const column of table.columns.filter(({identity}) => identity)) {
		const isWritten = columns.some(
			({name, role, isWritable}) => name === column.name && isWritable && role !== 'prod-only',
		);
		const sql = isWritten ? dialect.advanceIdentity(table, column) : null;
		if (sql === null) continue;
		yield {
			phase: 'rows',
			kind: 'session',
			table: layout.table,
			summary: `advance the values given out in ${showControls(`${layout.table}.${column.name}`)}`,
			sql,
			undo: [],
			expects: null,
			needs: null,
			allowed: true,
			hazards: [],
			row: null,
		};
	}
}
