import type {RunStore} from '../../store/run-store.ts';
import type {Pack} from '../pack/read-pack.ts';

/** What the journal says about applies; `committed` and `rolled back` end one. */
export const applyEvents = {
	started: 'apply started',
	committing: 'committing',
	committed: 'committed',
	rolledBack: 'rolled back',
	rehearsed: 'rehearsed',
} as const;

export type UnfinishedApply = {
	/** Path of the manifest. */
	readonly pack: string;
	readonly digest: string;
	readonly target: string;
	/** What was written down right before the commit was asked for; null: it never was. */
	readonly expected: ExpectedEnd | null;
};

/** Signs by which a commit can be told later, besides the rows that have a key. */
export type ExpectedEnd = {
	/** Fingerprint of the schema where the pack changes it and it can be known before; else null. */
	readonly catalog: string | null;
	/** Some rows without a key: how many copies there were and would be. */
	readonly copies: readonly {
		readonly table: string;
		readonly row: string;
		readonly before: number;
		readonly after: number;
	}[];
};

/** The apply that a killed process left behind; null when the last one came to an end. */
export function findUnfinishedApply(store: RunStore): UnfinishedApply | null {
	const entries = store.journal.list();
	const start = entries.findLastIndex(({event}) => event === applyEvents.started);
	const started = entries[start];
	if (!started || started.details['mode'] !== 'apply') return null;
	const later = entries.slice(start + 1);
	const ends: readonly string[] = [applyEvents.committed, applyEvents.rolledBack];
	if (later.some(({event}) => ends.includes(event))) return null;
	const committing = later.find(({event}) => event === applyEvents.committing);
	return {
		pack: String(started.details['pack']),
		digest: String(started.details['digest']),
		target: String(started.details['target']),
		// Only applyPack writes it.
		expected: committing ? (committing.details['expected'] as ExpectedEnd) : null,
	};
}

/** Whether the journal says that this pack is what was committed last; null: it says nothing. */
export function wasCommittedLast(store: RunStore, {digest}: Pack): boolean {
	const committed = store.journal
		.list()
		.filter(({event}) => event === applyEvents.committed)
		.at(-1);
	return committed?.details['digest'] === digest;
}
