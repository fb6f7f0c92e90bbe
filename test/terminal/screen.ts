import {createRequire} from 'node:module';
import type {Terminal as XtermTerminal} from '@xterm/headless';

// The package is CommonJS without names that an import could find; its types say otherwise.
const {Terminal} = createRequire(import.meta.url)('@xterm/headless') as {
	Terminal: typeof XtermTerminal;
};

/** One cell: the characters in it, and how many columns they take (0: behind a wide one). */
export type ScreenCell = {
	readonly text: string;
	readonly width: number;
	readonly isInverse: boolean;
	readonly isBold: boolean;
};

/** A terminal's screen: takes what a program writes, shows what a person would see. */
export class Screen {
	readonly #terminal: XtermTerminal;

	constructor(columns: number, rows: number) {
		this.#terminal = new Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 0});
	}

	get columns(): number {
		return this.#terminal.cols;
	}

	get rows(): number {
		return this.#terminal.rows;
	}

	/** Whether the program took the alternate screen. */
	get isAlternate(): boolean {
		return this.#terminal.buffer.active.type === 'alternate';
	}

	/** Whether the program is in the middle of a frame. */
	get isDrawing(): boolean {
		return this.#terminal.modes.synchronizedOutputMode;
	}

	/** Resolves when all of it is on the screen. */
	async write(output: string): Promise<void> {
		return new Promise((resolve) => this.#terminal.write(output, resolve));
	}

	/** Told of what the terminal itself answers, e.g. where its cursor is. */
	onAnswer(listener: (answer: string) => void): void {
		this.#terminal.onData(listener);
	}

	resize(columns: number, rows: number): void {
		this.#terminal.resize(columns, rows);
	}

	/** The rows from the top, blanks at their ends removed. */
	lines(): readonly string[] {
		const {active} = this.#terminal.buffer;
		return Array.from({length: this.rows}, (_, row) => {
			const line = active.getLine(active.baseY + row);
			return line?.translateToString(true).trimEnd() ?? '';
		});
	}

	/** The same as one text, without the blank rows at the end. */
	text(): string {
		return this.lines().join('\n').trimEnd();
	}

	cells(row: number): readonly ScreenCell[] {
		const {active} = this.#terminal.buffer;
		const line = active.getLine(active.baseY + row);
		return Array.from({length: this.columns}, (_, column): ScreenCell => {
			const cell = line?.getCell(column);
			return {
				text: cell?.getChars() ?? '',
				width: cell?.getWidth() ?? 1,
				isInverse: (cell?.isInverse() ?? 0) !== 0,
				isBold: (cell?.isBold() ?? 0) !== 0,
			};
		});
	}

	dispose(): void {
		this.#terminal.dispose();
	}
}
