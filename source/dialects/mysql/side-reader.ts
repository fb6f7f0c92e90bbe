import {randomUUID} from 'node:crypto';
import type {ConnectionSettings} from '../../model/connection-settings.ts';
import type {Layout} from '../../model/layout.ts';
import type {Segment} from '../../model/segment.ts';
import {
	findBucket,
	readBucketRange,
	type GroupSum,
	type KeyDigest,
	type RowBytes,
	type SideOptions,
	type SideReader,
	type SideRow,
	type Slice,
} from '../side-reader.ts';
import {canHashKey, limitToBuckets} from './rows/bucket.ts';
import {hashRow, sumDigests} from './rows/digest-sql.ts';
import {compareKeys, limitToSegment} from './rows/key-condition.ts';
import {readRowsByKey} from './rows/read-by-key.ts';
import {lineFeed, readLine, ValueCursor} from './rows/row-lines.ts';
import {
	planRows,
	readField,
	readKeyValues,
	readValue,
	selectAll,
	type RowPlan,
} from './rows/row-plan.ts';
import {splitKeys} from './rows/split-keys.ts';
import {spreadRows} from './rows/spread.ts';
import {readTableShape} from './rows/table-shape.ts';
import {writeRow} from './rows/write-line.ts';
import {MysqlSession} from './session.ts';
import {readServerVersion} from './server-position.ts';

/** Reads one side in one session, inside one snapshot where the settings want it. */
export class MysqlSideReader implements SideReader {
	readonly #session: MysqlSession;
	readonly #plans = new Map<string, Promise<RowPlan>>();
	/** The same by the layout itself, for what is asked line by line. */
	readonly #ready = new WeakMap<Layout, RowPlan>();

	private constructor(session: MysqlSession) {
		this.#session = session;
	}

	/** @throws {ConnectionError} With a hint. */
	static async open(
		settings: ConnectionSettings,
		{signal}: Pick<SideOptions, 'signal'>,
	): Promise<MysqlSideReader> {
		const session = await MysqlSession.open(settings, {access: 'read', signal});
		try {
			if (settings.snapshot) {
				await session.run('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
			}
			return new MysqlSideReader(session);
		} catch (error) {
			await session.close();
			throw error;
		}
	}

	async describeFormat(layout: Layout): Promise<string> {
		const {columns} = await this.#plan(layout);
		const names = columns.map((column) => {
			if (column === null) return '-';
			// Brought to one form only here: what the server has tells nothing.
			return column.as === 'json' ? randomUUID() : column.form.name;
		});
		return `mysql ${JSON.stringify(names)}`;
	}

	async findKey({layout, segment}: Slice, rows: number): Promise<string | null> {
		const plan = await this.#plan(layout);
		const [row] = await this.#session.readAll(
			`SELECT ${selectAll(plan.key)} FROM ${plan.inKeyOrder}${where(plan, segment)} ORDER BY ${orderOf(plan)} LIMIT ${rows - 1}, 1`,
		);
		return row ? readKeyValues(plan, row) : segment.upTo;
	}

	async splitKeys(layout: Layout, parts: number): Promise<string[]> {
		return splitKeys(this.#session, await this.#plan(layout), parts);
	}

	async pickFirst(layout: Layout, a: string, b: string): Promise<string> {
		const plan = await this.#plan(layout);
		const [row] = await this.#session.run(`SELECT ${compareKeys(plan, a, b)} AS isFirst`);
		return row?.['isFirst'] === '1' ? a : b;
	}

	async sumDigests({layout, segment}: Slice, groups: number): Promise<GroupSum[] | null> {
		const plan = await this.#plan(layout);
		if (isSortedHere(plan)) return null;
		const {group} = spreadRows(plan, segment, groups);
		// By its place: a column of the table would come before a name given here.
		const rows = await this.#session.readAll(
			`SELECT ${group}, COUNT(*), ${sumDigests(hashRow(plan.compared))} FROM ${plan.inKeyOrder}${where(plan, segment)} GROUP BY 1 ORDER BY NULL`,
		);
		return rows.map(([part, count, sum]) => ({
			group: Number(part?.toString('latin1')),
			rows: Number(count?.toString('latin1')),
			sum: sum?.toString('latin1') ?? '0',
		}));
	}

