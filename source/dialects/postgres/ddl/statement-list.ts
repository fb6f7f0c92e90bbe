import type {Hazard} from '../../../model/hazard.ts';
import type {Phase, Statement} from '../../../model/plan.ts';
import type {AllowKind} from '../../../model/schema-change.ts';

/** A statement of structure, without what such statements have in common. */
export type Draft = {
	readonly phase: Phase;
	readonly table: string;
	readonly summary: string;
	readonly sql: string;
	/** Null: it can't be undone; empty: undoing another statement undoes it too. */
	readonly undo: readonly string[] | null;
	readonly needs?: AllowKind | null;
	readonly hazards?: readonly Hazard[];
};

/** The statements of a migration, in the order in which they are added. */
export class StatementList {
	readonly statements: Statement[] = [];

	add(draft: Draft): void {
		this.#push('ddl', draft);
	}

	/** A statement that only says what the session does from then on. */
	addSession(draft: Pick<Draft, 'phase' | 'summary' | 'sql' | 'undo'>): void {
		this.#push('session', {...draft, table: ''});
	}

	#push(kind: 'ddl' | 'session', draft: Draft): void {
		this.statements.push({kind, expects: null, needs: null, hazards: [], row: null, ...draft});
	}
}
