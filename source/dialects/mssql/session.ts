import {Request, type Connection} from 'tedious';
import type {ConnectionSettings, ServerSettings} from '../../model/connection-settings.ts';
import {ConnectionError} from '../../model/errors.ts';
import {displayName} from '../../model/connection-settings.ts';
import {ServerSession, type Row, type SessionDriver} from '../server/session.ts';
import type {TlsOptions} from '../server/tls.ts';
import {explainError} from './errors.ts';
import {RowStream} from './rows/row-stream.ts';
import {parseServerVersion, type ServerVersion} from './server-version.ts';
import {pinSession} from './session-settings.ts';

type RawConnection = Connection;

/** A value as the driver gives it: exact, for the SQL asks for what it can't spoil. */
export type DriverValue = string | number | boolean | Buffer | Date | bigint | null;

/** One connection whose settings make the same value the same text everywhere. */
export class MssqlSession {
	readonly settings: ServerSettings;
	readonly version: ServerVersion;
	readonly #session: ServerSession<RawConnection>;

	private constructor(session: ServerSession<RawConnection>, version: ServerVersion) {
		this.#session = session;
		this.settings = session.settings;
		this.version = version;
	}

	/**
	@param signal Stops what is running.
	@throws {ConnectionError} With a hint.
	*/
	static async open(settings: ConnectionSettings, signal?: AbortSignal): Promise<MssqlSession> {
		const own = requireMssql(settings);
		const session = await ServerSession.open<RawConnection>(driver, own, signal);
		try {
			requireTls(session.raw, own);
			const [facts] = await session.attempt(() =>
				ask(
					session.raw,
					`${pinSession(own).join(';\n')};
					SELECT CONVERT(nvarchar(128), SERVERPROPERTY('ProductVersion')) AS version,
						CONVERT(int, SERVERPROPERTY('EngineEdition')) AS edition`,
				),
			);
			return new MssqlSession(session, parseServerVersion(facts ?? {}));
		} catch (error) {
			await session.close();
			throw error;
		}
	}

	/** The connection is gone: a new session is needed. */
	get isLost(): boolean {
		return this.#session.isLost;
	}

	/** Runs SQL text as one batch; gives the last result's rows, their values as text. */
	run(sql: string): Promise<readonly Row[]> {
		return this.#session.attempt(() => ask(this.#session.raw, sql));
	}

	/**
	Runs one batch, and gives all rows of all its results by position.

	@param found Is filled as they come, also when the batch fails later.
	*/
	readAll(sql: string, found: DriverValue[][] = []): Promise<DriverValue[][]> {
		return this.#session.attempt(async () => {
			await send(this.#session.raw, sql, (row) => found.push(row.map(({value}) => value)));
			return found;
		});
	}

	/** Rows of one query as they come, many at a time. Leaving early stops the query on the server. */
	async *readRows(sql: string): AsyncGenerator<DriverValue[][]> {
		const stream = new RowStream(this.#session.raw, sql);
		try {
			for (;;) {
				const rows = await this.#session.attempt(() => stream.next());
				if (rows === null) return;
				yield rows;
			}
		} finally {
			await stream.stop();
		}
	}

	close(): Promise<void> {
		return this.#session.close();
	}
}

export function requireMssql(settings: ConnectionSettings): ServerSettings {
	if (settings.driver === 'mssql') return settings;
	throw new ConnectionError(`${settings.driver} is no SQL Server.`);
}

/** The driver goes on without encryption when the server says that it has none. */
function requireTls(raw: RawConnection, settings: ServerSettings): void {
	const {mode} = settings.tls;
	if (mode === 'disable' || mode === 'prefer' || raw.messageIo.tlsNegotiationComplete) return;
	throw new ConnectionError(`${displayName(settings)} has no TLS.`, {
		hint: 'Switch it on in the server, or set tls.mode to prefer or disable. The password was sent in the open: change it.',
	});
}

const driver: SessionDriver = {
	client: 'mssql',
	makeOptions(settings, tls) {
		const {host, port, database, user, password, connectTimeout, statementTimeout} = settings;
		const [server = host, instance] = host.split('\\', 2);
		return {
			server,
			port,
			user,
			password,
			database,
			encrypt: tls !== null,
			connectionTimeout: connectTimeout === 0 ? 2 ** 31 - 1 : connectTimeout,
			requestTimeout: statementTimeout,
			options: {
				appName: 'deepdiff-db',
				packetSize: 16_384,
				...(instance !== undefined && {instanceName: instance}),
				...spellTls(tls),
			},
		};
	},
	cancel: (raw) => {
		// What the session opened with is the driver's connection.
		(raw as RawConnection).cancel();
		return Promise.resolve();
	},
	isWithoutTls: () => false,
	readRows: () => [],
	explain: explainError,
};

/** The driver proves the host's name whenever it proves the authority: `verify-ca` does both. */
function spellTls(tls: TlsOptions | null): object {
	if (tls === null) return {trustServerCertificate: true};
	const {rejectUnauthorized, ca, cert, key} = tls;
	return {
		trustServerCertificate: !rejectUnauthorized,
		cryptoCredentialsDetails: {
			...(ca !== undefined && {ca}),
			...(cert !== undefined && {cert}),
			...(key !== undefined && {key}),
		},
	};
}

type DriverColumn = {readonly value: DriverValue; readonly metadata: {readonly colName: string}};

function send(
	raw: RawConnection,
	sql: string,
	onRow: (row: readonly DriverColumn[]) => void,
): Promise<void> {
	return new Promise((resolve, reject) => {
		const request = new Request(sql, (error) => {
			if (error) reject(error);
			else resolve();
		});
		request.on('row', onRow);
		raw.execSqlBatch(request);
	});
}

async function ask(raw: RawConnection, sql: string): Promise<readonly Row[]> {
	const rows: Row[] = [];
	await send(raw, sql, (row) => {
		rows.push(Object.fromEntries(row.map(({metadata, value}) => [metadata.colName, spell(value)])));
	});
	return rows;
}

function spell(value: DriverValue): string | null {
	if (value === null) return null;
	if (typeof value === 'boolean') return value ? '1' : '0';
	if (Buffer.isBuffer(value)) return value.toString('hex');
	return value instanceof Date ? value.toISOString() : String(value);
}
