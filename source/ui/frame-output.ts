import {EventEmitter} from 'node:events';
import {encodeRow} from './frame-row.ts';

/** The part of a terminal's stream that drawing needs. */
export type TerminalStream = {
	readonly columns?: number;
	readonly rows?: number;
	write(text: string): boolean;
	on(event: 'resize' | 'drain' | 'error', listener: () => void): unknown;
	off(event: 'resize' | 'drain' | 'error', listener: () => void): unknown;
};

const enterScreen = [
	'\u001B[?1049h', // The alternate screen: the person's own stays as it was.
	'\u001B[2J\u001B[H',
	'\u001B[?25l', // No cursor.
	'\u001B[?7l', // No wrapping: a row that is too wide must not push the next one.
	'\u001B[?2004h', // Pastes come in brackets, so pasted text is no command.
].join('');

const leaveScreen = '\u001B[0m\u001B[?2004l\u001B[?7h\u001B[?25h\u001B[?1049l';

/**
Stands between Ink and the terminal: takes whole frames and writes the rows that
changed.

Ink's own renderers move the cursor relative to where they left it. That goes
wrong when the terminal is resized or a row is wider than they think; rows that
are addressed by number can't drift. No frame is written while the terminal has
not taken the one before: over a slow line the newest is drawn, not all of them.

Ink must run in its debug mode, in which it writes exactly one whole frame at a
time.
*/
export class FrameOutput extends EventEmitter {
	#shown: readonly string[] = [];
	#next: string | undefined;
	#isFull = false;
	#isOpen = false;

	constructor(private readonly terminal: TerminalStream) {
		super();
		// A terminal that went away is told by SIGHUP; writing to it must not throw.
		terminal.on('error', ignore);
	}

	get columns(): number {
		return this.terminal.columns || 80;
	}

	get rows(): number {
		return this.terminal.rows || 24;
	}

	/** Takes the terminal's screen; what is on it now is kept for `close`. */
	open(): void {
		if (this.#isOpen) return;
		this.#isOpen = true;
		this.terminal.on('resize', this.#onResize);
		this.terminal.on('drain', this.#onDrain);
		this.terminal.write(enterScreen);
		this.repaint();
	}

	/** Gives the screen back as it was. */
	close(): void {
		if (!this.#isOpen) return;
		this.#isOpen = false;
		this.#isFull = false;
		this.terminal.off('resize', this.#onResize);
		this.terminal.off('drain', this.#onDrain);
		this.terminal.write(leaveScreen);
	}

	/** Ink's end: one whole frame. */
	write(frame: string): boolean {
		this.#next = frame;
		// Not at once: when the terminal gets narrower Ink writes nothing and then the frame.
		queueMicrotask(this.#draw);
		return true;
	}

	/** Draws every row again, whatever is on the screen. */
	repaint(): void {
		this.#next ??= this.#shown.join('\n');
		this.#shown = [];
		if (this.#isOpen) this.terminal.write('\u001B[2J');
		queueMicrotask(this.#draw);
	}

	readonly #onResize = (): void => {
		this.repaint();
		this.emit('resize');
	};

	readonly #onDrain = (): void => {
		this.#isFull = false;
		this.#draw();
	};

	readonly #draw = (): void => {
		if (!this.#isOpen || this.#isFull || this.#next === undefined) return;
		// More rows than the screen has would scroll it.
		const rows = this.#next.split('\n').slice(0, this.rows);
		this.#next = undefined;
		const changes = encodeChanges(this.#shown, rows, this.columns);
		this.#shown = rows;
		if (changes === '') return;
		this.#isFull = !this.terminal.write(`\u001B[?2026h${changes}\u001B[?2026l`);
	};
}

function encodeChanges(shown: readonly string[], rows: readonly string[], columns: number): string {
	let changes = '';
	for (let index = 0; index < Math.max(shown.length, rows.length); index++) {
		const row = rows[index] ?? '';
		if (row === (shown[index] ?? '')) continue;
		changes += `\u001B[${index + 1};1H${encodeRow(row, columns)}`;
	}
	return changes;
}

function ignore(): void {}
