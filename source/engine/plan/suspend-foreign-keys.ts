import type {Dialect, SuspendedKey} from '../../dialects/dialect.ts';
import type {NewStatement} from '../../store/statements.ts';
import {showControls} from './describe-row.ts';
import type {WriteStep} from './order-writes.ts';
import type {RowKind} from './row-hazards.ts';
import type {TableSurvey} from './survey-rows.ts';

/**
Foreign keys that no order of the steps satisfies from row to row: tables that refer to one another
in a circle, and rows of one table that do. Only keys that prod has and keeps can be in the way.
*/
export function findKeysInTheWay(
	steps: readonly WriteStep[],
	foldName: (name: string) => string,
): SuspendedKey[] {
	const place = (kind: RowKind, {target}: TableSurvey) =>
		steps.findIndex(({kind: own, survey}) => own === kind && survey.target === target);
	const surveys = [...new Set(steps.map(({survey}) => survey))];
	return surveys.flatMap((child) => {
		const {table, tableBefore} = child.target;
		const before = new Set(tableBefore?.foreignKeys.map(({name}) => name));
		return table.foreignKeys.flatMap((key): SuspendedKey[] => {
			if (key.name === null || !before.has(key.name)) return [];
			const parent = surveys.find(
				({target}) => foldName(target.table.name) === foldName(key.referencedTable),
			);
			if (!parent) return [];
			const isLate = (first: RowKind, of: TableSurvey, then: RowKind, other: TableSurvey) =>
				of.counts[first] > 0 && other.counts[then] > 0 && place(first, of) > place(then, other);
			const isInTheWay =
				parent === child
					? child.isCircular || isLate('insert', child, 'update', child)
					: isLate('insert', parent, 'insert', child) ||
						isLate('insert', parent, 'update', child) ||
						isLate('delete', child, 'delete', parent) ||
						isLate('update', child, 'delete', parent);
			return isInTheWay ? [{table: table.name, key}] : [];
		});
	});
}

/** What stands around the rows so that these keys are checked only after them. */
export function suspendForeignKeys(
	dialect: Dialect,
	keys: readonly SuspendedKey[],
): {before: NewStatement[]; after: NewStatement[]} {
	const [before, after]: [NewStatement[], NewStatement[]] = [[], []];
	for (const suspended of keys) {
		const {suspend, resume} = dialect.suspendForeignKey(suspended);
		const name = showControls(`${suspended.table}.${suspended.key.name ?? ''}`);
		const make = (summary: string, sql: string, undo: readonly string[]): NewStatement => ({
			phase: 'rows',
			kind: 'session',
			table: suspended.table,
			summary,
			sql,
			undo,
			expects: null,
			needs: null,
			allowed: true,
			hazards: [],
			row: null,
		});
		for (const [at, sql] of suspend.entries()) {
			before.push(
				make(`check the foreign key ${name} after the rows`, sql, at === 0 ? resume : []),
			);
		}
		for (const [at, sql] of resume.entries()) {
			const undo = at === resume.length - 1 ? suspend : [];
			after.push(make(`check the foreign key ${name} from here on`, sql, undo));
		}
	}
	return {before, after};
}
