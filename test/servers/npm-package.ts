import {execFile} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, renameSync, rmSync} from 'node:fs';
import {homedir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';

const run = promisify(execFile);

/** As root outside the home folder, which the servers' account may not read. */
const cache =
	process.env['DEEPDIFF_TEST_CACHE'] ??
	(process.getuid?.() === 0
		? '/var/cache/deepdiff-db-test'
		: path.join(
				process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache'),
				'deepdiff-db-test',
			));

/**
Installs a package that holds a server, once, outside the project: too large and too much bound
to a platform to be a dependency.

@param finish Completes the package after it was unpacked; given its folder.
@returns The package's folder.
@throws {Error} When npm can't install it.
*/
export async function installPackage(
	name: string,
	version: string,
	finish: (folder: string) => Promise<unknown> = () => Promise.resolve(),
): Promise<string> {
	const place = path.join(cache, `${name.replace('/', '+')}@${version}`);
	const folder = path.join(place, 'node_modules', name);
	if (existsSync(place)) return folder;
	mkdirSync(cache, {recursive: true});
	// Made beside its place and renamed, so that it is there as a whole or not at all.
	const made = mkdtempSync(path.join(cache, 'making-'));
	try {
		const flags = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', made];
		await run('npm', ['install', ...flags, `${name}@${version}`], {cwd: made});
		await finish(path.join(made, 'node_modules', name));
		await run('chmod', ['-R', 'a+rX', made]);
		if (!existsSync(place)) renameSync(made, place);
	} catch (error) {
		if (!existsSync(place)) throw explain(name, version, error);
	} finally {
		rmSync(made, {recursive: true, force: true});
	}
	return folder;
}

function explain(name: string, version: string, cause: unknown): Error {
	const reason = cause instanceof Error ? cause.message : String(cause);
	return new Error(`The npm package ${name}@${version} could not be installed: ${reason}`, {cause});
}
