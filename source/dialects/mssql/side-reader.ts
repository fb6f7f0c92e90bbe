import {randomUUID} from 'node:crypto';
import {lineFeed, splitLines} from '../server/lines.ts';
import type {ConnectionSettings} from '../../model/connection-settings.ts';
import type {Layout} from '../../model/layout.ts';
import type {Segment} from '../../model/segment.ts';
import {
	findBucket,
	readBucketRange,
	type GroupSum,
	type KeyDigest,
	type SideOptions,
	type SideReader,
	type SideRow,
	type Slice,
} from '../side-reader.ts';
import {canHashKey, limitToBuckets} from './rows/bucket.ts';
import {firstBits, hashColumns} from './rows/digest-sql.ts';
import {compareKeys, limitToSegment} from './rows/key-condition.ts';
import {readRowsByKey} from './rows/read-by-key.ts';
import {
	planRows,
	readKeyValues,
	readLine,
	readLineKey,
	readValue,
	renderLine,
	selectAll,
	type RowPlan,
} from './rows/row-plan.ts';
import {findKeyAfter, joinConditions, splitKeys} from './rows/split-keys.ts';
import {spreadRows} from './rows/spread.ts';
import {readTableShape} from './rows/table-shape.ts';
import {MssqlSession} from './session.ts';
import {allowsSnapshot} from './snapshot.ts';

/** Reads one side in one session, inside one snapshot where settings and database want it. */
export class MssqlSideReader implements SideReader {
	readonly #session: MssqlSession;
	readonly #plans = new Map<string, Promise<RowPlan>>();
	/** The same by the layout itself, for what is asked line by line. */
	readonly #ready = new WeakMap<Layout, RowPlan>();

	private constructor(session: MssqlSession) {
		this.#session = session;
	}

