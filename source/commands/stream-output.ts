import {DeepDiffError} from '../model/errors.ts';
import type {Output} from './context.ts';

export type OutputStream = NodeJS.WritableStream & {
	readonly isTTY?: boolean;
	readonly columns?: number;
};

export type ColorMode = 'auto' | 'always' | 'never';

const defaultColumns = 160;

/** Stdout or stderr as an Output. */
export class StreamOutput implements Output {
	readonly #stream: OutputStream;
	readonly #redact: (text: string) => string;
	readonly #wantsColor: boolean;
	#colorMode: ColorMode = 'auto';
	#isClosed = false;

	/** @param wantsColor Whether a terminal may be coloured: not with NO_COLOR. */
	constructor(
		stream: OutputStream,
		{redact, wantsColor}: {readonly redact: (text: string) => string; readonly wantsColor: boolean},
	) {
		this.#stream = stream;
		this.#redact = redact;
		this.#wantsColor = wantsColor;
		// Without a listener the error would end the process; each write reports its own.
		stream.on('error', (error: Error) => this.#noteClosed(error));
	}

	get isTerminal(): boolean {
		return this.#stream.isTTY === true;
	}

	get columns(): number {
		return this.#stream.columns ?? defaultColumns;
	}

	get isClosed(): boolean {
		return this.#isClosed;
	}

	get hasColor(): boolean {
		if (this.#colorMode === 'auto') return this.isTerminal && this.#wantsColor;
		return this.#colorMode === 'always';
	}

	/** What the configuration or `--no-color` says. */
	chooseColor(mode: ColorMode): void {
		this.#colorMode = mode;
	}

	async write(text: string): Promise<void> {
		await this.writeExact(this.#redact(text));
	}

	/** @throws {DeepDiffError} When a file or device can't take it. */
	async writeExact(text: string): Promise<void> {
		if (text === '' || this.#isClosed) return;
		const error = await new Promise<Error | null>((resolve) => {
			this.#stream.write(text, (problem) => resolve(problem ?? null));
		});
		if (!error || this.#noteClosed(error)) return;
		throw new DeepDiffError(`The output can't be written: ${error.message}.`, {
			hint: 'Check the file or device that it goes to.',
			cause: error,
		});
	}

	/** A reader that went away (`| head`), or a terminal that hung up, is no mistake. */
	#noteClosed(error: Error): boolean {
		const code = 'code' in error ? error.code : undefined;
		const isGone = ['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED'].includes(String(code));
		if (isGone) this.#isClosed = true;
		return isGone;
	}
}
