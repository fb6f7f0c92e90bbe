import type {Catalog} from '../../model/catalog.ts';
import type {ConnectionSettings} from '../../model/connection-settings.ts';
import {ApplyError, ConnectionLostError} from '../../model/errors.ts';
import type {Layout} from '../../model/layout.ts';
import {
	type Connection,
	type ConnectOptions,
	type ForeignKeyViolation,
	type MissingRight,
	type ServerFacts,
} from '../dialect.ts';
import {ForeignKeyCheck} from './apply/foreign-key-check.ts';
import {runStatements} from './apply/run-statements.ts';
import {readCatalog} from './catalog/read-catalog.ts';
import {describeServer} from './describe-server.ts';
import {listMissingRights} from './missing-rights.ts';
import {quoteTable} from './names.ts';
import {countEqualRows} from './rows/count-copies.ts';
import {readRowsByKey} from './rows/read-by-key.ts';
import {planRows, type RowPlan} from './rows/row-plan.ts';
import {readTableShape} from './rows/table-shape.ts';
import {MysqlSession} from './session.ts';
import {title} from './title.ts';

/** A table that is estimated to have more is not counted: that would read all of it. */
const mostCounted = 500_000;

/** One open database of a MySQL or MariaDB server. */
export class MysqlConnection implements Connection {
	readonly settings: ConnectionSettings;
	readonly #session: MysqlSession;
	readonly #check = new ForeignKeyCheck();

	private constructor(session: MysqlSession) {
		this.settings = session.settings;
		this.#session = session;
	}

	/** @throws {ConnectionError} With a hint: refused, unknown host, wrong password, TLS … */
	static async open(
		settings: ConnectionSettings,
		{access, signal}: ConnectOptions,
	): Promise<MysqlConnection> {
		return new MysqlConnection(await MysqlSession.open(settings, {access, signal}));
	}

	describe(): Promise<ServerFacts> {
		return describeServer(this.#session);
	}

	readCatalog(): Promise<Catalog> {
		const {settings} = this.#session;
		return readCatalog((sql, bindings) => this.#session.query(sql, bindings), settings, title);
	}

	async countRows(table: string): Promise<number> {
		const name = quoteTable(table);
		const [estimate] = await this.#session.run(`EXPLAIN SELECT COUNT(*) FROM ${name}`);
		const rows = Number(estimate?.['rows'] ?? 0);
		if (rows > mostCounted) return rows;
		const [count] = await this.#session.run(`SELECT COUNT(*) AS count FROM ${name}`);
		return Number(count?.['count']);
	}

	listMissingRights(access: 'read' | 'write'): Promise<MissingRight[]> {
		return listMissingRights(this.#session, access);
	}

	async readRows(layout: Layout, keys: readonly string[]): Promise<(string | null)[]> {
		const rows = await readRowsByKey(this.#session, await this.#plan(layout), keys);
		return rows.map((row) => row && row.fields.join(''));
	}

	async countCopies(layout: Layout, rows: readonly string[]): Promise<number[]> {
		return countEqualRows(this.#session, await this.#plan(layout), rows);
	}

	/** @throws {ApplyError} Without triggers: this server can't switch them off. */
	async begin({triggers}: {readonly triggers: boolean}): Promise<void> {
		if (!triggers) {
			throw new ApplyError('MySQL and MariaDB can’t switch triggers off.', {
				hint: 'Apply with triggers that fire, or accept what they change.',
			});
		}
		this.#check.forget();
		// A change of structure ends the transaction; what comes after it begins the next.
		await this.#session.change(['SET SESSION autocommit = 0', 'START TRANSACTION']);
	}

	async run(statements: readonly string[]): Promise<number[]> {
		for (const sql of statements) this.#check.note(sql);
		return runStatements(this.#session, statements);
	}

	findNewViolations(): Promise<ForeignKeyViolation[]> {
		return this.#check.findNew(this.#session);
	}

	async commit(): Promise<void> {
		await this.#session.change(['COMMIT']);
		await this.#endTransaction();
	}

	async rollback(): Promise<void> {
		if (this.#session.isLost) return;
		try {
			await this.#session.change(['ROLLBACK']);
			await this.#endTransaction();
		} catch (error) {
			// The server rolls back what belonged to a connection that is gone.
			if (!(error instanceof ConnectionLostError)) throw error;
		}
	}

	close(): Promise<void> {
		return this.#session.close();
	}

	async #endTransaction(): Promise<void> {
		await this.#session.change(['SET SESSION autocommit = 1, foreign_key_checks = 1']);
	}

	async #plan(layout: Layout): Promise<RowPlan> {
		const shape = await readTableShape(this.#session, layout.table);
		return planRows(layout, shape, this.#session.version);
	}
}
