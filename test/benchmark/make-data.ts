import {copyFileSync} from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';

/** The shares of rows that differ, as in the readme's table. */
export const shares = {'0 %': 0, '0.01 %': 10_000, '1 %': 100, '50 %': 2} as const;
export type Share = keyof typeof shares;

/** Makes prod.db: one table of 10 columns, about 140 bytes a row. */
export function makeProd(folder: string, rows: number): string {
	const file = path.join(folder, `prod-${rows}.db`);
	const database = new Database(file);
	database.pragma('journal_mode = OFF');
	database.pragma('synchronous = OFF');
	database.exec(`CREATE TABLE customer (
		id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, city TEXT, balance REAL,
		orders INTEGER, status TEXT, created_at TEXT, note TEXT, is_active INTEGER)`);
	database
		.prepare(
			`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
			INSERT INTO customer SELECT i, 'Customer ' || i, 'customer' || i || '@example.com',
				'City ' || (i % 1000), i * 1.25 + 0.1, i % 97,
				CASE i % 3 WHEN 0 THEN 'new' WHEN 1 THEN 'active' ELSE 'closed' END,
				'2026-01-01 00:00:' || printf('%02d', i % 60),
				'a note of moderate length ' || (i * 7919 % 1000003), i % 2 FROM n`,
		)
		.run(rows);
	database.close();
	return file;
}

/** Copies prod and changes the text of every n-th row. */
export function makeDev(folder: string, prod: string, share: Share): string {
	const file = path.join(folder, `dev-${path.basename(prod, '.db')}-${shares[share]}.db`);
	copyFileSync(prod, file);
	if (shares[share] > 0) {
		const database = new Database(file);
		database.pragma('journal_mode = OFF');
		database.prepare(`UPDATE customer SET name = name || ' x' WHERE id % ? = 0`).run(shares[share]);
		database.close();
	}
	return file;
}
