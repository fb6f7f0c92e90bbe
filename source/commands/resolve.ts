import type {Config} from '../config/config.ts';
import {matchesAnyGlob} from '../config/match-glob.ts';
import {countConflicts, decideMany} from '../engine/resolve.ts';
import {resolveByConfig} from '../engine/resolve-by-config.ts';
import {exitCodes, UsageError, DeepDiffError, type ExitCode} from '../model/errors.ts';
import {jsonVersion} from '../report/comparison-json.ts';
import {describeConflicts} from '../report/comparison-text.ts';
import {plural} from '../report/number-text.ts';
import type {RunStore} from '../store/run-store.ts';
import type {RowFilter} from '../store/row-query.ts';
import {applyResolutions} from './apply-resolutions.ts';
import type {CommandContext} from './context.ts';
import {parseStates} from './parse-states.ts';
import {note, printJson, printLines} from './print.ts';
import {readResolutionFile, type ResolutionEntry} from './resolution-file.ts';
import {suggest} from './suggest.ts';
import {findRunId, holdRun, requireComplete} from './use-run.ts';

export type ResolveOptions = {
	/** `ours` or `theirs`. */
	readonly all?: string | undefined;
	/** Comma-separated states; without it conflicts. */
	readonly state?: string | undefined;
	readonly file?: string | undefined;
};

/**
Settles rows of the stored run: all of them one way, by a file, or without either by the
rules and strategies of the configuration.

`--json`: `{version, run, settled, kept, conflicts, unresolved}`.
*/
export async function runResolve(
	context: CommandContext,
	options: ResolveOptions,
): Promise<ExitCode> {
	const {flags, stdout, directory} = context;
	const work = chooseWork(options);
	const entries =
		options.file === undefined ? [] : await readResolutionFile(options.file, directory);
	const config = await context.loadConfig();
	return holdRun(config, findRunId(context, config), async (store) => {
		requireComplete(context, store);
		refuseApplied(context, store);
		const {settled, kept} = work(store, config, entries);
		if (store.stage === 'planned') {
			// What was planned no longer is what was decided.
			store.stage = 'compared';
			await note(context, 'The plan of this run is out of date now.');
		}
		const {conflicts, resolved} = countConflicts(store);
		const unresolved = conflicts - resolved;
		if (flags.json) {
			const run = store.identity.id;
			await printJson(stdout, {version: jsonVersion, run, settled, kept, conflicts, unresolved});
			return exitCodes.done;
		}
		await printLines(stdout, [
			[{text: `Settled ${plural(settled, 'row')}.`, tone: 'strong'}, {text: tellKept(kept)}],
			[
				{
					text:
						conflicts === 0 ? 'There are no conflicts.' : describeConflicts(conflicts, unresolved),
				},
			],
		]);
		const next = unresolved === 0 ? 'plan' : 'rows --unresolved';
		await note(context, `Next: ${suggest(context, next)}`);
		return exitCodes.done;
	});
}

type Work = (
	store: RunStore,
	config: Config,
	entries: readonly ResolutionEntry[],
) => {
	readonly settled: number;
	/** Rows that keep what was decided about them more specifically. */
	readonly kept: number;
};

function chooseWork({all, state, file}: ResolveOptions): Work {
	if (all !== undefined && file !== undefined) {
		throw new UsageError("--all and --file can't be given together.", {
			hint: 'First --all, then --file: a row that was decided by itself keeps its resolution.',
		});
	}
	if (all === undefined && state !== undefined) {
		throw new UsageError('--state needs --all ours or --all theirs.');
	}
	if (file !== undefined) {
		return (store, _config, entries) => ({
			settled: applyResolutions(store, entries, file),
			kept: 0,
		});
	}
	if (all === undefined) {
		return (store, config) => {
			requireSomeRule(config);
			return {settled: resolveByConfig(store, config), kept: 0};
		};
	}
	if (all !== 'ours' && all !== 'theirs') {
		throw new UsageError(`--all takes ours or theirs, not "${all}".`, {
			hint: "ours keeps prod's version, theirs takes dev's.",
		});
	}
	const states = parseStates(state) ?? ['conflict' as const];
	return (store, {onlyTables}) => {
		const filter = {...chooseTables(store, onlyTables), states};
		const settled = decideMany(store, filter, all, {level: 'table', by: 'person'});
		return {settled, kept: store.rows.count(filter) - settled};
	};
}

/** @throws {UsageError} When the configuration settles nothing. */
function requireSomeRule({conflicts, tables}: Config): void {
	const strategies = [
		conflicts.default,
		...Object.values(conflicts.tables),
		...Object.values(tables).flatMap(({strategy}) => strategy ?? []),
	];
	if (conflicts.rules.length > 0 || strategies.some((take) => take !== 'manual')) return;
	throw new UsageError('The configuration has no rule and no strategy to settle conflicts by.', {
		hint: 'Give --all ours, --all theirs or --file FILE, or write rules under "conflicts".',
	});
}

/** @throws {UsageError} When no compared table fits. */
function chooseTables(store: RunStore, globs: readonly string[]): RowFilter {
	if (globs.length === 0) return {};
	const tables = store.scan
		.listTables()
		.filter(({name, layout}) => layout !== null && matchesAnyGlob(name, globs))
		.map(({name}) => name);
	if (tables.length > 0) return {tables};
	throw new UsageError(`No compared table fits --tables ${globs.join(',')}.`, {
		hint: 'Names of tables, or globs such as order_*.',
	});
}

function refuseApplied(context: CommandContext, store: RunStore): void {
	if (store.stage !== 'applied') return;
	throw new DeepDiffError(`Run ${store.identity.id} was applied already.`, {
		hint: `Compare anew: ${suggest(context, 'diff')}`,
	});
}

function tellKept(kept: number): string {
	return kept === 0 ? '' : ` ${plural(kept, 'row')} already decided more specifically, kept so.`;
}
