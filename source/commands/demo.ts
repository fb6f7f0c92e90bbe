import {access} from 'node:fs/promises';
import path from 'node:path';
import type {Config} from '../config/config.ts';
import {renderConfig} from '../config/render-config.ts';
import {makeDemo, type Demo} from '../engine/make-demo.ts';
import {UsageError} from '../model/errors.ts';
import {plural} from '../report/number-text.ts';
import type {CommandContext} from './context.ts';
import {note} from './print.ts';
import {quote} from './suggest.ts';
import {writeTextFile} from './write-text-file.ts';

export type DemoFlags = {
	/** @default `deepdiff-demo` in the current folder */
	readonly folder?: string | undefined;
	readonly rows?: string | undefined;
	readonly seed?: string | undefined;
};

/**
Makes the demo's databases with a `.deepdiffrc` beside them, so that every command works
inside that folder.

@returns Its configuration and what opens the walk on it again.
*/
export async function prepareDemo(
	context: CommandContext,
	flags: DemoFlags,
): Promise<{config: Config; command: string}> {
	const folder = path.resolve(context.directory, flags.folder ?? 'deepdiff-demo');
	const rows = parseCount('--rows', flags.rows);
	const seed = parseCount('--seed', flags.seed);
	const demo = await makeDemo(folder, {
		...(rows !== undefined && {rows}),
		...(seed !== undefined && {seed}),
	});
	await writeDemoConfig(folder, demo);
	await note(
		context,
		`The demo is in ${folder}: ${plural(demo.tables, 'table')}, ${plural(demo.rows, 'row')} a side. Every command works inside that folder.`,
	);
	const nothing = {config: undefined, prod: undefined, dev: undefined, base: undefined};
	const config = await context.loadConfig({folder, flags: nothing});
	const near = path.relative(context.directory, folder);
	return {config, command: `cd ${quote(near)} && deepdiff-db`};
}

/** One that is there was perhaps changed by hand: it stays. */
async function writeDemoConfig(folder: string, demo: Demo): Promise<void> {
	const file = path.join(folder, '.deepdiffrc');
	const isThere = await access(file).then(
		() => true,
		() => false,
	);
	if (isThere) return;
	const near = (place: string) => `./${path.relative(folder, place)}`;
	const answers = {prod: near(demo.prod), dev: near(demo.dev), base: near(demo.base)};
	await writeTextFile(file, renderConfig(answers).text);
}

function parseCount(flag: string, text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	if (/^\d{1,9}$/.test(text)) return Number(text);
	throw new UsageError(`${flag} takes a whole number, not "${text}".`);
}
