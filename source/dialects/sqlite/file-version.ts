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
