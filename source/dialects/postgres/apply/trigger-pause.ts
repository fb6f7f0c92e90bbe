import {quoteName, quoteText} from '../names.ts';
import type {PostgresSession} from '../session.ts';

/**
Keeps triggers from firing inside a transaction: those of a table are switched off before a row of
it is written, and on again before the structure changes and before the commit. Foreign keys, which
the server checks by triggers of its own, stay as they are; the account must own the tables.
*/
export class TriggerPause {
	readonly #session: PostgresSession;
	/** What switches the triggers of a table on again, by its quoted name. */
	readonly #paused = new Map<string, readonly string[]>();

	constructor(session: PostgresSession) {
		this.#session = session;
	}

	/** Sees to it that triggers are as these statements need them. */
	async prepareFor(statements: readonly string[]): Promise<void> {
		const tables = new Set(statements.map(readWrittenTable));
		if (tables.has(null)) await this.resume();
		for (const table of tables) {
			if (table !== null && !this.#paused.has(table)) await this.#pause(table);
		}
	}

	async resume(): Promise<void> {
		const statements = [...this.#paused.values()].flat();
		this.#paused.clear();
		if (statements.length === 0) return;
		// A table with checks that wait for the commit can't be altered (SQLSTATE 55006).
		await this.#session.run(['SET CONSTRAINTS ALL IMMEDIATE', ...statements].join('; '));
	}

	/** After a rollback they are on again by themselves. */
	forget(): void {
		this.#paused.clear();
	}

	async #pause(table: string): Promise<void> {
		const triggers = await this.#session.run(triggerQuery(table));
		const own = triggers.map((row) => ({
			alter: `ALTER TABLE ${quoteName(row['schema'] ?? '')}.${quoteName(row['name'] ?? '')}`,
			trigger: quoteName(row['trigger'] ?? ''),
			how: enabling[row['enabled'] ?? ''] ?? 'ENABLE',
		}));
		this.#paused.set(
			table,
			own.map(({alter, trigger, how}) => `${alter} ${how} TRIGGER ${trigger}`),
		);
		if (own.length === 0) return;
		const off = own.map(({alter, trigger}) => `${alter} DISABLE TRIGGER ${trigger}`);
		await this.#session.run(['SET CONSTRAINTS ALL IMMEDIATE', ...off].join('; '));
	}
}

const enabling: Readonly<Record<string, string>> = {R: 'ENABLE REPLICA', A: 'ENABLE ALWAYS'};

/** The table of a row write as `renderRowWrite` names it; null for every other statement. */
export function readWrittenTable(sql: string): string | null {
	return writes.exec(sql)?.[1] ?? null;
}

const name = '"(?:[^"]|"")+"';
const writes = new RegExp(`^(?:INSERT INTO|UPDATE|DELETE FROM) (${name}(?:\\.${name})?) `);

/** Of the table and of its partitions, which have triggers of their own. */
function triggerQuery(table: string): string {
	return `
SELECT n.nspname AS schema, c.relname AS name, t.tgname AS trigger, t.tgenabled AS enabled
FROM pg_catalog.pg_trigger AS t
JOIN pg_catalog.pg_class AS c ON c.oid = t.tgrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE NOT t.tgisinternal AND t.tgenabled <> 'D'
	AND (t.tgrelid = ${quoteText(table)}::regclass OR t.tgrelid IN (SELECT p.relid FROM pg_catalog.pg_partition_tree(${quoteText(table)}::regclass) AS p))
ORDER BY n.nspname, c.relname, t.tgname`;
}
