import {spawn, type ChildProcess} from 'node:child_process';
import {closeSync, openSync, readFileSync} from 'node:fs';
import {account, type ServerFolder} from './server-folder.ts';
import {waitUntil} from './wait-until.ts';

export type Command = {
	readonly file: string;
	readonly args: readonly string[];
	/** Over the test's own environment. */
	readonly env?: Readonly<Record<string, string>>;
};

/** A server that can be ended without mercy and started again on the same folder and port. */
export class ServerProcess {
	#child: ChildProcess | undefined;

	/** @param answers Connects and asks something; it throws as long as the server is not up. */
	constructor(
		readonly folder: ServerFolder,
		private readonly command: Command,
		private readonly answers: () => Promise<unknown>,
	) {}

	get isRunning(): boolean {
		return this.#child !== undefined && !hasEnded(this.#child);
	}

	/**
	Starts it and waits until it answers.

	@throws {Error} With the end of the server's log, when it ends instead.
	*/
	async start(): Promise<void> {
		const child = launch(this.folder, this.command);
		this.#child = child;
		await waitUntil(async () => {
			if (hasEnded(child)) throw this.#explain();
			return this.answers().then(
				() => true,
				() => false,
			);
		}, `${this.command.file} answers`);
	}

	/** Ends it and all its processes with SIGKILL, in the middle of whatever they do. */
	async kill(): Promise<void> {
		const child = this.#child;
		if (child?.pid === undefined || hasEnded(child)) return;
		const pids = [child.pid, ...readChildren(child.pid)];
		for (const pid of pids) killProcess(pid);
		await waitUntil(() => pids.every((pid) => isGone(pid)), 'the killed server is gone');
		await waitUntil(() => hasEnded(child), 'the killed server has been waited for');
		this.folder.watch(undefined);
	}

	/** Ends it and removes its folder. */
	async stop(): Promise<void> {
		const child = this.#child;
		await this.folder.remove();
		await waitUntil(() => child === undefined || hasEnded(child), 'the stopped server has ended');
	}

	#explain(): Error {
		const log = readFileSync(this.folder.join('log'), 'utf8').trimEnd();
		const end = log.split('\n').slice(-15).join('\n');
		return new Error(`${this.command.file} ended before it answered:\n${end}`);
	}
}

/** Runs what prepares a folder. @throws {Error} With what it printed, when it fails. */
export async function runToEnd(folder: ServerFolder, command: Command): Promise<void> {
	const child = launch(folder, command);
	child.ref();
	const code = await new Promise<number | string | null>((resolve) => {
		child.once('exit', (exitCode, signal) => resolve(exitCode ?? signal));
		child.once('error', ({message}) => resolve(message));
	});
	folder.watch(undefined);
	if (code === 0) return;
	const log = readFileSync(folder.join('log'), 'utf8').trimEnd();
	throw new Error(`${command.file} failed (${code}):\n${log}`);
}

function launch(folder: ServerFolder, {file, args, env}: Command): ChildProcess {
	const log = openSync(folder.join('log'), 'a');
	try {
		const child = spawn(file, args, {
			...(account.uid !== undefined && account),
			cwd: folder.path,
			env: {...process.env, ...env},
			// A group of its own: a Ctrl+C in the terminal is for the test.
			detached: true,
			stdio: ['ignore', log, log],
		});
		// The log tells why; without a listener the process would end.
		child.on('error', () => undefined);
		child.unref();
		folder.watch(child.pid);
		return child;
	} finally {
		closeSync(log);
	}
}

function hasEnded(child: ChildProcess): boolean {
	return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** PostgreSQL's sessions are processes, which outlive their parent for as long as they are busy. */
function readChildren(pid: number): number[] {
	const text = readProc(`${pid}/task/${pid}/children`);
	return text.split(' ').filter(Boolean).map(Number);
}

function killProcess(pid: number): void {
	try {
		process.kill(pid, 'SIGKILL');
	} catch (error) {
		// A session may have ended with its parent.
		if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
	}
}

/** Nobody may have waited for it yet; a zombie holds nothing. */
function isGone(pid: number): boolean {
	const text = readProc(`${pid}/stat`);
	return text === '' || text[text.lastIndexOf(')') + 2] === 'Z';
}

function readProc(name: string): string {
	try {
		return readFileSync(`/proc/${name}`, 'utf8');
	} catch {
		return '';
	}
}
