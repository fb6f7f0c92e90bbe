import type {RowState} from '../model/row-change.ts';

/** Which of a run's row changes are meant; everything left out means all. */
export type RowFilter = {
	readonly tables?: readonly string[];
	readonly states?: readonly RowState[];
	/** Only rows that still need a decision. */
	readonly unresolved?: boolean;
	/** Text that the key or a value contains, without regard to ASCII case. */
	readonly search?: string;
	/** Only these ids. */
	readonly ids?: readonly number[];
	/** Only ids from … to, both ends included. */
	readonly range?: {readonly from: number; readonly to: number};
};

const laneBits = 2 ** 34;
const tableBits = 2 ** 40;

/**
A row change's id orders a run by table, then by key: each lane of a table is a contiguous
range of keys and numbers what it finds. So ids do not depend on how far a run came in
which order, and stay the same over a resume.
*/
export function makeRowId(table: number, lane: number, found: number): number {
	return table * tableBits + lane * laneBits + found;
}

export function tableOfRowId(id: number): number {
	return Math.floor(id / tableBits);
}

export function laneOfRowId(id: number): number {
	return Math.floor((id % tableBits) / laneBits);
}

export function rowIdsOfTable(table: number): {from: number; to: number} {
	return {from: table * tableBits, to: (table + 1) * tableBits - 1};
}

/** A filter as an SQL condition on `row_change` with its bindings. */
export function renderFilter(
	filter: RowFilter,
	numberOfTable: (name: string) => number | undefined,
): {where: string; bindings: (string | number)[]} {
	const conditions: string[] = [];
	const bindings: (string | number)[] = [];
	if (filter.tables) {
		const ranges = filter.tables
			.map(numberOfTable)
			.filter((number) => number !== undefined)
			.map(rowIdsOfTable);
		conditions.push(
			ranges.length > 0 ? `(${ranges.map(() => 'id BETWEEN ? AND ?').join(' OR ')})` : '0',
		);
		for (const {from, to} of ranges) bindings.push(from, to);
	}
	if (filter.range) {
		conditions.push('id BETWEEN ? AND ?');
		bindings.push(filter.range.from, filter.range.to);
	}
	if (filter.ids) {
		conditions.push('id IN (SELECT value FROM json_each(?))');
		bindings.push(JSON.stringify(filter.ids));
	}
	if (filter.states) {
		conditions.push(`state IN (${filter.states.map(() => '?').join(', ')})`);
		bindings.push(...filter.states);
	}
	if (filter.unresolved) {
		conditions.push(
			`state = 'conflict' AND NOT EXISTS (SELECT 1 FROM resolution WHERE row_id = row_change.id)`,
		);
	}
	const {search} = filter;
	if (search) {
		// LIKE on the encoded text is quick and finds a superset; cells_contain is exact.
		const pattern = `%${search.replace(/[\\%_]/g, String.raw`\$&`)}%`;
		const columns = ['key', 'prod', 'dev'];
		conditions.push(
			`(${columns
				.map((column) => `(${column} LIKE ? ESCAPE '\\' AND cells_contain(${column}, ?))`)
				.join(' OR ')})`,
		);
		bindings.push(...columns.flatMap(() => [pattern, search]));
	}
	return {where: conditions.length > 0 ? conditions.join(' AND ') : '1', bindings};
}
