import type {ConnectionSettings} from '../../model/connection-settings.ts';
import {ConnectionLostError} from '../../model/errors.ts';
import type {Layout} from '../../model/layout.ts';
import type {
	GroupSum,
	KeyDigest,
	RowBytes,
	SideOptions,
	SideReader,
	SideRow,
	Slice,
} from '../side-reader.ts';
import {findBucket, readBucketRange} from '../side-reader.ts';
import {quoteText} from './names.ts';
import {renderBucket, renderBucketRange} from './rows/bucket.ts';
import {copyLines} from './rows/copy-lines.ts';
import {renderCompared, renderEncoding, renderHash} from './rows/digest-sql.ts';
import {renderKey, renderRange} from './rows/key-range.ts';
import {readRowsByKey} from './rows/read-by-key.ts';
import {
	encodeKey,
	encodeValue,
	readRow,
	readRowKey,
	renderKeyWires,
	renderLineColumns,
} from './rows/row-lines.ts';
import {limitTo, makeRowPlan, renderWhere, type RowPlan} from './rows/row-plan.ts';
import {renderSplit} from './rows/split-keys.ts';
import {spread} from './rows/spread.ts';
import {writeRow} from './rows/write-line.ts';
import {PostgresSession} from './session.ts';
import {readCopyLine} from './values/copy-text.ts';
import {spellWire} from './values/wire.ts';

const lineFeed = 10;
const savepoint = 'deepdiff';

/** One PostgreSQL database, for comparing it with another that is read beside it. */
export class PostgresSideReader implements SideReader {
	readonly #session: PostgresSession;
	readonly #isInSnapshot: boolean;
	readonly #plans = new Map<Layout, Promise<RowPlan>>();
	/** Of the plans that are there: decoding a line doesn't wait. */
	readonly #made = new Map<Layout, RowPlan>();

	private constructor(session: PostgresSession, isInSnapshot: boolean) {
		this.#session = session;
		this.#isInSnapshot = isInSnapshot;
	}

	/** @throws {ConnectionError} With a hint, also when the snapshot is no longer held. */
	static async open(
		settings: ConnectionSettings,
		{snapshot, signal}: SideOptions,
	): Promise<PostgresSideReader> {
		const session = await PostgresSession.open(settings, {access: 'read', signal});
		try {
			if (settings.snapshot) await beginSnapshot(session, snapshot);
			return new PostgresSideReader(session, settings.snapshot);
		} catch (error) {
			await session.close();
			throw error;
		}
	}

	async describeFormat(layout: Layout): Promise<string> {
		const {columns} = await this.#plan(layout);
		const formats = columns.map((column) => column?.wire.format ?? null);
		return `copy ${JSON.stringify(formats)}`;
	}

	async findKey({layout, segment}: Slice, rows: number): Promise<string | null> {
		const plan = await this.#plan(layout);
		const conditions = [...renderRange(plan, segment), ...limitTo('keyed', plan)];
		const query = `SELECT ${renderKeyWires(plan).join(', ')} FROM ${plan.shape.from}${renderWhere(conditions)} ORDER BY ${renderOrder(plan)} LIMIT 1 OFFSET ${rows - 1}`;
		const [key = segment.upTo] = await this.#readKeys(plan, query);
		return key;
	}

	async splitKeys(layout: Layout, parts: number): Promise<string[]> {
		const plan = await this.#plan(layout);
		return this.#readKeys(plan, renderSplit(plan, parts));
	}

	async pickFirst(layout: Layout, a: string, b: string): Promise<string> {
		const plan = await this.#plan(layout);
		const names = plan.key.map((_, at) => `k${at}`);
		// The first part gives the columns their types and collations.
		const query = `SELECT n FROM (
			SELECT 0 AS n, ${plan.key.map(({sql}, at) => `${sql} AS k${at}`).join(', ')} FROM ${plan.shape.from} WHERE false
			UNION ALL SELECT 1, ${renderKey(plan, a).join(', ')}
			UNION ALL SELECT 2, ${renderKey(plan, b).join(', ')}
		) AS keys ORDER BY ${names.join(', ')}, n LIMIT 1`;
		const [row] = await this.#ask(() => this.#session.run(query));
		return row?.['n'] === '2' ? b : a;
	}

