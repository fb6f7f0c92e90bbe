import {randomBytes} from 'node:crypto';
import {parseConnection} from '../../source/config/connection-settings.ts';
import type {ServerSettings} from '../../source/model/connection-settings.ts';
import type {Address, Kind, Lifetime, Session, TextRow} from './address.ts';
import {kinds} from './kinds.ts';

/** A running server. */
export class Server {
	readonly #kind: Kind;

	constructor(readonly address: Address) {
		this.#kind = kinds[address.kind];
	}

	/** `PostgreSQL 15.14`. */
	get name(): string {
		return `${this.#kind.name} ${this.address.version}`;
	}

	/**
	Makes an empty database of a name that nothing else has, which is dropped when the test ends,
	with whatever is still connected to it.

	@param clauses What follows the name in `CREATE DATABASE`, such as `CHARACTER SET latin1` or
	`LOCALE_PROVIDER icu ICU_LOCALE 'en-US'`. @default UTF-8 and the engine's own collation
	(PostgreSQL: C)
	*/
	async createDatabase(lifetime: Lifetime, clauses = ''): Promise<Database> {
		const name = `deepdiff_test_${randomBytes(6).toString('hex')}`;
		const session = await this.open();
		await this.#kind.create(session, name, clauses);
		await session.close();
		const database = new Database(this, name);
		lifetime.after(() => database.drop());
		return database;
	}

	/** Opens a raw connection. The caller closes it. @param database @default the server's first */
	open(database?: string): Promise<Session> {
		return this.#kind.open(this.address, database);
	}

	/** Drops a database, if it is there. */
	async dropDatabase(name: string): Promise<void> {
		const session = await this.open();
		await this.#kind.drop(session, name);
		await session.close();
	}

	/** The same server, reached over TCP through a link. */
	at({host, port}: {readonly host: string; readonly port: number}): Server {
		const {kind, version, user, password, database} = this.address;
		return new Server({kind, version, user, password, database, host, port});
	}

	/** With the password, as it would stand in a configuration. */
	makeUrl(database: string): string {
		const {user, password, host, port} = this.address;
		const account = [user, password].map(encodeURIComponent).join(':');
		return `${this.#kind.scheme}://${account}@${host}:${port}/${database}`;
	}
}

/** A database of one test. */
export class Database {
	/** TCP. For the Unix socket: `{...settings, socketPath: server.address.socketPath}`. */
	readonly settings: ServerSettings;
	readonly url: string;
	#session: Session | undefined;

	constructor(
		readonly server: Server,
		readonly name: string,
	) {
		this.url = server.makeUrl(name);
		const settings = parseConnection(this.url, 'a test', process.cwd());
		if (settings.driver === 'sqlite') throw new Error('A server is no file.');
		this.settings = settings;
	}

	/**
	Runs SQL text on one raw connection, which is opened again when the server went away. Several
	statements may be given; the last one's rows come back, their values as the text that the
	server sent (binary ones as PostgreSQL's `\x…`; with MySQL ask for HEX()).
	*/
	async query(sql: string): Promise<readonly TextRow[]> {
		if (this.#session?.isOpen() !== true) this.#session = await this.server.open(this.name);
		return this.#session.query(sql);
	}

	/** Happens by itself when the test ends. */
	async drop(): Promise<void> {
		if (this.#session?.isOpen() === true) await this.#session.close();
		this.#session = undefined;
		await this.server.dropDatabase(this.name);
	}
}