	async *readDigests(
		{layout, segment}: Slice,
		groups: {readonly count: number; readonly wanted: readonly number[]} | null,
	): AsyncGenerator<KeyDigest[]> {
		const plan = await this.#plan(layout);
		if (groups?.wanted.length === 0) return;
		const limit =
			groups === null ? [] : [spreadRows(plan, segment, groups.count).limitTo(groups.wanted)];
		const sql = `SELECT ${selectAll(plan.key)}, LEFT(${hashRow(plan.compared)}, 16) FROM ${plan.inKeyOrder}${where(plan, segment, limit)}`;
		for await (const chunk of this.#session.readLines(sql)) {
			yield splitLines(chunk).map((line) => readKeyDigest(plan, line));
		}
	}

	async *readLines({layout, segment}: Slice): AsyncGenerator<Buffer> {
		const plan = await this.#plan(layout);
		const isByBucket = layout.key.paging === 'buckets';
		if (isSortedHere(plan)) {
			yield* this.#readBucketLines(plan, segment);
			return;
		}
		const order = isByBucket ? '' : ` ORDER BY ${orderOf(plan)}`;
		yield* this.#session.readLines(
			`SELECT ${plan.select} FROM ${plan.inKeyOrder}${where(plan, segment)}${order}`,
		);
	}

	readLineKey(layout: Layout, line: Buffer): string {
		return this.#planNow(layout).readLineKey(line);
	}

	decodeLine(layout: Layout, line: Buffer): SideRow {
		return this.#planNow(layout).readLine(line);
	}

	writeLine(layout: Layout, line: Buffer, row: RowBytes): void {
		writeRow(this.#planNow(layout), line, row);
	}

	async readRowsByKey(layout: Layout, keys: readonly string[]): Promise<(SideRow | null)[]> {
		return readRowsByKey(this.#session, await this.#plan(layout), keys);
	}

	async *readUnkeyedLines(layout: Layout): AsyncGenerator<Buffer> {
		const plan = await this.#plan(layout);
		const conditions = [
			...(plan.key.length > 0 ? [isUnkeyed(plan)] : []),
			...(layout.where === null ? [] : [`(${layout.where})`]),
		];
		yield* this.#session.readLines(
			`SELECT ${plan.select} FROM ${plan.table}${joinConditions(conditions)}`,
		);
	}

	async hasUnkeyedRows(layout: Layout): Promise<boolean> {
		const plan = await this.#plan(layout);
		if (plan.key.length > 0 && plan.key.every(({nullable}) => !nullable)) return false;
		const conditions = [
			...(plan.key.length > 0 ? [isUnkeyed(plan)] : []),
			...(layout.where === null ? [] : [`(${layout.where})`]),
		];
		const rows = await this.#session.readAll(
			`SELECT 1 FROM ${plan.table}${joinConditions(conditions)} LIMIT 1`,
		);
		return rows.length > 0;
	}

	async readFills(layout: Layout): Promise<(string | null)[]> {
		const plan = await this.#plan(layout);
		const fills: (string | null)[] = [];
		for (const [at, {role, fill}] of layout.columns.entries()) {
			const column = plan.columns[at] ?? null;
			const isWanted = role === 'dev-only' && fill !== null && column !== null;
			fills.push(isWanted ? await this.#readFill(plan, at) : null);
		}
		return fills;
	}

	readVersion(): Promise<string | null> {
		return readServerVersion(this.#session);
	}

	close(): Promise<void> {
		return this.#session.close();
	}

	/** The column's own default, as a value of its type; a table without rows has none to show. */
	async #readFill(plan: RowPlan, at: number): Promise<string | null> {
		const column = plan.columns[at];
		if (!column) return null;
		const value = column.form.select(`DEFAULT(${column.sql})`);
		const [row] = await this.#session.readAll(`SELECT ${value} FROM ${plan.table} LIMIT 1`);
		return row ? readValue(column, row[0] ?? null) : null;
	}

	/** All rows are read for each segment of such a table: of these there are few. */
	async *#readBucketLines(plan: RowPlan, segment: Segment): AsyncGenerator<Buffer> {
		const {after, upTo} = readBucketRange(segment);
		const sql = `SELECT ${plan.select} FROM ${plan.table}${joinConditions(plan.conditions)}`;
		for await (const chunk of this.#session.readLines(sql)) {
			const lines = splitLines(chunk, true).filter((line) => {
				const bucket = findBucket(plan.readLineKey(line.subarray(0, -1)));
				return bucket > after && bucket <= upTo;
			});
			if (lines.length > 0) yield Buffer.concat(lines);
		}
	}

	async #plan(layout: Layout): Promise<RowPlan> {
		const ready = this.#ready.get(layout);
		if (ready) return ready;
		const name = JSON.stringify(layout);
		const known = this.#plans.get(name) ?? this.#makePlan(layout);
		this.#plans.set(name, known);
		try {
			const plan = await known;
			this.#ready.set(layout, plan);
			return plan;
		} catch (error) {
			this.#plans.delete(name);
			throw error;
		}
	}

	async #makePlan(layout: Layout): Promise<RowPlan> {
		const shape = await readTableShape(this.#session, layout.table);
		return planRows(layout, shape, this.#session.version);
	}

	#planNow(layout: Layout): RowPlan {
		const plan = this.#ready.get(layout);
		if (!plan) throw new Error(`No line of ${layout.table} was read in this layout`);
		return plan;
	}
}

