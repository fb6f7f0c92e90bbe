import {createPrinter} from '../report/print-spans.ts';
import {truncateSpans, makeSpansSafe, type Spans} from '../report/spans.ts';
import type {Output} from './context.ts';

/**
A line at the bottom of the terminal that is drawn over, with lasting lines above it. On
anything but a terminal only the lasting lines are written.
*/
export class LiveLine {
	readonly #output: Output;
	readonly #isQuiet: boolean;
	#isDrawn = false;

	constructor(output: Output, {isQuiet}: {readonly isQuiet: boolean}) {
		this.#output = output;
		this.#isQuiet = isQuiet;
	}

	/** Replaces the live line. */
	async draw(spans: Spans): Promise<void> {
		if (this.#isQuiet || !this.#output.isTerminal) return;
		// The last column stays empty: some terminals wrap as soon as it is filled.
		const short = truncateSpans(makeSpansSafe(spans), this.#output.columns - 1);
		await this.#output.write(`${this.#clear()}${createPrinter(this.#output)(short)}`);
		this.#isDrawn = true;
	}

	/** Writes a line that stays. */
	async keep(spans: Spans): Promise<void> {
		if (this.#isQuiet) return;
		await this.#output.write(`${this.#clear()}${createPrinter(this.#output)(spans)}\n`);
	}

	/** Takes the live line away. */
	async end(): Promise<void> {
		if (this.#isDrawn) await this.#output.write(this.#clear());
	}

	#clear(): string {
		if (!this.#isDrawn) return '';
		this.#isDrawn = false;
		return '\r\u001B[2K';
	}
}
