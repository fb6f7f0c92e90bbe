import {inspect} from 'node:util';
import {spawn, type IPty} from 'node-pty';
import {encodeKey, encodePaste} from './key-codes.ts';
import {Screen} from './screen.ts';

export type TerminalOptions = {
	/** @default 80 */
	readonly columns?: number;
	/** @default 24 */
	readonly rows?: number;
	/** @default the test's own */
	readonly cwd?: string;
	/** Over the test's own environment; undefined removes a variable. */
	readonly env?: Readonly<Record<string, string | undefined>>;
};

export type TerminalExit = {readonly exitCode: number; readonly signal: number};

export type WaitOptions = {
	/** Milliseconds. @default 15000 */
	readonly timeout?: number;
};

/** What is waited for: a text on the screen, a pattern, or any condition. */
export type Condition = string | RegExp | ((screen: string) => boolean);

/**
A robot at a terminal: runs a program in a real pseudo-terminal, presses keys,
reads the screen.

Every wait is for a condition, looked at again after each piece of output and
never in the middle of a frame.
*/
export class Terminal {
	readonly exit: Promise<TerminalExit>;
	readonly #pty: IPty;
	readonly #screen: Screen;
	readonly #listeners = new Set<() => void>();
	#transcript = '';
	#exited: TerminalExit | undefined;
	#written: Promise<void> = Promise.resolve();

	constructor(
		private readonly command: readonly [string, ...(readonly string[])],
		{columns = 80, rows = 24, cwd = process.cwd(), env = {}}: TerminalOptions = {},
	) {
		const [file, ...args] = command;
		this.#screen = new Screen(columns, rows);
		this.#pty = spawn(file, args, {
			name: 'xterm-256color',
			cols: columns,
			rows,
			cwd,
			env: makeEnvironment(env),
		});
		this.#screen.onAnswer((answer) => {
			if (this.#exited === undefined) this.#pty.write(answer);
		});
		this.#pty.onData((output) => {
			this.#transcript += output;
			this.#written = this.#screen.write(output).then(this.#notify);
		});
		this.exit = new Promise((resolve) => {
			this.#pty.onExit(({exitCode, signal = 0}) => {
				// The last output may still be on its way to the screen.
				void this.#written.then(() => {
					this.#exited = {exitCode, signal};
					resolve(this.#exited);
					this.#notify();
				});
			});
		});
	}

	/** Everything that the program has written, escape sequences and all. */
	get transcript(): string {
		return this.#transcript;
	}

	get isAlternate(): boolean {
		return this.#screen.isAlternate;
	}

	get pid(): number {
		return this.#pty.pid;
	}

	/** The rows without the blanks at their ends and the blank rows at the bottom. */
	screen(): string {
		return this.#screen.text();
	}

	/** Every row, for whoever needs their places. */
	lines(): readonly string[] {
		return this.#screen.lines();
	}

	/** Presses keys by name, one after the other: `press('j', 'down', 'ctrl+d')`. */
	press(...keys: readonly string[]): void {
		for (const key of keys) this.#pty.write(encodeKey(key));
	}

	/** Types a text as it is. */
	type(text: string): void {
		this.#pty.write(text);
	}

	/** Pastes a text. */
	paste(text: string): void {
		this.#pty.write(encodePaste(text));
	}

	/** Follows a person who drags the window's corner. */
	resize(columns: number, rows: number): void {
		this.#screen.resize(columns, rows);
		this.#pty.resize(columns, rows);
	}

	/** Sends a signal to the program. @default 'SIGTERM' */
	kill(signal: NodeJS.Signals = 'SIGTERM'): void {
		this.#pty.kill(signal);
	}

	/** Waits until the condition holds and returns the screen then. */
	async waitFor(condition: Condition, {timeout = 15_000}: WaitOptions = {}): Promise<string> {
		return this.#wait(describe(condition), () => isMet(condition, this.screen()), timeout);
	}

	/** Waits until a text or pattern is no longer on the screen. */
	async waitForAbsence(
		condition: Condition,
		{timeout = 15_000}: WaitOptions = {},
	): Promise<string> {
		const text = `the absence of ${describe(condition)}`;
		return this.#wait(text, () => !isMet(condition, this.screen()), timeout);
	}

	/** Ends the program, if it still runs, and forgets the screen. */
	async dispose(): Promise<void> {
		if (this.#exited === undefined) this.#pty.kill('SIGKILL');
		await this.exit;
		this.#screen.dispose();
	}

	async #wait(text: string, isDone: () => boolean, timeout: number): Promise<string> {
		return new Promise((resolve, reject) => {
			const finish = (settle: () => void): void => {
				clearTimeout(timer);
				this.#listeners.delete(check);
				settle();
			};
			const check = (): void => {
				if (!this.#screen.isDrawing && isDone()) {
					finish(() => resolve(this.screen()));
				} else if (this.#exited !== undefined) {
					const {exitCode, signal} = this.#exited;
					const why = `The program ended (code ${exitCode}, signal ${signal}) before ${text}.`;
					finish(() => reject(new Error(this.#describeScreen(why))));
				}
			};
			const timer = setTimeout(() => {
				const why = `Waited ${timeout} ms for ${text}.`;
				finish(() => reject(new Error(this.#describeScreen(why))));
			}, timeout);
			this.#listeners.add(check);
			check();
		});
	}

	readonly #notify = (): void => {
		for (const listener of [...this.#listeners]) listener();
	};

	#describeScreen(why: string): string {
		const edge = '─'.repeat(this.#screen.columns);
		const rows = this.#screen.lines().map((line) => `│${line}`);
		return [why, this.command.join(' '), `┌${edge}`, ...rows, `└${edge}`].join('\n');
	}
}

function isMet(condition: Condition, screen: string): boolean {
	if (typeof condition === 'string') return screen.includes(condition);
	// A pattern with the flags g or y remembers where it was.
	if (condition instanceof RegExp) return screen.search(condition) !== -1;
	return condition(screen);
}

function describe(condition: Condition): string {
	return typeof condition === 'function' ? condition.toString() : inspect(condition);
}

function makeEnvironment(
	changes: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
	const inherited = {
		...process.env,
		// Ink draws nothing where CI is set, and colours are the test's to choose.
		CI: undefined,
		CONTINUOUS_INTEGRATION: undefined,
		FORCE_COLOR: undefined,
		NO_COLOR: undefined,
		NODE_TEST_CONTEXT: undefined,
		TERM: 'xterm-256color',
		LANG: 'C.UTF-8',
		...changes,
	};
	const environment: Record<string, string> = {};
	for (const [name, value] of Object.entries(inherited)) {
		if (value !== undefined) environment[name] = value;
	}
	return environment;
}
