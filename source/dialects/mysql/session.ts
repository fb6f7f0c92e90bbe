import type mysql from 'mysql2';
import type {ConnectionSettings, ServerSettings} from '../../model/connection-settings.ts';
import {ConnectionError} from '../../model/errors.ts';
import {ServerSession, type Row, type SessionDriver} from '../server/session.ts';
import {parseServerVersion, type ServerVersion} from './catalog/server-version.ts';
import {explainError} from './errors.ts';
import {RowTap, type TapConnection} from './rows/row-tap.ts';
import {pinSession} from './session-settings.ts';

/** What a session is opened for; `read` makes every transaction of it read-only. */
export type Access = 'read' | 'write';

/** A driver's connection, with what its types leave out. */
type RawConnection = mysql.Connection & TapConnection;

/** What a statement did: `affectedRows` counts the rows that it found, changed or not. */
type StatementResult = {readonly affectedRows: number};

/** One connection whose settings make the same value the same text everywhere. */
export class MysqlSession {
	readonly settings: ServerSettings;
	readonly version: ServerVersion;
	/** As the server says it: `10.11.19-MariaDB-log`. */
	readonly versionText: string;
	/** Bytes of the largest statement that it takes. */
	readonly maxPacket: number;
	/** Every change goes to the server's binary log; that can't be switched while it runs. */
	readonly keepsLog: boolean;
	readonly #session: ServerSession<RawConnection>;
	readonly #tap: RowTap;

	private constructor(session: ServerSession<RawConnection>, facts: Row) {
		this.#session = session;
		this.#tap = new RowTap(session.raw);
		this.settings = session.settings;
		this.versionText = facts['version'] ?? '';
		this.version = parseServerVersion(this.versionText);
		this.maxPacket = Number(facts['packet']);
		this.keepsLog = facts['log'] === '1';
	}

	/**
	@param signal Stops what is running.
	@throws {ConnectionError} With a hint.
	*/
	static async open(
		settings: ConnectionSettings,
		{access, signal}: {readonly access: Access; readonly signal?: AbortSignal | undefined},
	): Promise<MysqlSession> {
		const own = requireMysql(settings);
		const session = await ServerSession.open<RawConnection>(driver, own, signal);
		try {
			const pin = [
				...pinSession(own, access),
				'SELECT VERSION() AS version, @@max_allowed_packet AS packet, @@log_bin AS log',
			].join('; ');
			const [facts] = await session.attempt(() => ask(session.raw, pin));
			return new MysqlSession(session, facts ?? {});
		} catch (error) {
			await session.close();
			throw error;
		}
	}

	/** The connection is gone: a new session is needed. */
	get isLost(): boolean {
		return this.#session.isLost;
	}

	/** Asks with bound values for the question marks in the SQL, which may hold no others. */
	query(sql: string, bindings: readonly string[] = []): Promise<readonly Row[]> {
		return this.#session.query(sql, bindings);
	}

	/** Runs SQL text as it is, several statements too; gives the last one's rows. */
	run(sql: string): Promise<readonly Row[]> {
		return this.#session.attempt(() => ask(this.#session.raw, sql));
	}

	/**
	Runs statements that give no rows, in one go; those behind one that fails do not run.

	@returns Rows that each found.
	@throws The error of the one at `done.length`, when `done` was given.
	*/
	async change(statements: readonly string[], done: number[] = []): Promise<number[]> {
		return this.#session.attempt(async () => {
			await changeAll(this.#session.raw, statements.join(';\n'), done);
			return done;
		});
	}

	/** All rows of one query, their values as the server sent them. */
	async readAll(sql: string): Promise<(Buffer | null)[][]> {
		return this.#session.attempt(() => askForBytes(this.#session.raw, sql));
	}

	/**
	Rows of one query as they come, as lines of bytes (row-lines.ts). Leaving early stops the query
	on the server.
	*/
	async *readLines(sql: string): AsyncGenerator<Buffer> {
		const stream = this.#tap.start(sql);
		let isAtEnd = false;
		try {
			for (;;) {
				const chunk = await this.#session.attempt(() => stream.next());
				if (chunk === null) {
					isAtEnd = true;
					return;
				}
				yield chunk;
			}
		} finally {
			if (!isAtEnd && !stream.hasEnded) await this.#stop(() => stream.drain());
		}
	}

	close(): Promise<void> {
		return this.#session.close();
	}

	/** What is still on its way comes to nothing; an error says only that it was stopped. */
	async #stop(drain: () => Promise<void>): Promise<void> {
		await this.#session.cancel();
		await drain();
		// A kill that came too late would hit what is asked next.
		await ask(this.#session.raw, 'DO 0').catch(() => undefined);
	}
}

