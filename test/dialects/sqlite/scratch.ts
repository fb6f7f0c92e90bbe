import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import SQLite from 'better-sqlite3';
import type {SqliteSettings} from '../../../source/model/connection-settings.ts';
import type {Layout, LayoutColumn} from '../../../source/model/layout.ts';

/** A folder of real database files that is removed again. */
export class Scratch {
	readonly folder = mkdtempSync(join(tmpdir(), 'deepdiff-test-'));

	path(name: string): string {
		return join(this.folder, name);
	}

	/** Makes a database by running SQL; gives its settings. */
	make(name: string, sql: string): SqliteSettings {
		const file = this.path(name);
		rmSync(file, {force: true});
		const database = new SQLite(file);
		try {
			database.pragma('synchronous = OFF');
			database.pragma('foreign_keys = OFF');
			database.exec(sql);
		} finally {
			database.close();
		}
		return settingsFor(file);
	}

	[Symbol.dispose](): void {
		this.remove();
	}

	remove(): void {
		rmSync(this.folder, {recursive: true, force: true});
	}
}

export function settingsFor(file: string): SqliteSettings {
	return {driver: 'sqlite', file, lockTimeout: 100, snapshot: true};
}

/** A layout of common columns; the key is `rows` when no column is named for it. */
export function makeLayout(
	table: string,
	columns: readonly string[],
	key: readonly string[],
	more: Partial<Layout> = {},
): Layout {
	return {
		table,
		presentOn: 'both',
		columns: columns.map((name): LayoutColumn => ({
			name,
			role: 'common',
			fill: null,
			tolerance: null,
		})),
		comparedCount: columns.length,
		key: {kind: key.length === 0 ? 'rows' : 'primary key', columns: key, reason: ''},
		leftOut: [],
		where: null,
		...more,
	};
}
