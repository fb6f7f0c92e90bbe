import type {Config} from '../config/config.ts';
import {closeRun, takeRun} from '../engine/compare-run.ts';
import {findRuns} from '../engine/find-runs.ts';
import {describePack} from '../engine/pack/describe-pack.ts';
import {writePack, type PackPaths} from '../engine/pack/write-pack.ts';
import {makePlan} from '../engine/plan/make-plan.ts';
import type {Session} from '../engine/session.ts';
import {exitCodes, type ExitCode} from '../model/errors.ts';
import type {PlanSummary} from '../model/plan.ts';
import {allowKinds, type AllowKind} from '../model/schema-change.ts';
import {jsonVersion} from '../report/comparison-json.ts';
import {formatPercent} from '../report/number-text.ts';
import {describePlan} from '../report/plan-text.ts';
import {RunDirectory} from '../store/run-directory.ts';
import type {RunStore} from '../store/run-store.ts';
import type {CommandContext} from './context.ts';
import {LiveLine} from './live-line.ts';
import {note, printJson, printLines} from './print.ts';
import {quote, suggest} from './suggest.ts';
import {findRunId, requireComplete} from './use-run.ts';
import {withSession} from './with-session.ts';

export type PlanOptions = {
	/** Kinds that are allowed besides those of the configuration, separated by commas. */
	readonly allow?: string | undefined;
};

/**
Plans the stored run and writes the pack: into the run's folder, or straight into
`--output` when the run is kept elsewhere.

`--json`: `{version, run, pack: {sql, manifest, undoSql, undoManifest, digest, undoDigest},
summary}`, the summary as in model/plan.ts.
*/
export async function runPlan(context: CommandContext, {allow}: PlanOptions): Promise<ExitCode> {
	const {config, packFolder} = await choosePlaces(context, allow);
	const id = findRunId(context, config);
	return withSession(context, config, async (session) => {
		const {run} = takeRun(session, {runId: id});
		try {
			requireComplete(context, run.store);
			const summary = await planAloud(context, session, run.store);
			const folder = packFolder ?? new RunDirectory(config.output.directory).artefactFolder(id);
			// The run's own time: planning the same decisions again gives the same bytes.
			const paths = await writePack(
				run.store,
				folder,
				describePack(session, run.store.identity.createdAt),
				{
					signal: context.signal,
				},
			);
			await printPlan(context, id, {summary, paths, typedAllow: allow});
			return exitCodes.done;
		} finally {
			closeRun(run);
		}
	});
}

/** Makes the plan with progress on stderr. */
export async function planAloud(
	{stderr, flags, signal}: CommandContext,
	{dialect, prod, devStructure, config}: Session,
	store: RunStore,
): Promise<PlanSummary> {
	const live = new LiveLine(stderr, {isQuiet: flags.quiet});
	try {
		const steps = makePlan({
			dialect,
			prodCatalog: prod.catalog,
			devCatalog: devStructure,
			store,
			allow: allowedKinds(config),
			signal,
		});
		let step = await steps.next();
		while (!step.done) {
			const {done, total, table} = step.value;
			const share = total === 0 ? '' : ` ${formatPercent(done / total)}`;
			await live.draw([{text: `planning${share}  ${table}`}]);
			step = await steps.next();
		}
		return step.value;
	} finally {
		await live.end();
	}
}

export function allowedKinds({allow}: Pick<Config, 'allow'>): Set<AllowKind> {
	return new Set(allowKinds.filter((kind) => allow[kind]));
}

async function choosePlaces(
	context: CommandContext,
	allow: PlanOptions['allow'],
): Promise<{config: Config; packFolder: string | null}> {
	const config = await context.loadConfig({allow});
	const {output, run} = context.flags;
	const holds = (place: Config) => findRuns(place).some(({id}) => run === undefined || id === run);
	if (output === undefined || holds(config)) return {config, packFolder: null};
	const usual = await context.loadConfig({allow, ignoreOutput: true});
	return holds(usual)
		? {config: usual, packFolder: config.output.directory}
		: {config, packFolder: null};
}

async function printPlan(
	context: CommandContext,
	run: string,
	{
		summary,
		paths,
		typedAllow,
	}: {
		readonly summary: PlanSummary;
		readonly paths: PackPaths;
		readonly typedAllow: string | undefined;
	},
): Promise<void> {
	if (context.flags.json) {
		await printJson(context.stdout, {version: jsonVersion, run, pack: paths, summary});
		return;
	}
	await printLines(context.stdout, [
		...describePlan(summary),
		[],
		[{text: 'pack  ', tone: 'muted'}, {text: paths.sql}],
		[{text: 'undo  ', tone: 'muted'}, {text: paths.undoSql}],
	]);
	// What was allowed only here must be allowed again there: it is a gate of its own.
	const allow = typedAllow === undefined ? '' : ` --allow ${typedAllow}`;
	const apply = `apply ${quote(paths.sql)}${allow}`;
	await note(context, `rehearse: ${suggest(context, `${apply} --dry-run`)}`);
	await note(context, `apply:    ${suggest(context, apply)}`);
}