export function requireMysql(settings: ConnectionSettings): ServerSettings {
	if (settings.driver === 'mysql') return settings;
	throw new ConnectionError(`${settings.driver} is no MySQL.`);
}

const keepAliveAfter = 10_000;

const driver: SessionDriver = {
	client: 'mysql2',
	makeOptions: (settings, tls) => ({
		...(settings.socketPath === undefined
			? {host: settings.host, port: settings.port}
			: {socketPath: settings.socketPath}),
		database: settings.database,
		...(settings.user !== undefined && {user: settings.user}),
		...(settings.password !== undefined && {password: settings.password}),
		...(tls !== null && {
			ssl: {
				...tls,
				// The driver has its own way to say it.
				verifyIdentity: tls.rejectUnauthorized && tls.checkServerIdentity === undefined,
			},
		}),
		charset: 'UTF8MB4_BIN',
		connectTimeout: settings.connectTimeout,
		enableKeepAlive: true,
		keepAliveInitialDelay: keepAliveAfter,
		multipleStatements: true,
		// The driver's own types round large numbers and make dates of text.
		typeCast: (field: mysql.TypeCastField) => field.string(),
	}),
	isWithoutTls: (error) =>
		error instanceof Error && 'code' in error && error.code === 'HANDSHAKE_NO_SSL_SUPPORT',
	// Knex gives rows and fields, and no type was made of the values.
	readRows: (response) => (response as readonly [readonly Row[], unknown])[0],
	explain: explainError,
};

/** The last statement's rows. */
function ask(raw: RawConnection, sql: string): Promise<readonly Row[]> {
	return new Promise((resolve, reject) => {
		raw.query(sql, (error: Error | null, result: unknown) => {
			if (error) reject(error);
			else resolve(pickRows(result));
		});
	});
}

/** Several statements give a list of results, one gives its own; a result is rows or a header. */
function pickRows(result: unknown): readonly Row[] {
	if (!Array.isArray(result)) return [];
	const last: unknown = result.at(-1);
	if (Array.isArray(last)) return pickRows(last);
	const isHeader = last instanceof Object && last.constructor.name === 'ResultSetHeader';
	// Rows of text by column name: `typeCast` above.
	return isHeader ? [] : (result as readonly Row[]);
}

function askForBytes(raw: RawConnection, sql: string): Promise<(Buffer | null)[][]> {
	return new Promise((resolve, reject) => {
		const typeCast = (field: mysql.TypeCastField) => field.buffer();
		raw.query({sql, rowsAsArray: true, typeCast}, (error: Error | null, rows: unknown) => {
			if (error) reject(error);
			// What `typeCast` makes of each value.
			else resolve(rows as (Buffer | null)[][]);
		});
	});
}

function changeAll(raw: RawConnection, sql: string, done: number[]): Promise<void> {
	return new Promise((resolve, reject) => {
		const query = raw.query(sql, (error: Error | null) => {
			if (error) reject(error);
			else resolve();
		});
		query.on('result', (result: unknown) => {
			// A statement without rows gives a header, which is not an array.
			const {affectedRows} = result as Partial<StatementResult>;
			if (affectedRows !== undefined) done.push(affectedRows);
		});
	});
}