	async sumDigests(slice: Slice, groups: number): Promise<GroupSum[] | null> {
		const plan = await this.#plan(slice.layout);
		const conditions = this.#limitToSlice(plan, slice);
		// Without an encoding the server can't tell the bytes of UTF-8.
		if (conditions === null || this.#session.encoding === 'SQL_ASCII') return null;
		const {group} = spread(plan, slice, groups);
		const digests = this.#renderDigests(plan, [`${group} AS g`], conditions);
		const value = `('x' || pg_catalog.encode(pg_catalog.substr(h, 1, 8), 'hex'))::bit(64)::int8`;
		const rows = await this.#ask(() =>
			this.#session.run(
				`SELECT g, count(*) AS rows, pg_catalog.sum(${value}) AS sum FROM (${digests}) AS digests GROUP BY g ORDER BY g`,
			),
		);
		return rows.map((row) => ({
			group: Number(row['g']),
			rows: Number(row['rows']),
			sum: row['sum'] ?? '0',
		}));
	}

	async *readDigests(
		slice: Slice,
		groups: {readonly count: number; readonly wanted: readonly number[]} | null,
	): AsyncGenerator<KeyDigest[]> {
		const plan = await this.#plan(slice.layout);
		const conditions = this.#limitToSlice(plan, slice);
		if (conditions === null) throw new TypeError('No digests are summed of such keys.');
		if (groups) {
			conditions.unshift(spread(plan, slice, groups.count).limitTo(groups.wanted));
		}
		const keys = renderKeyWires(plan).map((wire, at) => `${wire} AS k${at}`);
		const digests = this.#renderDigests(plan, keys, conditions);
		const names = plan.key.map((_, at) => `k${at}`).join(', ');
		const query = `SELECT ${names}, pg_catalog.encode(pg_catalog.substr(h, 1, 8), 'hex') FROM (${digests}) AS digests`;
		for await (const chunk of this.#copy(query)) {
			yield splitLines(chunk).map((line): KeyDigest => {
				const values = readCopyLine(line);
				return {key: encodeKey(plan, values), digest: String(values.at(-1))};
			});
		}
	}

	async *readLines(slice: Slice): AsyncGenerator<Buffer> {
		const {layout, segment} = slice;
		const plan = await this.#plan(layout);
		const conditions = this.#limitToSlice(plan, slice);
		const isOrdered = layout.key.paging !== 'buckets';
		const query = `SELECT ${renderLineColumns(plan)} FROM ${plan.shape.from}${renderWhere(
			conditions ?? limitTo('keyed', plan),
		)}${isOrdered ? ` ORDER BY ${renderOrder(plan)}` : ''}`;
		if (conditions !== null) {
			yield* this.#copy(query);
			return;
		}
		const {after, upTo} = readBucketRange(segment);
		for await (const chunk of this.#copy(query)) {
			const lines = splitLines(chunk).filter((line) => {
				const bucket = findBucket(readRowKey(plan, line));
				return bucket > after && bucket <= upTo;
			});
			if (lines.length > 0) yield joinLines(lines);
		}
	}

	readLineKey(layout: Layout, line: Buffer): string {
		return readRowKey(this.#getPlan(layout), line);
	}

	decodeLine(layout: Layout, line: Buffer): SideRow {
		return readRow(this.#getPlan(layout), line);
	}

	writeLine(layout: Layout, line: Buffer, row: RowBytes): void {
		writeRow(this.#getPlan(layout), line, row);
	}

	async readRowsByKey(layout: Layout, keys: readonly string[]): Promise<(SideRow | null)[]> {
		const plan = await this.#plan(layout);
		return readRowsByKey(this.#session, plan, keys, (work) => this.#ask(work));
	}

	async *readUnkeyedLines(layout: Layout): AsyncGenerator<Buffer> {
		const plan = await this.#plan(layout);
		const conditions = renderWhere(limitTo('unkeyed', plan));
		yield* this.#copy(`SELECT ${renderLineColumns(plan)} FROM ${plan.shape.from}${conditions}`);
	}

	async hasUnkeyedRows(layout: Layout): Promise<boolean> {
		const plan = await this.#plan(layout);
		const conditions = renderWhere(limitTo('unkeyed', plan));
		const query = `SELECT EXISTS (SELECT FROM ${plan.shape.from}${conditions}) AS found`;
		const [row] = await this.#ask(() => this.#session.run(query));
		return row?.['found'] === 't';
	}

	async readFills(layout: Layout): Promise<(string | null)[]> {
		const plan = await this.#plan(layout);
		const fills: (string | null)[] = [];
		for (const [index, column] of plan.columns.entries()) {
			const {role, fill} = layout.columns[index] ?? {};
			if (role !== 'dev-only' || typeof fill !== 'string' || !column) {
				fills.push(null);
				continue;
			}
			const value = spellWire(column.wire, `CAST((${fill}) AS ${column.declared})`);
			const [row] = await this.#ask(() => this.#session.run(`SELECT ${value} AS fill`));
			fills.push(encodeValue(row?.['fill'] ?? null, column));
		}
		return fills;
	}

	/**
	The number that the next transaction which writes gets: it rises with every write to any
	database of the server, and stays what it is for a reader inside a snapshot.
	*/
	async readVersion(): Promise<string> {
		const [row] = await this.#ask(() =>
			this.#session.run(
				'SELECT pg_catalog.txid_snapshot_xmax(pg_catalog.txid_current_snapshot()) AS version',
			),
		);
		return row?.['version'] ?? '';
	}

	close(): Promise<void> {
		return this.#session.close();
	}

	/**
	Hashes once, in a subquery that the planner may not merge into what surrounds it (`OFFSET 0`);
	so are the wire forms spelled.
	*/
	#renderDigests(plan: RowPlan, others: readonly string[], conditions: readonly string[]): string {
		const {list, names} = renderCompared(plan);
		const spelled = `SELECT ${[...others, ...list].join(', ')} FROM ${plan.shape.from}${renderWhere(conditions)} OFFSET 0`;
		const kept = others.map((other) => other.slice(other.lastIndexOf(' AS ') + 4));
		const encoded = renderEncoding(plan, names, this.#session);
		return `SELECT ${[...kept, `${renderHash(encoded)} AS h`].join(', ')} FROM (${spelled}) AS spelled OFFSET 0`;
	}

	/** Null where only decoding a row tells its bucket. */
	#limitToSlice(plan: RowPlan, {layout, segment}: Slice): string[] | null {
		const keyed = limitTo('keyed', plan);
		if (layout.key.paging !== 'buckets') return [...renderRange(plan, segment), ...keyed];
		const bucket = renderBucket(plan, this.#session);
		return bucket === null ? null : [...renderBucketRange(bucket, segment), ...keyed];
	}

	async #readKeys(plan: RowPlan, query: string): Promise<string[]> {
		const keys: string[] = [];
		for await (const chunk of this.#copy(query)) {
			for (const line of splitLines(chunk)) keys.push(encodeKey(plan, readCopyLine(line)));
		}
		return keys;
	}

	async #plan(layout: Layout): Promise<RowPlan> {
		const plan = this.#plans.get(layout) ?? this.#makePlan(layout);
		this.#plans.set(layout, plan);
		return plan;
	}

	async #makePlan(layout: Layout): Promise<RowPlan> {
		try {
			const plan = await this.#ask(() => makeRowPlan(this.#session, layout));
			this.#made.set(layout, plan);
			return plan;
		} catch (error) {
			this.#plans.delete(layout);
			throw error;
		}
	}

	#getPlan(layout: Layout): RowPlan {
		const plan = this.#made.get(layout);
		if (!plan) throw new TypeError(`No line of ${layout.table} was read here.`);
		return plan;
	}

	async *#copy(query: string): AsyncGenerator<Buffer> {
		let isDone = false;
		try {
			yield* copyLines(this.#session, query);
			isDone = true;
		} finally {
			// Left in the middle or failed: either way the server has given up the transaction.
			if (!isDone) await this.#restore();
		}
	}

	async #ask<Result>(work: () => Promise<Result>): Promise<Result> {
		try {
			return await work();
		} catch (error) {
			await this.#restore();
			throw error;
		}
	}

	/** Keeps the snapshot, which would be gone with its transaction. */
	async #restore(): Promise<void> {
		if (!this.#isInSnapshot || this.#session.isLost) return;
		await this.#session.run(`ROLLBACK TO SAVEPOINT ${savepoint}`).catch((error: unknown) => {
			if (!(error instanceof ConnectionLostError)) throw error;
		});
	}
}

async function beginSnapshot(session: PostgresSession, snapshot: string | null): Promise<void> {
	const begin = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';
	// Without one to share, the first query would decide what is seen; so it is decided now.
	const see = snapshot === null ? 'SELECT 1' : `SET TRANSACTION SNAPSHOT ${quoteText(snapshot)}`;
	await session.run([begin, see, `SAVEPOINT ${savepoint}`].join('; ')).catch((error: unknown) => {
		const isGone =
			error instanceof Error && /invalid snapshot|snapshot.*does not exist/.test(error.message);
		if (!isGone) throw error;
		throw new ConnectionLostError('The snapshot that the comparison reads is no longer held.', {
			hint: 'Start the comparison anew.',
			cause: error,
		});
	});
}

function renderOrder({key}: RowPlan): string {
	return key.map(({sql}) => sql).join(', ');
}

function splitLines(chunk: Buffer): Buffer[] {
	const lines: Buffer[] = [];
	let from = 0;
	for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, from)) {
		lines.push(chunk.subarray(from, end));
		from = end + 1;
	}
	return lines;
}

function joinLines(lines: readonly Buffer[]): Buffer {
	const feed = Buffer.from('\n');
	return Buffer.concat(lines.flatMap((line) => [line, feed]));
}
