import {Socket} from 'node:net';
import knex, {type Knex} from 'knex';
import {displayName, type ServerSettings} from '../../model/connection-settings.ts';
import {
	ConnectionError,
	ConnectionLostError,
	DeepDiffError,
	InterruptedError,
} from '../../model/errors.ts';
import type {Stage} from './explain-network-error.ts';
import {readTls, type TlsOptions} from './tls.ts';

/** What differs between the servers' drivers, as data and small functions. */
export type SessionDriver = {
	/** Knex's name of the client; it loads the driver. */
	readonly client: string;
	/**
	The driver's own options.

	@param tls Null where the connection is not encrypted.
	@param makeSocket For the driver's `stream` option: not every driver closes the socket of a
	connection that failed.
	*/
	makeOptions(settings: ServerSettings, tls: TlsOptions | null, makeSocket: () => Socket): object;
	/** Whether the error says that this server has no TLS: `prefer` then goes on without it. */
	isWithoutTls(error: unknown): boolean;
	/** The rows in what Knex gives for a raw query. */
	readRows(response: unknown): readonly Row[];
	/** Stops what a connection is running; absent: Knex does it, over another connection. */
	readonly cancel?: (raw: unknown, settings: ServerSettings) => Promise<void>;
	/**
	An error that a person understands, never with a password; an error that is nobody's
	fault but ours comes back as it is.
	*/
	explain(error: unknown, settings: ServerSettings, stage: Stage): unknown;
};

/** A row by column name; the driver's parsers are off, so values are the server's text or null. */
export type Row = Readonly<Record<string, string | null>>;

/** The part of Knex's client that a session needs; Knex itself leaves it without a type. */
type KnexClient = {
	acquireConnection(): Promise<unknown>;
	releaseConnection(connection: unknown): Promise<void>;
	cancelQuery(connection: unknown): Promise<unknown>;
};

/** An unlimited time for Knex's pool, in milliseconds. */
const forever = 2 ** 31 - 1;

/**
One connection to a server, through Knex's pool of one. Work on it is one at a time.

@template Raw The driver's own connection.
*/
export class ServerSession<Raw> {
	readonly settings: ServerSettings;
	/** For what Knex has no words: COPY, streams, several statements at once. */
	readonly raw: Raw;
	readonly #driver: SessionDriver;
	readonly #knex: Knex;
	readonly #signal: AbortSignal | undefined;
	#cancelling: Promise<unknown> | null = null;
	#isLost = false;
	#closing: Promise<void> | null = null;

