import {basename} from 'node:path';
import type {Database} from 'better-sqlite3';
import type {ConnectionSettings} from '../../model/connection-settings.ts';
import {SchemaChangedError} from '../../model/errors.ts';
import type {Layout} from '../../model/layout.ts';
import type {Segment} from '../../model/segment.ts';
import {
	findBucket,
	readBucketRange,
	type GroupSum,
	type KeyDigest,
	type SideReader,
	type SideRow,
	type Slice,
} from '../side-reader.ts';
import {explainError, guard} from './errors.ts';
import {FileVersion} from './file-version.ts';
import {openFile, requireSqlite} from './open-file.ts';
import {bindKey, bindSegment, type Parameters} from './pair/key-range.ts';
import {evaluateFill} from './pair/pair-columns.ts';
import {readDefinition} from './pair/side-table.ts';
import {Snapshot} from './pair/snapshot.ts';
import {encodeKeyValues} from './pair/split-keys.ts';
import {castField} from './rows/cast-field.ts';
import {readEncoding} from './rows/read-encoding.ts';
import {run} from './run.ts';
import {readRowsByKey} from './rows/read-rows.ts';
import {makeSuspicion, type SqliteValue, type TextEncoding} from './rows/values.ts';
import {encodeFields, makeRow, readLine, spellLine} from './side/row-lines.ts';
import {makeSidePlan, type SidePlan} from './side/side-plan.ts';
import * as sql from './side/side-sql.ts';

const chunkCharacters = 64 * 1024;

/** Rows that are read in one transaction where no snapshot is held: a reader keeps writers out. */
const pageRows = 10_000n;

const everything: Segment = {after: null, upTo: null};

/** One SQLite file, for comparing it with a database that can't be attached to it. */
export class SqliteSideReader implements SideReader {
	readonly #database: Database;
	readonly #file: string;
	readonly #encoding: TextEncoding;
	readonly #snapshot: Snapshot;
	readonly #version: FileVersion;
	readonly #plans = new WeakMap<Layout, SidePlan>();
	/** The schema version at which a plan was last found to hold. */
	readonly #checked = new WeakMap<SidePlan, string>();

	/**
	@throws {ConnectionError} When the file can't be opened.
	@throws {LockedError} When another process holds it.
	*/
	constructor(settings: ConnectionSettings) {
		const {file, ...own} = requireSqlite(settings);
		this.#file = file;
		this.#database = openFile({file, ...own}, 'read');
		this.#encoding = readEncoding(this.#database);
		this.#snapshot = new Snapshot(this.#database, own.snapshot, ['main']);
		this.#version = new FileVersion([file]);
	}

