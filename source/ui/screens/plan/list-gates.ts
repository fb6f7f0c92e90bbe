import type {PlanSummary} from '../../../model/plan.ts';
import {allowKinds, type AllowKind} from '../../../model/schema-change.ts';
import type {Gate} from './plan-state.ts';

/** What each kind means for the person who opens it. */
export const gateWords = {
	dropTable: 'drops tables with all of their rows',
	dropColumn: 'drops columns with all of their values',
	dropIndex: 'drops indexes',
	dropConstraint: 'drops unique and check constraints',
	dropForeignKey: 'drops foreign keys',
	dropView: 'drops views',
	dropTrigger: 'drops triggers',
	dropRoutine: 'drops functions and procedures',
	dropSequence: 'drops sequences',
	dropType: 'drops types',
	dropPolicy: 'drops row-level security policies',
	dropEvent: 'drops events',
	dropSchema: 'drops schemas',
	dropExtension: 'drops extensions',
	narrowType: 'changes types to ones that hold less',
	deleteRows: 'deletes rows',
} as const satisfies Record<AllowKind, string>;

/** The kinds that this plan has something of, or that are open; in the order of the configuration. */
export function listGates(summary: PlanSummary, allowed: ReadonlySet<AllowKind>): readonly Gate[] {
	return allowKinds.flatMap((kind): Gate[] => {
		const isOpen = allowed.has(kind);
		const commented = summary.gates.find((gate) => gate.kind === kind)?.statements ?? 0;
		const running = summary.opened.find((gate) => gate.kind === kind)?.statements ?? 0;
		if (!isOpen && commented + running === 0) return [];
		return [{kind, isOpen, commented, running}];
	});
}
