import type pg from 'pg';
import type {ConnectionSettings, ServerSettings} from '../../model/connection-settings.ts';
import {ConnectionError} from '../../model/errors.ts';
import {ServerSession, type Row, type SessionDriver} from '../server/session.ts';
import {cancelStatement} from './cancel.ts';
import {explainError} from './errors.ts';
import {quoteName, quoteText} from './names.ts';

/** What a session is opened for; `read` makes every transaction of it read-only. */
export type Access = 'read' | 'write';

/** One PostgreSQL connection whose settings make the same value the same text everywhere. */
export class PostgresSession {
	readonly settings: ServerSettings;
	/** As `server_version_num`: 150014 is 15.14. */
	readonly version: number;
	/** The schemas that are compared, the default one first. All are on the search path. */
	readonly schemas: readonly [string, ...string[]];
	/** `server_encoding`, e.g. `UTF8`. */
	readonly encoding: string;
	readonly #session: ServerSession<pg.Client>;

	private constructor(session: ServerSession<pg.Client>, facts: Row) {
		this.#session = session;
		this.settings = session.settings;
		this.version = Number(facts['version']);
		this.encoding = facts['encoding'] ?? '';
		const [first = facts['schema'] ?? 'public', ...others] = this.settings.schemas;
		this.schemas = [first, ...others];
	}

	/**
	@param signal Cancels what is running.
	@throws {ConnectionError} With a hint.
	*/
	static async open(
		settings: ConnectionSettings,
		{access, signal}: {readonly access: Access; readonly signal?: AbortSignal | undefined},
	): Promise<PostgresSession> {
		const own = requirePostgres(settings);
		const session = await ServerSession.open<pg.Client>(driver, own, signal);
		try {
			const facts = await session.attempt(() => session.raw.query<Row>(pinSettings(own, access)));
			// Several statements give several results, which the types of pg don't know.
			const results = facts as unknown as pg.QueryResult<Row>[];
			const opened = new PostgresSession(session, results.at(-1)?.rows[0] ?? {});
			// Text of a database without an encoding may be no valid UTF-8: it is taken as it is.
			if (opened.encoding === 'SQL_ASCII') await opened.run(`SET client_encoding = 'SQL_ASCII'`);
			return opened;
		} catch (error) {
			await session.close();
			throw error;
		}
	}

	/** The connection is gone: a new session is needed. */
	get isLost(): boolean {
		return this.#session.isLost;
	}

	get isUtf8(): boolean {
		return this.encoding === 'UTF8';
	}

	/** For COPY and pipelines; wrap what it does in `attempt`. */
	get client(): pg.Client {
		return this.#session.raw;
	}

	/** Asks with bound values for the question marks in the SQL, which may hold no others. */
	query(sql: string, bindings: readonly (string | number | null)[] = []): Promise<readonly Row[]> {
		return this.#session.query(sql, bindings);
	}

	/** Runs SQL text as it is, several statements too; gives the last one's rows. */
	async run(sql: string): Promise<readonly Row[]> {
		const result: unknown = await this.attempt(() => this.client.query(sql));
		// One result for each statement, itself where there is one.
		const last = (Array.isArray(result) ? result.at(-1) : result) as pg.QueryResult<Row>;
		return last.rows;
	}

	attempt<Result>(work: () => Promise<Result>): Promise<Result> {
		return this.#session.attempt(work);
	}

	/** For an error that came in another way than through `attempt`. */
	explain(error: unknown): Promise<unknown> {
		return this.#session.explain(error);
	}

	/** Stops what is running, which then fails. */
	cancel(): Promise<void> {
		return this.#session.cancel();
	}

	close(): Promise<void> {
		return this.#session.close();
	}
}

function requirePostgres(settings: ConnectionSettings): ServerSettings {
	if (settings.driver === 'postgres') return settings;
	throw new ConnectionError(`${settings.driver} is no PostgreSQL.`);
}

const keepAliveAfter = 10_000;

const driver: SessionDriver = {
	client: 'pg',
	makeOptions: (settings, tls, makeSocket) => ({
		host: settings.socketPath ?? settings.host,
		port: settings.port,
		database: settings.database,
		...(settings.user !== undefined && {user: settings.user}),
		...(settings.password !== undefined && {password: settings.password}),
		ssl: tls ?? false,
		// Left open, it would wait for a password until the server hangs up.
		stream: makeSocket,
		connectionTimeoutMillis: settings.connectTimeout,
		keepAlive: true,
		keepAliveInitialDelayMillis: keepAliveAfter,
		application_name: 'deepdiff-db',
		// The driver's parsers cut timestamps to milliseconds and round large integers.
		types: {getTypeParser: () => (text: unknown) => text},
	}),
	isWithoutTls: (error) => error instanceof Error && /does not support SSL/.test(error.message),
	// Knex gives what the driver gives, and no parser touched its values.
	readRows: (response) => (response as pg.QueryResult<Row>).rows,
	cancel: cancelStatement,
	explain: explainError,
};

/**
Settings that decide how values are spelled, what is waited for and what may be written. A
setting that this version does not have is left out.
*/
function pinSettings(settings: ServerSettings, access: Access): string {
	const pinned = {
		...spellingSettings,
		lock_timeout: String(settings.lockTimeout),
		statement_timeout: String(settings.statementTimeout),
		// A held snapshot sits idle in its transaction for as long as the comparison takes.
		idle_in_transaction_session_timeout: '0',
		idle_session_timeout: '0',
		transaction_timeout: '0',
		default_transaction_read_only: access === 'read' ? 'on' : 'off',
		default_transaction_isolation: 'read committed',
		default_transaction_deferrable: 'off',
		// Compiling a query that spells and hashes every column takes longer than running it.
		jit: 'off',
	};
	const values = Object.entries(pinned).map((pair) => `(${pair.map(quoteText).join(', ')})`);
	return [
		`SELECT pg_catalog.set_config(s.name, p.value, false) FROM (VALUES ${values.join(', ')}) AS p (name, value) JOIN pg_catalog.pg_settings AS s ON s.name = p.name`,
		...(settings.schemas.length > 0 ? [setSearchPath(settings.schemas)] : []),
		`SELECT pg_catalog.current_setting('server_version_num') AS version, pg_catalog.current_setting('server_encoding') AS encoding, pg_catalog.current_schema() AS schema`,
	].join(';\n');
}

/**
How values are spelled: those of a pack too, so that it means the same in everybody's shell.
(Manual, "Client Connection Defaults".)
*/
export const spellingSettings = {
	TimeZone: 'UTC',
	DateStyle: 'ISO, YMD',
	IntervalStyle: 'iso_8601',
	extra_float_digits: '1',
	bytea_output: 'hex',
	xmloption: 'content',
	standard_conforming_strings: 'on',
	array_nulls: 'on',
	// A routine may name what a plan makes only after it.
	check_function_bodies: 'off',
	lc_monetary: 'C',
} as const;

/** Types and operators of extensions (citext) are found too, after everything else. */
function setSearchPath(schemas: readonly string[]): string {
	const own = schemas.map((name) => quoteName(name)).join(', ');
	const names = schemas.map(quoteText).join(', ');
	return `SELECT pg_catalog.set_config('search_path', pg_catalog.concat_ws(', ', ${quoteText(own)}, (SELECT pg_catalog.string_agg(DISTINCT pg_catalog.quote_ident(n.nspname), ', ') FROM pg_catalog.pg_extension AS e JOIN pg_catalog.pg_namespace AS n ON n.oid = e.extnamespace WHERE n.nspname NOT IN ('pg_catalog', ${names}))), false)`;
}
