export type KindName = 'postgres' | 'mariadb' | 'mysql' | 'mssql';

/** Where a running server is, and an account that may do everything there. */
export type Address = {
	readonly kind: KindName;
	/** As the server tells it: `15.14`, `10.11.19-MariaDB-0+deb12u1`. */
	readonly version: string;
	readonly host: string;
	readonly port: number;
	/** PostgreSQL: the socket's folder. Absent when somebody else started the server. */
	readonly socketPath?: string;
	readonly user: string;
	readonly password: string;
	/** A database that is always there, to connect to first. */
	readonly database: string;
};

/** What ends with a test: a `TestContext` is one, so is `{after}` of node:test in a suite. */
export type Lifetime = {readonly after: (stop: () => Promise<void>) => void};

/**
One raw connection of the engine's own driver, with nothing of the program's in between.
Values come back as the text that the server sent; NULL is null.
*/
export type Session = {
	/** Runs one statement or, where the engine takes it, several; gives the last one's rows. */
	readonly query: (sql: string) => Promise<readonly TextRow[]>;
	/** False once the server went away. */
	readonly isOpen: () => boolean;
	readonly close: () => Promise<void>;
};

export type TextRow = Readonly<Record<string, string | null>>;

/** What the harness has to know about one kind of server. */
export type Kind = {
	readonly name: string;
	/** What a URL begins with. */
	readonly scheme: string;
	/** @param database @default the address's own */
	readonly open: (address: Address, database?: string) => Promise<Session>;
	readonly readVersion: (session: Session) => Promise<string>;
	/** @param clauses What follows the name in `CREATE DATABASE`, such as `COLLATE utf8mb4_bin`. */
	readonly create: (session: Session, name: string, clauses: string) => Promise<void>;
	/** Drops it, with whatever is still connected to it. */
	readonly drop: (session: Session, name: string) => Promise<void>;
};

/** Asks the server for its version, which is the proof that it answers. */
export async function addVersion(kind: Kind, address: Address): Promise<Address> {
	const session = await kind.open(address);
	try {
		return {...address, version: await kind.readVersion(session)};
	} finally {
		await session.close();
	}
}
