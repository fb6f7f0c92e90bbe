import type {Catalog} from '../../model/catalog.ts';
import type {ConnectionSettings} from '../../model/connection-settings.ts';
import {ConnectionLostError} from '../../model/errors.ts';
import type {Layout} from '../../model/layout.ts';
import type {
	Connection,
	ConnectOptions,
	ForeignKeyViolation,
	MissingRight,
	ServerFacts,
} from '../dialect.ts';
import {runStatements} from './apply/run-statements.ts';
import {TriggerPause} from './apply/trigger-pause.ts';
import {readCatalog} from './catalog/read-catalog.ts';
import {describeServer} from './describe-server.ts';
import {listMissingRights} from './missing-rights.ts';
import {quoteTable} from './names.ts';
import {countEqualRows} from './rows/count-copies.ts';
import {readRowsByKey} from './rows/read-by-key.ts';
import {planRows, type RowPlan} from './rows/row-plan.ts';
import {readTableShape} from './rows/table-shape.ts';
import {MssqlSession} from './session.ts';
import {title} from './title.ts';
import {quoteText} from './values/quote-text.ts';

/** A table that has more is not counted: that would read all of it. */
const mostCounted = 500_000;

/** One open database of a SQL Server. */
export class MssqlConnection implements Connection {
	readonly settings: ConnectionSettings;
	readonly #session: MssqlSession;
	readonly #triggers = new TriggerPause();

	private constructor(session: MssqlSession) {
		this.settings = session.settings;
		this.#session = session;
	}

	/** @throws {ConnectionError} With a hint: refused, unknown host, wrong password, TLS … */
	static async open(
		settings: ConnectionSettings,
		{signal}: Pick<ConnectOptions, 'signal'>,
	): Promise<MssqlConnection> {
		return new MssqlConnection(await MssqlSession.open(settings, signal));
	}

	describe(): Promise<ServerFacts> {
		return describeServer(this.#session);
	}

	readCatalog(): Promise<Catalog> {
		return readCatalog(this.#session, this.#session.settings.schemas, title);
	}

	async countRows(table: string): Promise<number> {
		const name = quoteTable(table);
		// As the server last wrote it down: of the heap or the clustered index.
		const [estimate] = await this.#session.run(
			`SELECT SUM(rows) AS n FROM sys.partitions WHERE index_id IN (0, 1) AND object_id = OBJECT_ID(${quoteText(name)})`,
		);
		const rows = Number(estimate?.['n'] ?? 0);
		if (rows > mostCounted) return rows;
		const [count] = await this.#session.run(`SELECT COUNT_BIG(*) AS n FROM ${name}`);
		return Number(count?.['n']);
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

	async begin({triggers}: {readonly triggers: boolean}): Promise<void> {
		await this.#session.run('BEGIN TRANSACTION');
		try {
			if (!triggers) await this.#triggers.begin(this.#session);
		} catch (error) {
			await this.rollback();
			throw error;
		}
	}

	run(statements: readonly string[]): Promise<number[]> {
		return runStatements(this.#session, statements);
	}

	/** The server checks each statement, and those keys that are switched off it is told not to. */
	findNewViolations(): Promise<ForeignKeyViolation[]> {
		return Promise.resolve([]);
	}

	async commit(): Promise<void> {
		await this.#triggers.end(this.#session);
		await this.#session.run('COMMIT TRANSACTION');
	}

	async rollback(): Promise<void> {
		this.#triggers.forget();
		if (this.#session.isLost) return;
		try {
			// An error has rolled back already (XACT_ABORT).
			await this.#session.run('IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION');
		} catch (error) {
			// The server rolls back what belonged to a connection that is gone.
			if (!(error instanceof ConnectionLostError)) throw error;
		}
	}

	close(): Promise<void> {
		return this.#session.close();
	}

	async #plan(layout: Layout): Promise<RowPlan> {
		return planRows(layout, await readTableShape(this.#session, layout.table));
	}
}
