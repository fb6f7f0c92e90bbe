import {exitCodes, LockedError, UsageError, type ExitCode} from '../model/errors.ts';
import {jsonVersion} from '../report/comparison-json.ts';
import {plural} from '../report/number-text.ts';
import {RunDirectory, type RunSummary} from '../store/run-directory.ts';
import type {CommandContext} from './context.ts';
import {printJson, printLines, warn} from './print.ts';

export type PruneOptions = {
	readonly ids: readonly string[];
	readonly all?: boolean;
	/** `30d`, `12h`, `2w`. */
	readonly olderThan?: string | undefined;
};

/**
Deletes stored runs with their packs and reports. One that another process holds is left
and told; then the exit code is 2. `--json`: `{version, removed: [id], held: [id]}`.
*/
export async function pruneRuns(context: CommandContext, options: PruneOptions): Promise<ExitCode> {
	const choose = parseChoice(options, Date.now());
	const config = await context.loadConfig({connections: false});
	const directory = new RunDirectory(config.output.directory);
	const removed: string[] = [];
	const held: string[] = [];
	for (const {id} of choose(directory.list(), directory.folder)) {
		try {
			directory.remove(id);
			removed.push(id);
		} catch (error) {
			if (!(error instanceof LockedError)) throw error;
			held.push(id);
			await warn(context, error.message);
		}
	}
	await (context.flags.json
		? printJson(context.stdout, {version: jsonVersion, removed, held})
		: printLines(context.stdout, [
				...removed.map((id) => [{text: id, tone: 'muted' as const}]),
				[{text: `Deleted ${plural(removed.length, 'run')}.`}],
			]));
	return held.length > 0 ? exitCodes.failed : exitCodes.done;
}

type Choose = (runs: readonly RunSummary[], folder: string) => readonly RunSummary[];

function parseChoice({ids, all, olderThan}: PruneOptions, now: number): Choose {
	const given = [ids.length > 0, all === true, olderThan !== undefined].filter(Boolean).length;
	if (given !== 1) {
		throw new UsageError('Say which runs to delete: ids, --all, or --older-than 30d.', {
			hint: 'List them with `deepdiff-db runs`.',
		});
	}
	if (all === true) return (runs) => runs;
	if (olderThan !== undefined) {
		const before = now - parseAge(olderThan);
		return (runs) => runs.filter((run) => madeAt(run) < before);
	}
	return (runs, folder) =>
		ids.map((id) => {
			const run = runs.find((candidate) => candidate.id === id);
			if (run) return run;
			throw new UsageError(`There is no run ${id} in ${folder}. Nothing was deleted.`, {
				hint: 'List the stored runs with `deepdiff-db runs`.',
			});
		});
}

const hour = 3_600_000;
const millisecondsPer = {h: hour, d: 24 * hour, w: 7 * 24 * hour} as const;

function parseAge(text: string): number {
	const [, amount = '', unit = ''] = /^(\d+)([hdw])$/.exec(text) ?? [];
	if (unit === 'h' || unit === 'd' || unit === 'w') return Number(amount) * millisecondsPer[unit];
	throw new UsageError(`--older-than takes an age such as 12h, 30d or 4w, not "${text}".`);
}

/** A damaged run can't say when it was made, but its name begins with that. */
function madeAt({createdAt, id}: RunSummary): number {
	if (createdAt !== '') return Date.parse(createdAt);
	const time = id.replace(/^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d).*$/, '$1-$2-$3T$4:$5:$6.000Z');
	// What is no run's name at all is never old enough.
	return Number.isNaN(Date.parse(time)) ? Number.POSITIVE_INFINITY : Date.parse(time);
}
