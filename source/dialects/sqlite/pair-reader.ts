import type {Database} from 'better-sqlite3';
import type {ConnectionSettings} from '../../model/connection-settings.ts';
import {ConnectionError, SchemaChangedError} from '../../model/errors.ts';
import type {Layout} from '../../model/layout.ts';
import type {PairBatch} from '../../model/packed-pairs.ts';
import type {ComparedSegment, Segment, SegmentCounts} from '../../model/segment.ts';
import type {PairReader, SegmentWork} from '../dialect.ts';
import {explainError, guard} from './errors.ts';
import {FileVersion} from './file-version.ts';
import {openFile, requireSqlite} from './open-file.ts';
import {BatchPool} from './pair/batch-pool.ts';
import {compareKeyedRows} from './pair/compare-segment.ts';
import {compareUnkeyedRows} from './pair/compare-unkeyed.ts';
import {findSegmentEnd, readDataVersion} from './pair/find-boundary.ts';
import {makePairPlan, type PairPlan} from './pair/pair-plan.ts';
import {readDefinition} from './pair/side-table.ts';
import {Snapshot} from './pair/snapshot.ts';
import {findSplitKeys} from './pair/split-keys.ts';
import {
	mayHaveUnkeyed,
	renderHasUnkeyed,
	renderUnkeyed,
	renderUnkeyedCount,
} from './pair/unkeyed-sql.ts';
import {readEncoding} from './rows/read-encoding.ts';
import {run} from './run.ts';
import type {SqliteValue, TextEncoding} from './rows/values.ts';

const schemas = ['main', 'dev'] as const;

/** Of each file and thread, also what a sort may take before it goes to a temporary file. */
const cacheKibibytes = 4096;

/** Prod's file with dev's attached to it: one join compares both. One piece of work at a time. */
export class SqlitePairReader implements PairReader {
	readonly #database: Database;
	readonly #files: readonly [prod: string, dev: string];
	readonly #encoding: TextEncoding;
	readonly #snapshot: Snapshot;
	readonly #version: FileVersion;
	readonly #pool = new BatchPool();
	readonly #plans = new WeakMap<Layout, PairPlan>();
	/** The schema versions at which a plan was last found to hold. */
	readonly #checked = new WeakMap<PairPlan, string>();

	private constructor(
		database: Database,
		files: readonly [prod: string, dev: string],
		wantsSnapshot: boolean,
	) {
		this.#database = database;
		this.#files = files;
		this.#version = new FileVersion(files);
		this.#encoding = readEncoding(database);
		this.#snapshot = new Snapshot(database, wantsSnapshot);
	}

	/**
	Opens both files read-only.

	@throws {ConnectionError} When one can't be opened, or they keep text in different encodings.
	@throws {LockedError} When another process holds one of them.
	*/
	static open(prod: ConnectionSettings, dev: ConnectionSettings): SqlitePairReader {
		const [ours, theirs] = [requireSqlite(prod), requireSqlite(dev)];
		// Dev alone first: once attached nobody can tell which file an error is about.
		const other = openFile(theirs, 'read');
		const encoding = guard([theirs.file], () => readEncoding(other));
		other.close();
		const database = openFile(ours, 'read');
		try {
			return guard([ours.file, theirs.file], () => {
				attach(database, theirs.file, encoding);
				// Rows are read in order and once: a segment's pages are all that is worth keeping.
				for (const schema of schemas) database.pragma(`${schema}.cache_size = ${-cacheKibibytes}`);
				const files = [ours.file, theirs.file] as const;
				return new SqlitePairReader(database, files, ours.snapshot && theirs.snapshot);
			});
		} catch (error) {
			database.close();
			throw error;
		}
	}

	splitKeys(layout: Layout, parts: number): Promise<string[]> {
		return this.#work(layout, (plan) =>
			plan.isOrdered ? findSplitKeys(this.#database, plan, parts, this.#encoding) : [],
		);
	}

	/**
	The end of a segment that starts at `after` and holds at most `rows` rows of either
	side; `upTo` when fewer are left.
	*/
	findBoundary(layout: Layout, segment: Segment, rows: number): Promise<string | null> {
		return this.#work(layout, (plan) =>
			plan.isOrdered
				? findSegmentEnd(this.#database, plan, segment, rows, this.#encoding)
				: segment.upTo,
		);
	}

	async *compareNext(
		layout: Layout,
		segment: Segment,
		{rows}: SegmentWork,
	): AsyncGenerator<PairBatch, ComparedSegment> {
		const upTo = await this.findBoundary(layout, segment, rows);
		const counts = yield* this.compareSegment(layout, {after: segment.after, upTo});
		return {...counts, way: 'join', upTo};
	}

	compareSegment(layout: Layout, segment: Segment): AsyncGenerator<PairBatch, SegmentCounts> {
		const database = this.#database;
		return this.#stream(layout, (plan) => compareKeyedRows(database, plan, segment));
	}

