const lineFeed = 10;
const nothing = Buffer.alloc(0);

/**
The lines of one side, from chunks that arrive one ahead: while a chunk is looked at, the
server already sends the next.
*/
export class LineSource {
	readonly #chunks: AsyncGenerator<Buffer>;
	#waiting: Promise<IteratorResult<Buffer, unknown>>;
	/** What has arrived and is not used up; the first is where the source stands. */
	#arrived: Buffer[] = [];
	#at = 0;
	#hasEnded = false;

	constructor(chunks: AsyncGenerator<Buffer>) {
		this.#chunks = chunks;
		this.#waiting = ask(chunks);
	}

	/** The chunk in which the source stands, at `at`; empty when `load` must be called first. */
	get chunk(): Buffer {
		return this.#arrived[0] ?? nothing;
	}

	get at(): number {
		return this.#at;
	}

	get hasLine(): boolean {
		return this.#arrived.length > 0;
	}

	/** Only true once `load` found no more. */
	get isAtEnd(): boolean {
		return this.#hasEnded && this.#arrived.length === 0;
	}

	/** Waits for one more chunk. */
	async load(): Promise<boolean> {
		while (!this.#hasEnded) {
			const {value, done} = await this.#waiting;
			if (done === true) {
				this.#hasEnded = true;
				break;
			}
			this.#waiting = ask(this.#chunks);
			if (value.length === 0) continue;
			this.#arrived.push(value);
			return true;
		}
		return false;
	}

	/** The line where the source stands, without its line feed. */
	get line(): Buffer {
		const {chunk} = this;
		return chunk.subarray(this.#at, chunk.indexOf(lineFeed, this.#at));
	}

	/** Goes on by some bytes of the chunk, which end where a line ends. */
	skipBytes(bytes: number): void {
		this.#at += bytes;
		if (this.#at < this.chunk.length) return;
		this.#arrived.shift();
		this.#at = 0;
	}

	skipLine(): void {
		this.skipBytes(this.chunk.indexOf(lineFeed, this.#at) + 1 - this.#at);
	}

	/** The lines from here on, without going on; waits for chunks as they are needed. */
	async *lookAhead(): AsyncGenerator<Buffer, void, undefined> {
		let from = this.#at;
		for (let index = 0; ; index++) {
			if (index >= this.#arrived.length && !(await this.load())) return;
			const chunk = this.#arrived[index] ?? nothing;
			while (from < chunk.length) {
				const end = chunk.indexOf(lineFeed, from);
				yield chunk.subarray(from, end);
				from = end + 1;
			}
			from = 0;
		}
	}

	/** Leaves the rest unread. */
	async close(): Promise<void> {
		if (this.#hasEnded) return;
		this.#hasEnded = true;
		this.#arrived = [];
		await this.#chunks.return(undefined);
	}
}

/** Whoever awaits it sees its failure; until then it must not count as unhandled. */
function ask(chunks: AsyncGenerator<Buffer>): Promise<IteratorResult<Buffer, unknown>> {
	const next = chunks.next();
	next.catch(() => undefined);
	return next;
}