	/** @throws {ConnectionError} With a hint. */
	static async open(
		settings: ConnectionSettings,
		{signal}: Pick<SideOptions, 'signal'>,
	): Promise<MssqlSideReader> {
		const session = await MssqlSession.open(settings, signal);
		try {
			if (settings.snapshot && (await allowsSnapshot(session))) {
				// It is of the moment of the first reading, not of its beginning.
				await session.run(
					'SET TRANSACTION ISOLATION LEVEL SNAPSHOT; BEGIN TRANSACTION; SELECT TOP (1) 1 AS one FROM sys.objects',
				);
			}
			return new MssqlSideReader(session);
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
			return column.as === 'json' || column.as === 'timestamptz' ? randomUUID() : column.form.name;
		});
		return `mssql ${JSON.stringify(names)}`;
	}

	async findKey({layout, segment}: Slice, rows: number): Promise<string | null> {
		const plan = await this.#plan(layout);
		const {after, upTo} = segment;
		return (await findKeyAfter(this.#session, plan, after, upTo, rows)) ?? upTo;
	}

	async splitKeys(layout: Layout, parts: number): Promise<string[]> {
		return splitKeys(this.#session, await this.#plan(layout), parts);
	}

	async pickFirst(layout: Layout, a: string, b: string): Promise<string> {
		const plan = await this.#plan(layout);
		const [row] = await this.#session.readAll(
			`SELECT CASE WHEN ${compareKeys(plan, a, b)} THEN 1 ELSE 0 END`,
		);
		return row?.[0] === 1 ? a : b;
	}

	async sumDigests({layout, segment}: Slice, groups: number): Promise<GroupSum[] | null> {
		const plan = await this.#plan(layout);
		if (isSortedHere(plan)) return null;
		const {group} = spreadRows(plan, segment, groups);
		// No function of the group may stand behind GROUP BY twice: a derived table names it once.
		const rows = await this.#session.readAll(
			`SELECT d.part, COUNT_BIG(*), CONVERT(varchar(40), SUM(CONVERT(decimal(38, 0), d.bits)))
			FROM (SELECT ${group} AS part, ${firstBits(hashColumns(plan.compared))} AS bits
				FROM ${plan.table}${where(plan, segment)}) AS d GROUP BY d.part`,
		);
		return rows.map(([part, count, sum]) => ({
			group: Number(part),
			rows: Number(count),
			sum: String(sum),
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
		const sql = `SELECT ${selectAll(plan.key)}, ${firstBits(hashColumns(plan.compared))} FROM ${plan.table}${where(plan, segment, limit)}`;
		for await (const rows of this.#session.readRows(sql)) {
			yield rows.map((values) => ({
				key: readKeyValues(plan, values),
				digest: spellBits(values[plan.key.length]),
			}));
		}
	}

	async *readLines({layout, segment}: Slice): AsyncGenerator<Buffer> {
		const plan = await this.#plan(layout);
		if (isSortedHere(plan)) {
			yield* this.#readBucketLines(plan, segment);
			return;
		}
		const isByBucket = layout.key.paging === 'buckets';
		const order = isByBucket ? '' : ` ORDER BY ${plan.key.map(({sql}) => sql).join(', ')}`;
		yield* this.#readAsLines(
			plan,
			`SELECT ${plan.select} FROM ${plan.table}${where(plan, segment)}${order}`,
		);
	}

	readLineKey(layout: Layout, line: Buffer): string {
		return readLineKey(this.#planNow(layout), line);
	}

	decodeLine(layout: Layout, line: Buffer): SideRow {
		return readLine(this.#planNow(layout), line);
	}

	async readRowsByKey(layout: Layout, keys: readonly string[]): Promise<(SideRow | null)[]> {
		return readRowsByKey(this.#session, await this.#plan(layout), keys);
	}

	async *readUnkeyedLines(layout: Layout): AsyncGenerator<Buffer> {
		const plan = await this.#plan(layout);
		const conditions = unkeyedConditions(plan);
		yield* this.#readAsLines(
			plan,
			`SELECT ${plan.select} FROM ${plan.table}${joinConditions(conditions)}`,
		);
	}

	async hasUnkeyedRows(layout: Layout): Promise<boolean> {
		const plan = await this.#plan(layout);
		if (plan.key.length > 0 && plan.key.every(({type}) => !type.nullable)) return false;
		const conditions = unkeyedConditions(plan);
		const rows = await this.#session.readAll(
			`SELECT TOP (1) 1 FROM ${plan.table}${joinConditions(conditions)}`,
		);
		return rows.length > 0;
	}

	async readFills(layout: Layout): Promise<(string | null)[]> {
		const plan = await this.#plan(layout);
		const fills: (string | null)[] = [];
		for (const [at, {role, fill}] of layout.columns.entries()) {
			const column = plan.columns[at] ?? null;
			if (role !== 'dev-only' || fill === null || column === null) {
				fills.push(null);
				continue;
			}
			const {type, collation} = column.type;
			const collate = collation === null ? '' : ` COLLATE ${collation}`;
			const value = column.form.select(`(CONVERT(${type}, ${fill})${collate})`);
			const [row] = await this.#session.readAll(`SELECT ${value}`);
			fills.push(readValue(column, row?.[0] ?? null));
		}
		return fills;
	}

	/** No account sees the log's position without rights on the whole server. */
	readVersion(): Promise<string | null> {
		return Promise.resolve(null);
	}

	close(): Promise<void> {
		return this.#session.close();
	}

	async *#readAsLines(plan: RowPlan, sql: string): AsyncGenerator<Buffer> {
		for await (const rows of this.#session.readRows(sql)) {
			yield Buffer.from(rows.map((values) => renderLine(plan, values)).join(''));
		}
	}

	/** All rows are read for each segment of such a table. */
	async *#readBucketLines(plan: RowPlan, segment: Segment): AsyncGenerator<Buffer> {
		const {after, upTo} = readBucketRange(segment);
		const sql = `SELECT ${plan.select} FROM ${plan.table}${joinConditions(plan.conditions)}`;
		for await (const chunk of this.#readAsLines(plan, sql)) {
			const lines = splitLines(chunk).filter((line) => {
				const bucket = findBucket(readLineKey(plan, line));
				return bucket > after && bucket <= upTo;
			});
			if (lines.length > 0) yield Buffer.concat(lines.flatMap((line) => [line, lineFeed]));
		}
	}

	async #plan(layout: Layout): Promise<RowPlan> {
		const ready = this.#ready.get(layout);
		if (ready) return ready;
		const name = JSON.stringify(layout);
		const known =
			this.#plans.get(name) ??
			readTableShape(this.#session, layout.table).then((shape) => planRows(layout, shape));
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
	const limit =
		plan.layout.key.paging === 'buckets'
			? limitToBuckets(plan, segment)
			: limitToSegment(plan, segment);
	return joinConditions([...plan.conditions, ...limit, ...more]);
}

function unkeyedConditions({key, layout}: RowPlan): string[] {
	const nullable = key.filter(({type}) => type.nullable);
	const isUnkeyed =
		nullable.length > 0 ? nullable.map(({sql}) => `${sql} IS NULL`).join(' OR ') : '1 = 0';
	return [...(key.length > 0 ? [isUnkeyed] : []), ...(layout.where === null ? [] : [layout.where])];
}

/** As hex digits without a sign. */
function spellBits(value: unknown): string {
	return BigInt.asUintN(64, BigInt(String(value)))
		.toString(16)
		.padStart(16, '0');
}
