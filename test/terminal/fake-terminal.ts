import {PassThrough} from 'node:stream';
import {EventEmitter} from 'node:events';
import {Screen} from './screen.ts';

/**
Stands in for the streams of a terminal inside the test's own process: what is
written goes to a screen that can be read.
*/
export class FakeTerminal extends EventEmitter {
	readonly screen: Screen;
	readonly input = new PassThrough();
	written = '';
	#isFull = false;
	#pending: Promise<void> = Promise.resolve();

	constructor(
		public columns: number,
		public rows: number,
	) {
		super();
		this.screen = new Screen(columns, rows);
	}

	/** What Ink and the output take for a terminal's stream: it has all that they use. */
	get stdout(): NodeJS.WriteStream {
		return this as unknown as NodeJS.WriteStream;
	}

	/** As above; it is no terminal, so nobody makes it raw. */
	get stdin(): NodeJS.ReadStream {
		return this.input as unknown as NodeJS.ReadStream;
	}

	write(text: string): boolean {
		this.written += text;
		this.#pending = this.screen.write(text);
		return !this.#isFull;
	}

	/** Like a slow line: what is written from now on says that it is full, until `drain`. */
	fill(): void {
		this.#isFull = true;
	}

	drain(): void {
		this.#isFull = false;
		this.emit('drain');
	}

	resize(columns: number, rows: number): void {
		this.columns = columns;
		this.rows = rows;
		this.screen.resize(columns, rows);
		this.emit('resize');
	}

	/** Waits until the screen meets the condition; on time-out it says what was there instead. */
	async waitFor(isMet: () => boolean, describe: () => string): Promise<void> {
		const end = Date.now() + 5000;
		for (;;) {
			await this.#pending;
			if (isMet()) return;
			if (Date.now() > end) throw new Error(describe());
			await new Promise((resolve) => setImmediate(resolve));
		}
	}
}
