import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmdirSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {TestContext} from 'node:test';

/** A small file system of its own, taken away after the test. */
export type Tmpfs = {
	readonly folder: string;
	/** Changes its options, e.g. `size=1m` or `ro`. */
	remount(options: string): void;
};

/** Mounts one; null where that is not allowed, which needs root. */
export function mountTmpfs(context: TestContext, options: string): Tmpfs | null {
	const folder = mkdtempSync(path.join(tmpdir(), 'deepdiff-disk-'));
	const mount = (what: string) => spawnSync('mount', ['-t', 'tmpfs', '-o', what, 'tmpfs', folder]);
	const isMounted = mount(options).status === 0;
	context.after(() => {
		if (isMounted) spawnSync('umount', ['--lazy', folder]);
		rmdirSync(folder);
	});
	if (!isMounted) return null;
	return {
		folder,
		remount: (what) => {
			const {status, stderr} = mount(`remount,${what}`);
			if (status !== 0) throw new Error(stderr.toString());
		},
	};
}
