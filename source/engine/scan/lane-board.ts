import type {RunStore} from '../../store/run-store.ts';
import {sumLanes, type Lane, type ScanTable, type TableProgress} from '../../store/scan-record.ts';

/** Where every table and lane of a scan stands, as it is in the store. */
export class LaneBoard {
	readonly #store: RunStore;
	readonly #tables: Map<number, ScanTable>;
	readonly #lanes: Lane[];

	constructor(store: RunStore) {
		this.#store = store;
		this.#tables = new Map(store.scan.listTables().map((table) => [table.number, table]));
		this.#lanes = store.scan.listLanes();
		// A scan that was killed right after a table's last segment has not said so.
		for (const {done, tableNumber} of this.#lanes) if (done) this.#updateStatus(tableNumber);
	}

	get lanes(): readonly Lane[] {
		return this.#lanes;
	}

	/** Nothing is left to compare in any table that takes part. */
	get isComplete(): boolean {
		return this.#lanes.every(
			({done, tableNumber}) => done || this.#tables.get(tableNumber)?.status === 'skipped',
		);
	}

	/** Lanes that are not done, with their tables. */
	listOpen(): {readonly lane: Lane; readonly table: ScanTable}[] {
		return this.#lanes.flatMap((lane) => {
			const table = this.#tables.get(lane.tableNumber);
			if (!table?.layout || lane.done || table.status === 'skipped') return [];
			return [{lane, table}];
		});
	}

	listProgress(): TableProgress[] {
		return [...this.#tables.values()].map((table) => sumLanes(table, this.#lanesOf(table.number)));
	}

	/** Takes a lane as it is after a segment. */
	replace(lane: Lane): void {
		const index = this.#lanes.findIndex(
			(other) => other.tableNumber === lane.tableNumber && other.lane === lane.lane,
		);
		this.#lanes[index] = lane;
		this.#updateStatus(lane.tableNumber);
	}

	/**
	Leaves a table out from now on.

	@returns Its number; null when there is nothing of it left to compare.
	*/
	skip(name: string): number | null {
		const table = [...this.#tables.values()].find((candidate) => candidate.name === name);
		if (!table?.layout || table.status === 'done') return null;
		this.#setStatus(table, 'skipped', 'left out during the scan');
		return table.number;
	}

	#updateStatus(number: number): void {
		const table = this.#tables.get(number);
		if (!table || table.status === 'skipped') return;
		const status = this.#lanesOf(number).every(({done}) => done) ? 'done' : 'scanning';
		if (status !== table.status) this.#setStatus(table, status, table.reason);
	}

	#lanesOf(number: number): Lane[] {
		return this.#lanes.filter(({tableNumber}) => tableNumber === number);
	}

	#setStatus(table: ScanTable, status: ScanTable['status'], reason: string): void {
		this.#store.scan.setTable(table.number, {status, reason});
		this.#tables.set(table.number, {...table, status, reason});
	}
}
