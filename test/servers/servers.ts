import type {Lifetime} from './address.ts';
import type {Certificates} from './certificates.ts';
import {provide, type ServerKey} from './provide.ts';
import {askRunner} from './runner-link.ts';
import {Server} from './server.ts';
import type {ServerProcess} from './server-process.ts';
import type {StartOptions} from './start-options.ts';
import {starters} from './starters.ts';

/**
The real database servers of the tests. Each is started when it is first asked for: once in a
whole run, or by the test file itself when that is run alone. It is gone when the run ends,
however that ends. `DEEPDIFF_TEST_POSTGRES_URL`, `DEEPDIFF_TEST_MYSQL_URL` (MySQL or MariaDB) and
`DEEPDIFF_TEST_MSSQL_URL` name servers to use instead; their account must be allowed to create
databases.

```ts
test('…', async (context) => {
	const server = await servers.postgres();
	const prod = await server.createDatabase(context);
	await prod.query('CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)');
	await compare(prod.settings);
});
```

A server is shared by all tests: to change its settings or to kill it, take one of your own with
`startServer`.

@throws {Error} When it can't be had: the test fails then.
*/
export const servers = {
	/** @param options `version: 18` is a second, newer one where the machine's is older. */
	postgres: ({version}: {readonly version?: 18} = {}): Promise<Server> =>
		find(version === undefined ? 'postgres' : 'postgres-18'),
	mariadb: (): Promise<Server> => find('mariadb'),
	/** 5.6, of 2014: without JSON, generated columns, CTEs and window functions. */
	mysql: (): Promise<Server> => find('mysql'),
	/** Only when it is named: give `skip: whyNot('mssql')` to the test. */
	mssql: (): Promise<Server> => find('mssql'),
} as const;

/** A server of one test, which it may stop, kill and start again. */
export class OwnServer extends Server {
	constructor(
		address: ConstructorParameters<typeof Server>[0],
		private readonly process: ServerProcess,
		/** Present with `tls`. */
		readonly certificates: Certificates | undefined,
	) {
		super(address);
	}

	/** Ends it with SIGKILL, in the middle of whatever it does. What was committed stays. */
	kill(): Promise<void> {
		return this.process.kill();
	}

	/** Starts it again after `kill`, on the same folder and port, and waits until it answers. */
	start(): Promise<void> {
		return this.process.start();
	}

	/** Does nothing once the server is down: a test's end stops it before its databases go. */
	override async dropDatabase(name: string): Promise<void> {
		if (this.process.isRunning) await super.dropDatabase(name);
	}

	/** Ends it and removes all that it had. */
	stop(): Promise<void> {
		return this.process.stop();
	}
}

/**
Starts a server of one's own, which takes one to three seconds.

@param lifetime What stops it: the test's context, or `{after}` of node:test in a suite.
*/
export async function startServer(
	lifetime: Lifetime,
	kind: keyof typeof starters,
	options: StartOptions = {},
): Promise<OwnServer> {
	const {address, process, certificates} = await starters[kind](options);
	const server = new OwnServer(address, process, certificates);
	lifetime.after(() => server.stop());
	return server;
}

async function find(key: ServerKey): Promise<Server> {
	return new Server(await (askRunner(key) ?? provide(key)));
}
