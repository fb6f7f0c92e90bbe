import {closeRun} from '../engine/compare-run.ts';
import {summariseRun} from '../engine/summarise-run.ts';
import {countDifferences, type Comparison} from '../model/comparison.ts';
import {exitCodes, UsageError, type ExitCode} from '../model/errors.ts';
import {comparisonToJson} from '../report/comparison-json.ts';
import {describeComparison, describeVerdict} from '../report/comparison-text.ts';
import type {Spans} from '../report/spans.ts';
import {compareAloud, takeRunAloud} from './compare.ts';
import type {CommandContext} from './context.ts';
import {printJson, printLines} from './print.ts';
import {suggest} from './suggest.ts';
import {withSession} from './with-session.ts';

export type DiffOptions = {
	/** Do not take up an unfinished scan. */
	readonly fresh?: boolean;
};

/** Compares structure and rows into a stored run. Exit code 1 when something differs. */
export async function runDiff(
	context: CommandContext,
	{fresh = false}: DiffOptions,
): Promise<ExitCode> {
	const {flags, stdout} = context;
	if (fresh && flags.run !== undefined) {
		throw new UsageError('--fresh starts a new run and --run names an old one.', {
			hint: 'Give one of them.',
		});
	}
	const config = await context.loadConfig();
	return withSession(context, config, async (session) => {
		const run = await takeRunAloud(context, session, {fresh, runId: flags.run});
		try {
			const began = performance.now();
			const {changedMeanwhile, notes} = await compareAloud(context, session, run);
			const comparingSeconds = (performance.now() - began) / 1000;
			const comparison = summariseRun(run.store);
			await (flags.json
				? printJson(stdout, {
						...comparisonToJson(comparison),
						changedMeanwhile,
						notes,
						comparingSeconds,
					})
				: printLines(stdout, [
						...describeComparison(comparison),
						[],
						describeVerdict(comparison),
						...(flags.quiet ? [] : describeNextSteps(context, comparison)),
					]));
			return comparison.identical ? exitCodes.done : exitCodes.differences;
		} finally {
			closeRun(run);
		}
	});
}

/** What a person may want to do about a comparison. */
export function describeNextSteps(context: CommandContext, comparison: Comparison): Spans[] {
	const {identical, isComplete, unresolved, tables} = comparison;
	if (identical || !isComplete) return [];
	const steps = [
		...(tables.some((table) => countDifferences(table) > 0)
			? [{what: 'see the rows', command: 'rows'}]
			: []),
		...(unresolved > 0
			? [{what: 'settle conflicts', command: 'resolve --all theirs'}]
			: [{what: 'write the pack', command: 'plan'}]),
	];
	return [
		[],
		...steps.map(({what, command}): Spans => [
			{text: `${what}: `.padEnd(18), tone: 'muted'},
			{text: suggest(context, command)},
		]),
	];
}
