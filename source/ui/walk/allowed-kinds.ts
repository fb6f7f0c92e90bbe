import {allowKinds, type AllowKind} from '../../model/schema-change.ts';
import type {RunStore} from '../../store/run-store.ts';

/* What a person allowed on the plan is a decision like any other: the run keeps it. */

const fact = 'allowed kinds';

export function keepAllowed(store: RunStore, allowed: ReadonlySet<AllowKind>): void {
	store.writeFact(fact, JSON.stringify([...allowed]));
}

/** Null: nobody chose, so the configuration holds. */
export function recallAllowed(store: RunStore): ReadonlySet<AllowKind> | null {
	const text = store.readFact(fact);
	if (text === null) return null;
	// Written by `keepAllowed`.
	const kept = new Set(JSON.parse(text) as string[]);
	return new Set(allowKinds.filter((kind) => kept.has(kind)));
}
