import {spawn, type ChildProcess} from 'node:child_process';
import {chownSync, mkdtempSync, readdirSync, statSync, writeFileSync} from 'node:fs';
import {createServer, Socket} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';

/** The account that servers run as: database servers refuse to run as root. */
export const account =
	process.getuid?.() === 0 ? {uid: 65_534, gid: 65_534} : {uid: undefined, gid: undefined};

/** Hands a file, or a folder and all that is in it, to the servers' account. */
export function chownAll(file: string): void {
	if (account.uid === undefined) return;
	chownSync(file, account.uid, account.gid);
	if (!statSync(file).isDirectory()) return;
	for (const name of readdirSync(file)) chownAll(path.join(file, name));
}

/*
Reads process groups, one a line, until the pipe closes: when the test closes it, and also when
the test's process dies in whatever way. Then it ends the last one and removes the folder.
*/
const watch = `
while read -r line; do group=$line; done
if [ -n "$group" ]; then
	kill -s "$2" -- "-$group"
	tries=0
	while kill -s 0 -- "-$group" && [ $tries -lt 100 ]; do sleep 0.05; tries=$((tries + 1)); done
	kill -s KILL -- "-$group"
fi
rm -rf "$1"
`;

/**
A server's temporary folder, which goes away with the server at the latest when this process
ends, killed or not.
*/
export class ServerFolder {
	readonly path: string;
	readonly #watcher: ChildProcess;
	readonly #gone: Promise<void>;

	/** @param stopSignal What ends the server at once, without care for its data. */
	constructor(label: string, stopSignal: 'QUIT' | 'KILL') {
		this.path = mkdtempSync(path.join(tmpdir(), `deepdiff-${label}-`));
		chownAll(this.path);
		this.#watcher = spawn('/bin/sh', ['-c', watch, 'watch', this.path, stopSignal], {
			detached: true,
			stdio: ['pipe', 'ignore', 'ignore'],
		});
		this.#gone = new Promise((resolve) => this.#watcher.once('exit', () => resolve()));
		this.#watcher.unref();
		// A pipe is a socket here, and would keep the process from ending.
		if (this.#watcher.stdin instanceof Socket) this.#watcher.stdin.unref();
	}

	/** Says which process, the first of its group, must end with the folder; undefined: none. */
	watch(pid: number | undefined): void {
		this.#watcher.stdin?.write(`${pid ?? ''}\n`);
	}

	join(name: string): string {
		return path.join(this.path, name);
	}

	/** Writes a file for the server. @returns Its absolute path. */
	write(name: string, text: string): string {
		writeFileSync(this.join(name), text);
		chownAll(this.join(name));
		return this.join(name);
	}

	/** Ends the server and removes the folder. */
	async remove(): Promise<void> {
		this.#watcher.ref();
		this.#watcher.stdin?.end();
		await this.#gone;
	}
}

/** Below the ports that outgoing connections take, so that it stays free while a server is down. */
export async function findFreePort(): Promise<number> {
	for (;;) {
		const port = 20_000 + Math.floor(Math.random() * 12_000);
		const isFree = await new Promise<boolean>((resolve) => {
			const probe = createServer();
			probe.once('error', () => resolve(false));
			probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
		});
		if (isFree) return port;
	}
}
