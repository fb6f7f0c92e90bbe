import type Database from 'better-sqlite3';
import {digestBytes} from '../model/field-writer.ts';
import {headBytes, PackedPairs} from '../model/packed-pairs.ts';
import type {RowState} from '../model/row-change.ts';
import type {RowPair} from '../model/segment.ts';

/** A classified difference. */
export type FoundPair = RowPair & {readonly state: RowState; readonly base: string | null};

/** Classified differences as the store takes them: packed, with the state of each. */
export type FoundRows = {readonly pairs: PackedPairs; readonly states: readonly RowState[]};

export function packFound(found: readonly FoundPair[]): FoundRows {
	const pairs = new PackedPairs();
	for (const pair of found) pairs.add(pair, pair.base);
	return {pairs, states: found.map(({state}) => state)};
}

/** Rows of one statement: fewer take longer each, more no less (measured). */
const rowsAtOnce = 50;

/** Writes found rows into `row_change`; part of the caller's transaction. */
export class RowInserter {
	readonly #database: Database.Database;
	readonly #statements = new Map<string, Database.Statement>();

	constructor(database: Database.Database) {
		this.#database = database;
	}

	/** @param firstId The first row's id; the others follow one by one. */
	insert({pairs, states}: FoundRows, firstId: number): void {
		let index = 0;
		while (index < pairs.length) {
			const count = pairs.length - index >= rowsAtOnce ? rowsAtOnce : 1;
			this.#insertSome(pairs, states, index, count, firstId + index);
			index += count;
		}
	}

	#insertSome(
		pairs: PackedPairs,
		states: readonly RowState[],
		from: number,
		count: number,
		first: number,
	): void {
		const {isPlain} = pairs;
		const start = pairs.places(from).at;
		const end = from + count < pairs.length ? pairs.places(from + count).at : pairs.byteLength;
		const values: (number | string | null)[] = [];
		for (let index = from; index < from + count; index++) {
			const {at, key, prod, dev, base, copies} = pairs.places(index);
			// SQLite counts from 1.
			values.push(states[index] ?? null, at - start + 1, key, prod, dev);
			if (!isPlain) values.push(base, copies);
		}
		const bytes = pairs.fields.bytes.subarray(start, end);
		this.#statement(count, isPlain).run(values, {first, bytes});
	}

	#statement(count: number, isPlain: boolean): Database.Statement {
		const name = `${count} ${isPlain}`;
		const known = this.#statements.get(name);
		if (known) return known;
		const statement = this.#database.prepare(renderInsert(count, isPlain));
		this.#statements.set(name, statement);
		return statement;
	}
}

/**
SQLite cuts the rows out of the bytes itself: binding each part as a string takes half as long
again. A size of NULL makes the part NULL.
*/
function renderInsert(count: number, isPlain: boolean): string {
	const cut = (from: string, size: string) => `substr(@bytes, ${from}, ${size})`;
	const text = (from: string, size: string) => `CAST(${cut(from, size)} AS TEXT)`;
	const digest = (from: string, size: string) =>
		cut(from, `iif(${size} IS NULL, NULL, ${digestBytes})`);
	const key = `at + ${headBytes}`;
	const prod = `${key} + key_size`;
	const dev = `${prod} + ifnull(prod_size, 0)`;
	const base = `${dev} + ifnull(dev_size, 0)`;
	const more = isPlain ? 'NULL, 1' : '?, ?';
	const rows = Array.from({length: count}, (_, index) => `(${index}, ?, ?, ?, ?, ?, ${more})`);
	return `WITH packed (number, state, at, key_size, prod_size, dev_size, base_size, copies)
			AS (VALUES ${rows.join(', ')})
		INSERT INTO row_change SELECT @first + number, state, ${text(key, 'key_size')},
			${text(prod, 'prod_size')}, ${text(dev, 'dev_size')},
			${isPlain ? 'NULL' : text(base, 'base_size')},
			${digest('at', 'prod_size')}, ${digest(`at + ${digestBytes}`, 'dev_size')}, copies
		FROM packed`;
}