	/** The lines are the canonical encoding, so only what is there matters. */
	describeFormat(layout: Layout): Promise<string> {
		return this.#work(layout, ({columns}) => {
			const present = columns.map((column) => (column ? '+' : '-')).join('');
			return `canonical ${present}`;
		});
	}

	findKey({layout, segment}: Slice, rows: number): Promise<string | null> {
		return this.#work(layout, (plan) => this.#readKey(plan, segment, rows - 1) ?? segment.upTo);
	}

	splitKeys(layout: Layout, parts: number): Promise<string[]> {
		return this.#work(layout, (plan) => {
			const rows = this.#database.prepare<[], number>(sql.renderCount(plan)).pluck().get() ?? 0;
			const keys = Array.from({length: parts - 1}, (_, index) => {
				const offset = Math.floor((rows * (index + 1)) / parts) - 1;
				return offset < 0 ? null : this.#readKey(plan, everything, offset);
			});
			return [...new Set(keys.filter((key) => key !== null))];
		});
	}

	pickFirst(layout: Layout, a: string, b: string): Promise<string> {
		return this.#work(layout, (plan) => {
			const parameters: Parameters = {};
			const [left, right] = [bindKey(a, 'a', parameters), bindKey(b, 'b', parameters)];
			const first = this.#database
				.prepare<[Parameters], number>(sql.renderPickFirst(plan, left, right))
				.pluck()
				.get(parameters);
			return first === 1 ? a : b;
		});
	}

	/** SQLite has no SHA-256, and hashing here is no quicker than comparing the rows. */
	sumDigests(): Promise<GroupSum[] | null> {
		return Promise.resolve(null);
	}

	// eslint-disable-next-line require-yield, @typescript-eslint/require-await -- see sumDigests
	async *readDigests(): AsyncGenerator<KeyDigest[]> {
		throw new TypeError('SQLite sums no digests');
	}

	readLines({layout, segment}: Slice): AsyncGenerator<Buffer> {
		if (layout.key.paging !== 'buckets') return this.#stream(this.#readRange(layout, segment));
		const {after, upTo} = readBucketRange(segment);
		return this.#stream(
			this.#readAll(layout, sql.renderAllRows, (fields, plan) => {
				const bucket = findBucket(makeRow(plan, fields).key);
				return bucket > after && bucket <= upTo;
			}),
		);
	}

	readLineKey(layout: Layout, line: Buffer): string {
		return this.decodeLine(layout, line).key;
	}

	decodeLine(layout: Layout, line: Buffer): SideRow {
		return makeRow(this.#plans.get(layout) ?? this.#findPlan(layout), readLine(line));
	}

	readRowsByKey(layout: Layout, keys: readonly string[]): Promise<(SideRow | null)[]> {
		return this.#work(layout, (plan) =>
			readRowsByKey(this.#database, layout, keys, this.#encoding).map(
				(fields) => fields && makeRow(plan, fields),
			),
		);
	}

	readUnkeyedLines(layout: Layout): AsyncGenerator<Buffer> {
		return this.#stream(this.#readAll(layout, sql.renderUnkeyedRows, () => true));
	}

	hasUnkeyedRows(layout: Layout): Promise<boolean> {
		return this.#work(
			layout,
			(plan) => this.#database.prepare<[], number>(sql.renderHasUnkeyed(plan)).pluck().get() === 1,
		);
	}

	readFills(layout: Layout): Promise<(string | null)[]> {
		return this.#work(layout, ({columns}) =>
			layout.columns.map((column, index) => {
				const own = columns[index];
				if (column.role !== 'dev-only' || column.fill === null || !own) return null;
				return castField(evaluateFill(column.fill, own.affinity, this.#encoding), column);
			}),
		);
	}

	readVersion(): Promise<string> {
		return run(() =>
			guard([this.#file], () =>
				this.#version.read(this.#snapshot.isHeld ? '' : this.#readPragma('data_version')),
			),
		);
	}

	close(): Promise<void> {
		return run(() => {
			this.#snapshot.close();
			this.#database.close();
		});
	}

	/** In pages, unless a snapshot is held. */
	*#readRange(layout: Layout, {after, upTo}: Segment): Generator<Buffer, void, undefined> {
		let start = after;
		for (;;) {
			const rows = this.#snapshot.isHeld ? -1n : pageRows;
			const range = {after: start, upTo};
			let last: string | null = null;
			let read = 0n;
			yield* this.#snapshot.within(
				function* (this: SqliteSideReader) {
					const plan = this.#findPlan(layout);
					const {ends, parameters} = bindSegment(range);
					const render = (isExact: boolean) => sql.renderRows(plan, ends, isExact);
					for (const rowsOfChunk of this.#readFields(plan, render, {...parameters, rows})) {
						read += BigInt(rowsOfChunk.length);
						last = makeRow(plan, rowsOfChunk.at(-1) ?? []).key;
						yield Buffer.from(rowsOfChunk.map(spellLine).join(''));
					}
				}.bind(this),
			);
			if (rows < 0n || read < rows) return;
			start = last;
		}
	}

	*#readAll(
		layout: Layout,
		render: (plan: SidePlan, isExact: boolean) => string,
		isWanted: (fields: string[], plan: SidePlan) => boolean,
	): Generator<Buffer, void, undefined> {
		yield* this.#snapshot.within(
			function* (this: SqliteSideReader) {
				const plan = this.#findPlan(layout);
				for (const rows of this.#readFields(plan, (isExact) => render(plan, isExact), {})) {
					const wanted = rows.filter((fields) => isWanted(fields, plan));
					if (wanted.length > 0) yield Buffer.from(wanted.map(spellLine).join(''));
				}
			}.bind(this),
		);
	}

	/** Rows in chunks; from the first text on that may have lost bytes, text is read as bytes. */
	*#readFields(
		plan: SidePlan,
		render: (isExact: boolean) => string,
		parameters: Parameters,
	): Generator<string[][], void, undefined> {
		const isSuspect = makeSuspicion(this.#encoding);
		let given = 0;
		for (const isExact of [false, true]) {
			let toSkip = given;
			let rows: string[][] = [];
			let characters = 0;
			let foundSuspect = false;
			const statement = this.#database.prepare<[Parameters], SqliteValue[]>(render(isExact));
			for (const values of statement.raw().safeIntegers().iterate(parameters)) {
				if (toSkip > 0) {
					toSkip--;
					continue;
				}
				const fields = encodeFields(plan, values, isExact);
				foundSuspect = !isExact && fields.some(isSuspect);
				if (foundSuspect) break;
				rows.push(fields);
				for (const field of fields) characters += field.length;
				if (characters < chunkCharacters) continue;
				given += rows.length;
				yield rows;
				rows = [];
				characters = 0;
			}
			given += rows.length;
			if (rows.length > 0) yield rows;
			if (!foundSuspect) return;
		}
	}

	#readKey(plan: SidePlan, segment: Segment, offset: number): string | null {
		const {ends, parameters} = bindSegment(segment);
		const values = this.#database
			.prepare<[Parameters], SqliteValue[]>(sql.renderKeyAt(plan, ends))
			.raw()
			.safeIntegers()
			.get({...parameters, offset: BigInt(offset)});
		if (!values) return null;
		const {layout, keyAt} = plan;
		const fields = Array.from({length: keyAt.length}, (_, at) =>
			castField(
				encodeKeyValues(values.slice(2 * at, 2 * at + 2), this.#encoding),
				layout.columns[keyAt[at] ?? -1] ?? {},
			),
		);
		return fields.join('');
	}

	#work<Result>(layout: Layout, work: (plan: SidePlan) => Result): Promise<Result> {
		return run(() =>
			guard([this.#file], () => this.#snapshot.run(() => work(this.#findPlan(layout)))),
		);
	}

	// eslint-disable-next-line @typescript-eslint/require-await -- the seam waits, SQLite never does
	async *#stream(chunks: Generator<Buffer, void, undefined>): AsyncGenerator<Buffer> {
		try {
			yield* chunks;
		} catch (error) {
			throw explainError(error, [this.#file]);
		}
	}

	/** Inside a transaction. */
	#findPlan(layout: Layout): SidePlan {
		const version = this.#readPragma('schema_version');
		const known = this.#plans.get(layout);
		if (known && this.#checked.get(known) === version) return known;
		const plan = known ?? makeSidePlan(this.#database, layout, this.#encoding, this.#name);
		// The schema version also moves with VACUUM and with other tables.
		if (known && readDefinition(this.#database, 'main', layout.table) !== known.table.definition) {
			throw new SchemaChangedError(
				`${layout.table} has changed on ${this.#name} while it was compared.`,
				{hint: 'Start the comparison anew.'},
			);
		}
		this.#plans.set(layout, plan);
		this.#checked.set(plan, version);
		return plan;
	}

	get #name(): string {
		return basename(this.#file);
	}

	#readPragma(name: string): string {
		return String(this.#database.pragma(name, {simple: true}));
	}
}
