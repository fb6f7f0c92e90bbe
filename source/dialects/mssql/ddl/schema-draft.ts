import type {Hazard} from '../../../model/hazard.ts';
import type {Phase, Statement} from '../../../model/plan.ts';
import type {AllowKind} from '../../../model/schema-change.ts';

/** What a statement of the structure is told of; the rest follows. */
export type DraftedStatement = {
	readonly phase: Phase;
	readonly table: string;
	readonly summary: string;
	readonly sql: string;
	readonly undo: readonly string[] | null;
	readonly needs?: AllowKind | null;
	readonly hazards?: readonly Hazard[];
};

/** Collects statements in the order in which they must run; each is a batch of its own. */
export class SchemaDraft {
	readonly statements: Statement[] = [];

	add({needs = null, hazards = [], ...statement}: DraftedStatement): void {
		this.statements.push({...statement, kind: 'ddl', expects: null, needs, hazards, row: null});
	}
}