	private constructor(
		driver: SessionDriver,
		settings: ServerSettings,
		{pool, raw, signal}: {pool: Knex; raw: Raw; signal: AbortSignal | undefined},
	) {
		this.#driver = driver;
		this.settings = settings;
		this.#knex = pool;
		this.raw = raw;
		this.#signal = signal;
		signal?.addEventListener('abort', this.#cancelOnAbort, {once: true});
	}

	/**
	@param signal Cancels what is running, on the server too; the session stays usable.
	@throws {ConnectionError} With a hint: refused, unknown host, wrong password, TLS …
	@throws {InterruptedError} When the signal came first.
	*/
	static async open<Raw>(
		driver: SessionDriver,
		settings: ServerSettings,
		signal?: AbortSignal,
	): Promise<ServerSession<Raw>> {
		if (signal?.aborted) throw makeInterruption(undefined);
		const tls = await readTls(settings);
		const connect = (options: TlsOptions | null) => openPool(driver, settings, options);
		try {
			const opened = await connect(tls).catch((error: unknown) => {
				const mayGoWithout = tls !== null && settings.tls.mode === 'prefer';
				if (mayGoWithout && driver.isWithoutTls(error)) return connect(null);
				throw error;
			});
			// What the driver connects with is what the dialect asked it for.
			return new ServerSession<Raw>(driver, settings, {...opened, raw: opened.raw as Raw, signal});
		} catch (error) {
			const explained = driver.explain(error, settings, 'connecting');
			throw explained instanceof DeepDiffError ? explained : refuse(settings, explained);
		}
	}

	/** The connection is gone: nothing more can be asked of this session. */
	get isLost(): boolean {
		return this.#isLost;
	}

	/**
	Asks with bound values. A question mark in the SQL stands for a binding, also inside a
	literal: text that was not written for this goes through `raw`.
	*/
	async query(sql: string, bindings: readonly Knex.RawBinding[] = []): Promise<readonly Row[]> {
		return this.attempt(async () => {
			const response: unknown = await this.#knex.raw(sql, bindings).connection(this.raw);
			return this.#driver.readRows(response);
		});
	}

	/** Runs what may fail in the driver and throws what a person can understand. */
	async attempt<Result>(work: () => Promise<Result>): Promise<Result> {
		try {
			return await work();
		} catch (error) {
			throw await this.explain(error);
		}
	}

	/** For an error that reached its listener in another way than a promise. */
	async explain(error: unknown): Promise<unknown> {
		const explained = this.#driver.explain(error, this.settings, 'open');
		if (explained instanceof ConnectionLostError) this.#isLost = true;
		if (this.#signal?.aborted !== true) return explained;
		// Else a late cancellation would hit whatever is asked next.
		await this.#cancelling;
		return makeInterruption(error);
	}

	/** Never throws: what is closed may be gone already. */
	close(): Promise<void> {
		return (this.#closing ??= this.#close());
	}

	async #close(): Promise<void> {
		this.#signal?.removeEventListener('abort', this.#cancelOnAbort);
		await this.#cancelling;
		const client = clientOf(this.#knex);
		await client.releaseConnection(this.raw).catch(() => undefined);
		await this.#knex.destroy().catch(() => undefined);
	}

	/** Stops what is running, on the server too; its own error tells when it has stopped. */
	async cancel(): Promise<void> {
		const {cancel} = this.#driver;
		const stop = cancel
			? cancel(this.raw, this.settings)
			: clientOf(this.#knex).cancelQuery(this.raw);
		// What can't be stopped runs to its end.
		await Promise.resolve(stop).catch(() => undefined);
	}

	readonly #cancelOnAbort = (): void => {
		this.#cancelling = this.cancel();
	};
}

async function openPool(
	driver: SessionDriver,
	settings: ServerSettings,
	tls: TlsOptions | null,
): Promise<{pool: Knex; raw: unknown}> {
	// Longer than the driver's own limit, whose error says more.
	const patience = settings.connectTimeout > 0 ? settings.connectTimeout * 2 + 1000 : forever;
	const sockets: Socket[] = [];
	const makeSocket = () => {
		const socket = new Socket();
		sockets.push(socket);
		return socket;
	};
	const pool = knex({
		client: driver.client,
		connection: driver.makeOptions(settings, tls, makeSocket),
		pool: {min: 0, max: 1, createTimeoutMillis: patience},
		acquireConnectionTimeout: patience,
		log: {warn: () => undefined, error: () => undefined},
	});
	try {
		return {pool, raw: await clientOf(pool).acquireConnection()};
	} catch (error) {
		for (const socket of sockets) socket.destroy();
		await pool.destroy().catch(() => undefined);
		throw error;
	}
}

function clientOf(pool: Knex): KnexClient {
	return pool.client as KnexClient;
}

function refuse(settings: ServerSettings, cause: unknown): ConnectionError {
	const reason = cause instanceof Error ? cause.message.replace(/\.$/, '') : 'no reason is given';
	return new ConnectionError(`${displayName(settings)} refuses the connection: ${reason}.`, {
		hint: 'Check how it is reached in the configuration.',
		cause,
	});
}

function makeInterruption(cause: unknown): InterruptedError {
	return new InterruptedError('What the database was asked was stopped.', {cause});
}