	compareUnkeyed(layout: Layout): AsyncGenerator<PairBatch, SegmentCounts> {
		const [database, encoding] = [this.#database, this.#encoding];
		return this.#stream(layout, function* (plan) {
			if (!mayHaveUnkeyed(plan)) return {prodRows: 0, devRows: 0};
			const [prodRows, devRows] = [plan.prod, plan.dev].map((side) =>
				side
					? (database.prepare<[], number>(renderUnkeyedCount(plan, side)).pluck().get() ?? 0)
					: 0,
			);
			const statement = database
				.prepare<[], SqliteValue[]>(renderUnkeyed(plan))
				.raw()
				.safeIntegers();
			yield* compareUnkeyedRows(statement, plan.columns, layout.comparedCount, encoding);
			return {prodRows: prodRows ?? 0, devRows: devRows ?? 0};
		});
	}

	hasUnkeyedRows(layout: Layout): Promise<boolean> {
		return this.#work(layout, (plan) =>
			[plan.prod, plan.dev]
				.filter((side) => side !== null)
				.some(
					(side) =>
						this.#database.prepare<[], number>(renderHasUnkeyed(plan, side)).pluck().get() === 1,
				),
		);
	}

	/** A token that still means the same after a restart. */
	readVersion(): Promise<string> {
		return run(() =>
			guard(this.#files, () =>
				this.#version.read(this.#snapshot.isHeld ? '' : readDataVersion(this.#database)),
			),
		);
	}

	close(): Promise<void> {
		return run(() => {
			this.#snapshot.close();
			this.#database.close();
		});
	}

	#work<Result>(layout: Layout, work: (plan: PairPlan) => Result): Promise<Result> {
		return run(() =>
			guard(this.#files, () => this.#snapshot.run(() => work(this.#planFor(layout)))),
		);
	}

	// eslint-disable-next-line @typescript-eslint/require-await -- the seam waits, SQLite never does
	async *#stream(
		layout: Layout,
		work: (plan: PairPlan) => Generator<PairBatch, SegmentCounts, undefined>,
	): AsyncGenerator<PairBatch, SegmentCounts> {
		const planFor = () => this.#planFor(layout);
		try {
			return yield* this.#snapshot.within(function* () {
				return yield* work(planFor());
			});
		} catch (error) {
			throw explainError(error, this.#files);
		}
	}

	/** Inside a transaction. */
	#planFor(layout: Layout): PairPlan {
		const version = this.#readPragmas('schema_version');
		const known = this.#plans.get(layout);
		if (known) {
			if (this.#checked.get(known) !== version) this.#requireSameSchema(known);
			this.#checked.set(known, version);
			return known;
		}
		const plan = makePairPlan(this.#database, layout, this.#encoding, this.#pool);
		this.#plans.set(layout, plan);
		this.#checked.set(plan, version);
		return plan;
	}

	/** The schema version also moves with VACUUM and with other tables. */
	#requireSameSchema({layout, prod, dev}: PairPlan): void {
		for (const [schema, side] of [
			['main', prod],
			['dev', dev],
		] as const) {
			const now = readDefinition(this.#database, schema, layout.table);
			if (now === (side?.definition ?? '')) continue;
			const name = schema === 'main' ? 'prod' : 'dev';
			const what = now === '' ? 'is gone' : 'has changed';
			throw new SchemaChangedError(`${layout.table} ${what} on ${name} while it was compared.`, {
				hint: 'Start the comparison anew.',
			});
		}
	}

	#readPragmas(name: string): string {
		return schemas
			.map((schema) => String(this.#database.pragma(`${schema}.${name}`, {simple: true})))
			.join(',');
	}
}

/** Two files that can't be attached to each other, but read side by side. */
export class OtherEncodingError extends ConnectionError {}

function attach(database: Database, file: string, encoding: TextEncoding): void {
	const isEmpty = database.pragma('page_count', {simple: true}) === 0;
	// An empty file has no encoding yet and takes the other side's.
	if (isEmpty) database.pragma(`encoding = '${encoding}'`);
	try {
		database.prepare('ATTACH ? AS dev').run(file);
		database.prepare('SELECT count(*) FROM dev.sqlite_schema').get();
		// Pages are read in key order, mostly once: a larger cache would only take memory.
		for (const schema of schemas) database.pragma(`${schema}.cache_size = -4000`);
	} catch (error) {
		if (!(error instanceof Error) || !error.message.includes('same text encoding')) throw error;
		throw new OtherEncodingError(
			`prod keeps its text as ${readEncoding(database)}, dev as ${encoding}: SQLite can't read both together.`,
			{
				hint: `Make a copy of one of them in the other's encoding: \`sqlite3 OLD .dump\` into a new file that began with \`PRAGMA encoding\`.`,
				cause: error,
			},
		);
	}
}
