import {connect, createServer, type AddressInfo, type Server, type Socket} from 'node:net';
import type {Lifetime} from './address.ts';

export type LinkOptions = {
	/** Milliseconds from asking to the answer's first byte, beside the server's own. @default 0 */
	readonly roundTrip?: number;
	/** Bits a second in each direction, shared by all connections. @default no limit */
	readonly bandwidth?: number;
};

/** Where the link leads: a TCP address or the path of a Unix socket. */
export type LinkTarget = {readonly host: string; readonly port: number} | {readonly path: string};

/** So much may be on its way in one direction of a connection before the sender has to wait. */
const window = 256 * 1024;

/**
A network between a client and a server: a TCP proxy on a loopback port, with the delay and the
bandwidth of a slow line, that breaks when it is told to. Connect to `{host, port}`.

```ts
const link = await openLink(context, server.address, {roundTrip: 20, bandwidth: 50e6});
await compare({...database.settings, ...link.address});
assert.ok(link.received < 150_000);
```
*/
export class Link {
	readonly address: {readonly host: string; readonly port: number};
	readonly #server: Server;
	readonly #pairs = new Set<readonly [Socket, Socket]>();
	readonly #up: Wire;
	readonly #down: Wire;
	#isRefusing = false;
	#cutAfter = Infinity;

	/** For `openLink`. @param server Listens already. */
	constructor(
		server: Server,
		private readonly target: LinkTarget,
		options: LinkOptions,
	) {
		this.#server = server;
		const {port} = server.address() as AddressInfo;
		this.address = {host: '127.0.0.1', port};
		this.#up = new Wire(options);
		this.#down = new Wire(options);
		server.on('connection', (client) => this.#join(client));
	}

	/** Bytes that went from clients to the server. */
	get sent(): number {
		return this.#up.bytes;
	}

	/** Bytes that came from the server. */
	get received(): number {
		return this.#down.bytes;
	}

	/** How many connections are open. */
	get connections(): number {
		return this.#pairs.size;
	}

	/** Breaks every open connection now, as a reset. New ones are served. */
	cut(): void {
		for (const pair of this.#pairs) for (const socket of pair) socket.resetAndDestroy();
	}

	/** Breaks every open connection once the server has sent so many more bytes. */
	cutAfter(bytes: number): void {
		this.#cutAfter = this.received + bytes;
	}

	/** Resets each new connection at once, until `accept`; open ones go on. */
	refuse(): void {
		this.#isRefusing = true;
	}

	accept(): void {
		this.#isRefusing = false;
	}

	/** Lets nothing through any more and tells nobody, like a pulled cable, until `resume`. */
	stall(): void {
		this.#up.stall();
		this.#down.stall();
	}

	resume(): void {
		this.#up.resume();
		this.#down.resume();
	}

	/** Breaks everything and listens no more. */
	async close(): Promise<void> {
		const closed = new Promise((resolve) => this.#server.close(resolve));
		this.cut();
		await closed;
	}

	#join(client: Socket): void {
		if (this.#isRefusing) return void client.resetAndDestroy();
		const server = connect({...this.target, allowHalfOpen: true});
		const pair = [client, server] as const;
		this.#pairs.add(pair);
		this.#up.carry(client, server);
		this.#down.carry(server, client, () => {
			if (this.received < this.#cutAfter) return;
			this.#cutAfter = Infinity;
			this.cut();
		});
		for (const [socket, other] of [pair, [server, client]] as const) {
			socket.setNoDelay(true);
			// What broke on one side breaks on the other.
			socket.on('error', () => other.resetAndDestroy());
			socket.on('close', () => this.#pairs.delete(pair));
		}
	}
}

/** @param lifetime What closes it: the test's context, or `{after}` of node:test in a suite. */
export async function openLink(
	lifetime: Lifetime,
	target: LinkTarget,
	options: LinkOptions = {},
): Promise<Link> {
	const server = createServer({allowHalfOpen: true});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const link = new Link(server, target, options);
	lifetime.after(() => link.close());
	return link;
}

type Parcel = {readonly due: number; readonly deliver: () => void};

/** One direction. What enters first leaves first, whichever connection it belongs to. */
class Wire {
	bytes = 0;
	readonly #delay: number;
	readonly #millisecondsPerByte: number;
	readonly #parcels: Parcel[] = [];
	#timer: NodeJS.Timeout | undefined;
	#isStalled = false;
	#freeAt = 0;

	constructor({roundTrip = 0, bandwidth = Infinity}: LinkOptions) {
		this.#delay = roundTrip / 2;
		this.#millisecondsPerByte = 8000 / bandwidth;
	}

	/** @param onBytes Told after bytes were counted. */
	carry(from: Socket, to: Socket, onBytes: () => void = () => undefined): void {
		let onTheWay = 0;
		from.on('data', (bytes) => {
			onTheWay += bytes.length;
			if (onTheWay > window) from.pause();
			this.#enter(bytes.length, () => {
				this.bytes += bytes.length;
				onTheWay -= bytes.length;
				const isTaken = to.write(bytes);
				if (!isTaken) to.once('drain', () => from.resume());
				else if (onTheWay <= window) from.resume();
				onBytes();
			});
		});
		from.on('end', () => this.#enter(0, () => to.end()));
	}

	stall(): void {
		this.#isStalled = true;
	}

	resume(): void {
		this.#isStalled = false;
		this.#deliver();
	}

	#enter(length: number, deliver: () => void): void {
		const now = performance.now();
		this.#freeAt = Math.max(now, this.#freeAt) + length * this.#millisecondsPerByte;
		this.#parcels.push({due: this.#freeAt + this.#delay, deliver});
		this.#deliver();
	}

	#deliver(): void {
		if (this.#isStalled) return;
		for (let next = this.#parcels[0]; next !== undefined; next = this.#parcels[0]) {
			const wait = next.due - performance.now();
			if (wait > 0) {
				clearTimeout(this.#timer);
				this.#timer = setTimeout(() => this.#deliver(), wait);
				return;
			}
			this.#parcels.shift();
			next.deliver();
		}
	}
}
