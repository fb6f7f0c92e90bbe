import type {RowState} from '../../model/row-change.ts';
import type {DecidedRow} from '../../store/row-changes.ts';
import {laneOfRowId, tableOfRowId} from '../../store/row-query.ts';
import type {RunStore} from '../../store/run-store.ts';
import type {UniqueClaims} from '../../store/unique-claims.ts';
import {decideWrites, type RowTask} from './decide-write.ts';
import {
	largestFamily,
	hasCircle,
	makeFamilyReader,
	orderFamily,
	type FamilyMember,
	type FamilyReader,
} from './order-family.ts';
import type {RowKind} from './row-hazards.ts';
import type {TableTarget} from './table-target.ts';
import {readClaim, type UniqueTarget} from './unique-values.ts';

/** What one table's rows come to, found in one walk over all of them. */
export type TableSurvey = {
	readonly target: TableTarget;
	/** Which states have tasks of a kind, so that later walks read only these. */
	readonly states: Readonly<Record<RowKind, ReadonlySet<RowState>>>;
	readonly counts: Readonly<Record<RowKind, number>>;
	readonly uniques: readonly UniqueTarget[];
	/** Some tasks are about rows that no key identifies. */
	readonly hasUnkeyed: boolean;
	/** Ids parents first, where that is not how they come; for inserts and for deletes. */
	readonly family: Readonly<Record<'insert' | 'delete', readonly number[] | null>>;
	/** Its rows refer to one another in a circle, or are too many to tell. */
	readonly isCircular: boolean;
};

/** Looks at rows one by one and remembers only what later walks need. */
export class RowSurveyor {
	readonly #target: TableTarget;
	readonly #uniques: readonly UniqueTarget[];
	readonly #claims: UniqueClaims;
	readonly #readFamily: FamilyReader | null;
	readonly #checksAtEnd: boolean;
	readonly #families: Record<'insert' | 'delete', FamilyMember[]> = {insert: [], delete: []};
	readonly #states: Record<RowKind, Set<RowState>> = {
		insert: new Set(),
		update: new Set(),
		delete: new Set(),
	};
	readonly #counts = {insert: 0, update: 0, delete: 0};
	#hasUnkeyed = false;

	constructor(
		target: TableTarget,
		uniques: readonly UniqueTarget[],
		claims: UniqueClaims,
		{foldName, checksAtEnd}: {foldName: (name: string) => string; checksAtEnd: boolean},
	) {
		this.#target = target;
		this.#checksAtEnd = checksAtEnd;
		this.#uniques = uniques;
		this.#claims = claims;
		this.#readFamily = makeFamilyReader(target, foldName);
	}

	look(change: DecidedRow, keyed: boolean): void {
		for (const task of decideWrites(change, this.#target, keyed)) {
			this.#states[task.kind].add(change.state);
			this.#counts[task.kind]++;
			if (!keyed) this.#hasUnkeyed = true;
			if (task.kind !== 'update') this.#relate(task);
			// Where all deletes come first and all inserts last, only updates can be in each other's way.
			if (task.kind === 'update' || !this.#checksAtEnd) this.#claim(task);
		}
	}

	finish(): TableSurvey {
		let isCircular = false;
		const order = (kind: 'insert' | 'delete') => {
			const members = this.#families[kind];
			const isLarge = members.length > largestFamily;
			const ordered = isLarge ? null : orderFamily(members);
			isCircular ||= isLarge || hasCircle(members, ordered);
			return ordered;
		};
		const family = {insert: order('insert'), delete: order('delete')};
		return {
			target: this.#target,
			states: this.#states,
			counts: {...this.#counts},
			uniques: this.#uniques,
			hasUnkeyed: this.#hasUnkeyed,
			family,
			isCircular,
		};
	}

	#claim(task: RowTask): void {
		for (const unique of this.#uniques) {
			const claim = readClaim(unique, task);
			if (claim)
				this.#claims.add({index: unique.number, row: task.change.id, kind: task.kind, ...claim});
		}
	}

	#relate(task: RowTask & {kind: 'insert' | 'delete'}): void {
		const members = this.#families[task.kind];
		if (!this.#readFamily || members.length > largestFamily) return;
		const row = task.kind === 'insert' ? task.after : task.before;
		members.push(this.#readFamily(task.change.id, row));
	}
}

/** Tells whether a row was found by its key: rows that no key identifies have lanes of their own. */
export function makeKeyedTest(store: RunStore): (change: DecidedRow) => boolean {
	const unkeyed = new Set(
		store.scan
			.listLanes()
			.filter((lane) => !lane.keyed)
			.map(({tableNumber, lane}) => `${tableNumber} ${lane}`),
	);
	return ({id}) => !unkeyed.has(`${tableOfRowId(id)} ${laneOfRowId(id)}`);
}