/** Whether buckets must be told apart in JavaScript. */
function isSortedHere(plan: RowPlan): boolean {
	return plan.layout.key.paging === 'buckets' && !canHashKey(plan);
}

function where(plan: RowPlan, segment: Segment, more: readonly string[] = []): string {
	return joinConditions([...plan.conditions, ...limit(plan, segment), ...more]);
}

function limit(plan: RowPlan, segment: Segment): string[] {
	return plan.layout.key.paging === 'buckets'
		? limitToBuckets(plan, segment)
		: limitToSegment(plan, segment);
}

function joinConditions(conditions: readonly string[]): string {
	return conditions.length > 0 ? ` WHERE ${conditions.map((one) => `(${one})`).join(' AND ')}` : '';
}

function orderOf({key}: RowPlan): string {
	return key.map(({sql}) => sql).join(', ');
}

/** Of a column that may be NULL: in one that may not, `IS NULL` finds the date 0000-00-00. */
function isUnkeyed({key}: RowPlan): string {
	const nullable = key.filter((column) => column.nullable);
	return nullable.length > 0 ? nullable.map(({sql}) => `${sql} IS NULL`).join(' OR ') : 'FALSE';
}

function readKeyDigest({key}: RowPlan, line: Buffer): KeyDigest {
	const row = readLine(line);
	const cursor = new ValueCursor(row);
	let encoded = '';
	for (const column of key) {
		cursor.next();
		encoded += readField(column, row, cursor);
	}
	cursor.next();
	return {key: encoded, digest: row.toString('latin1', cursor.from, cursor.to)};
}

/** @param keepsEnd With the line feed. */
function splitLines(chunk: Buffer, keepsEnd = false): Buffer[] {
	const lines: Buffer[] = [];
	let from = 0;
	for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, from)) {
		lines.push(chunk.subarray(from, keepsEnd ? end + 1 : end));
		from = end + 1;
	}
	return lines;
}
