import {copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import SQLite, {type Database} from 'better-sqlite3';
import {DeepDiffError} from '../../../model/errors.ts';
import {fillBase} from './base/fill-base.ts';
import {driftApart} from './drift/drift-apart.ts';
import {clearOldDemo, markAsDemo} from './own-files.ts';
import {planSizes, type Sizes} from './sizes.ts';

export type Demo = {
	/** Paths of the three files. */
	readonly prod: string;
	readonly dev: string;
	readonly base: string;
	/** Tables of prod, without the virtual one and its shadows. */
	readonly tables: number;
	/** Rows in those tables together. */
	readonly rows: number;
};

export type DemoOptions = {
	/** @default 1 */
	readonly seed?: number;
	/**
	About how many rows each file gets; fewer than 5,000 are raised to that. The
	differences stay as many, but for the stock's, which grow along.

	@default 60_000
	*/
	readonly rows?: number;
};

/**
Makes two databases of an outdoor shop that went their own ways, and the ancestor that
they share.

The same options give the same content in every table and the same definitions. Rows are
written as they are made. An older demo in the folder is replaced.

@param folder Is made when it is missing.
@throws {DeepDiffError} When the folder can't be written to, or holds a file of one of the
three names that is not a demo's.
*/
export function makeDemo(folder: string, {seed = 1, rows = 60_000}: DemoOptions = {}): Demo {
	const paths = nameFiles(folder);
	try {
		mkdirSync(folder, {recursive: true});
		clearOldDemo(Object.values(paths));
		// Made elsewhere and moved: whoever stops halfway leaves no half a database behind.
		const workshop = mkdtempSync(join(folder, '.demo-'));
		try {
			const drafts = nameFiles(workshop);
			const size = writeFiles(drafts, seed, planSizes(rows));
			renameSync(drafts.base, paths.base);
			renameSync(drafts.dev, paths.dev);
			renameSync(drafts.prod, paths.prod);
			return {...paths, ...size};
		} finally {
			rmSync(workshop, {recursive: true, force: true});
		}
	} catch (error) {
		if (!isRefusal(error)) throw error;
		throw new DeepDiffError(`The demo can't be written to ${folder}: ${error.message}`, {
			hint: 'Name a folder that you can write to and that has room.',
			cause: error,
		});
	}
}

function nameFiles(folder: string) {
	return {
		prod: join(folder, 'prod.db'),
		dev: join(folder, 'dev.db'),
		base: join(folder, 'base.db'),
	};
}

function writeFiles(paths: ReturnType<typeof nameFiles>, seed: number, sizes: Sizes) {
	const base = openDraft(paths.base);
	markAsDemo(base);
	runAsOne([base], () => {
		fillBase(base, seed, sizes);
	});
	base.close();

	copyFileSync(paths.base, paths.prod);
	copyFileSync(paths.base, paths.dev);
	const prod = openDraft(paths.prod);
	const dev = openDraft(paths.dev);
	runAsOne([prod, dev], () => {
		driftApart({prod, dev}, seed, sizes);
	});
	const size = measure(prod);
	prod.close();
	dev.close();
	return size;
}

/** A file that nobody else knows of yet: if it is lost halfway, nothing is lost. */
function openDraft(path: string): Database {
	const database = new SQLite(path);
	database.pragma('synchronous = OFF');
	database.pragma('journal_mode = MEMORY');
	// Rows come in any order and tables are rebuilt; the tests check the keys of the result.
	database.pragma('foreign_keys = OFF');
	database.pragma('legacy_alter_table = ON');
	return database;
}

function runAsOne(databases: readonly Database[], work: () => void): void {
	for (const database of databases) database.exec('BEGIN');
	work();
	for (const database of databases) database.exec('COMMIT');
}

function measure(database: Database): {tables: number; rows: number} {
	const tables = database
		.prepare<[], string>(
			"SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
		)
		.pluck()
		.all();
	const counts = tables.map((table) =>
		database.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get(),
	);
	return {
		tables: tables.length,
		rows: counts.reduce<number>((sum, count) => sum + (count ?? 0), 0),
	};
}

/** What a full, missing or protected place answers, from the file system or from SQLite. */
function isRefusal(error: unknown): error is Error {
	if (!(error instanceof Error) || !('code' in error)) return false;
	const refusals =
		/^(EACCES|EPERM|EROFS|ENOSPC|ENOTDIR|EEXIST|SQLITE_(FULL|CANTOPEN|READONLY|IOERR))/;
	return refusals.test(String(error.code));
}
