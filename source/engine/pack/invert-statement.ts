import type {PlannedStatement} from '../../store/statements.ts';
import type {PackStatement} from './pack-format.ts';

const inverseKinds = {
	insert: 'delete',
	delete: 'insert',
	update: 'update',
	ddl: 'ddl',
	session: 'session',
} as const satisfies Record<PlannedStatement['kind'], PlannedStatement['kind']>;

/** The statements that take one back, in their order; none for what did not run or can't be undone. */
export function invertStatement(statement: PlannedStatement): Omit<PackStatement, 'number'>[] {
	const {allowed, undo, kind, phase, table, number, summary, expects, row} = statement;
	if (!allowed || undo === null) return [];
	return undo.map((sql, index) => ({
		sql,
		phase,
		kind: inverseKinds[kind],
		table,
		summary: `take back ${number}${undo.length > 1 ? ` (${index + 1} of ${undo.length})` : ''}: ${summary}`,
		expects: row ? expects : null,
		needs: null,
		allowed: true,
		hazards: [],
		row: row && {...row, before: row.after, after: row.before},
		reverts: number,
	}));
}
