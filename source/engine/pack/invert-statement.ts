import type {PlannedStatement} from '../../store/statements.ts';
import type {PackStatement} from './pack-format.ts';

const inverseKinds = {
	insert: 'delete',
	delete: 'insert',
	update: 'update',
	ddl: 'ddl',
	session: 'session',
} as const satisfies Record<PlannedStatement['kind'], PlannedStatement['kind']>;

/** Numbers of changes of structure that can't be taken back, by table. */
export type LostStatements = ReadonlyMap<string, readonly number[]>;

/** The statements that take one back, in their order; none for what did not run or can't be undone. */
export function invertStatement(
	statement: PlannedStatement,
	lost: LostStatements = new Map(),
): Omit<PackStatement, 'number'>[] {
	const {allowed, undo, kind, phase, table, number, summary, expects, row} = statement;
	if (!allowed || undo === null) return [];
	const unless = kind === 'ddl' ? (lost.get(table) ?? []) : [];
	return undo.map((sql, index) => ({
		sql,
		phase,
		kind: inverseKinds[kind],
		table,
		summary: `take back ${number}${undo.length > 1 ? ` (${index + 1} of ${undo.length})` : ''}: ${summary}`,
		expects: row ? expects : null,
		needs: null,
		allowed: unless.length === 0,
		...(unless.length > 0 && {unless}),
		hazards: [],
		row: row && {...row, before: row.after, after: row.before},
		reverts: number,
	}));
}
