import {statSync} from 'node:fs';

/**
A token of a database file that changes when somebody commits, and still means the same after
a restart: what the file system tells about the file and its write-ahead log.

The change counter in the file's header would tell more, but reading it means opening the
file, and closing it again drops every lock that this process holds on it (POSIX advisory
locks; sqlite.org/howtocorrupt.html, 2.2).
*/
export function readFileVersion(file: string): string {
	return `${describe(file)},${describe(`${file}-wal`)}`;
}

/**
A version of files that one connection reads. Within the resolution of the file system's clock
two commits look like one from outside; then SQLite's own counter, which only that connection
knows, adds to it.
*/
export class FileVersion {
	readonly #files: readonly string[];
	#last = {files: '', data: '', repeats: 0};

	constructor(files: readonly string[]) {
		this.#files = files;
	}

	/** @param data SQLite's counters of the data in the files; empty when a snapshot hides them. */
	read(data: string): string {
		const files = this.#files.map(readFileVersion).join(';');
		const last = this.#last;
		const isHidden = last.files === files && last.data !== data;
		const repeats = last.files === files ? last.repeats + Number(isHidden) : 0;
		this.#last = {files, data, repeats};
		return repeats === 0 ? files : `${files}+${repeats}`;
	}
}

function describe(path: string): string {
	const stats = statSync(path, {bigint: true, throwIfNoEntry: false});
	// A log without frames is the same as none.
	if (!stats || (path.endsWith('-wal') && stats.size === 0n)) return '-';
	return `${stats.ino}:${stats.size}:${stats.mtimeNs}`;
}

/** Names the database itself, whatever path or link leads to it. */
export function identifyFile(file: string): string {
	const {dev, ino} = statSync(file, {bigint: true});
	return `${dev}:${ino}`;
}
