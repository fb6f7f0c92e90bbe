import {spawn, type ChildProcess} from 'node:child_process';
import type {TestContext} from 'node:test';
import {fileURLToPath} from 'node:url';

/** The program as it is installed: the bundle, which `npm test` makes before any test. */
export const program = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

export type Started = {
	readonly child: ChildProcess;
	readonly stdout: () => string;
	readonly stderr: () => string;
	/** The exit code; null after a signal that it did not handle. */
	readonly ended: Promise<number | null>;
	/** Resolves once stderr has shown it. */
	waitFor(text: string): Promise<void>;
};

export type Ended = {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
};

export type StartOptions = {
	readonly stdout?: 'pipe' | number;
	/** Whose process it is. @default the test's own */
	readonly uid?: number | undefined;
	/** What a shell does before it becomes the program, e.g. `ulimit -f 100`. */
	readonly before?: string;
};

/** Starts the program in a folder as a process of its own, without a terminal. */
export function startProgram(
	context: TestContext,
	folder: string,
	words: readonly string[],
	{stdout = 'pipe', uid, before = ':'}: StartOptions = {},
): Started {
	const command = ['-c', `${before}; exec "$@"`, 'sh', process.execPath, program, ...words];
	const child = spawn('sh', command, {
		cwd: folder,
		stdio: ['ignore', stdout, 'pipe'],
		// No test's terminal and no developer's configuration.
		env: {PATH: process.env['PATH'], HOME: folder},
		...(uid === undefined ? {} : {uid}),
	});
	context.after(() => child.kill('SIGKILL'));
	let [out, err] = ['', ''];
	const listeners = new Set<() => void>();
	child.stdout?.setEncoding('utf8').on('data', (text: string) => {
		out += text;
	});
	child.stderr?.setEncoding('utf8').on('data', (text: string) => {
		err += text;
		for (const listener of listeners) listener();
	});
	const ended = new Promise<number | null>((resolve) => {
		child.on('close', resolve);
	});
	return {
		child,
		stdout: () => out,
		stderr: () => err,
		ended,
		waitFor: (text) =>
			new Promise((resolve, reject) => {
				const look = () => {
					if (err.includes(text)) resolve();
				};
				listeners.add(look);
				look();
				void ended.then(() => reject(new Error(`It ended without saying ${text}:\n${err}`)));
			}),
	};
}

/** Runs it to its end. */
export async function runProgram(
	context: TestContext,
	folder: string,
	words: readonly string[],
	options: StartOptions = {},
): Promise<Ended> {
	const started = startProgram(context, folder, words, options);
	const code = await started.ended;
	return {code, stdout: started.stdout(), stderr: started.stderr()};
}
