import type {Config} from '../config/config.ts';
import {closeRun} from '../engine/compare-run.ts';
import {renderStatement} from '../engine/pack/render-pack.ts';
import {previewPlan} from '../engine/preview-plan.ts';
import {summariseRun} from '../engine/summarise-run.ts';
import {exitCodes, type ExitCode} from '../model/errors.ts';
import {describeComparison, describeVerdict} from '../report/comparison-text.ts';
import {formatCount, plural} from '../report/number-text.ts';
import {describePlan} from '../report/plan-text.ts';
import {indentWithBlanks} from '../report/schema-text.ts';
import type {Spans} from '../report/spans.ts';
import type {PlannedStatement} from '../store/statements.ts';
import {compareAloud, takeRunAloud} from './compare.ts';
import type {CommandContext} from './context.ts';
import {describeNextSteps} from './diff.ts';
import {throwIfInterrupted} from './interruption.ts';
import {allowedKinds} from './plan.ts';
import {printLines} from './print.ts';
import {suggest} from './suggest.ts';
import {withSession} from './with-session.ts';

export type WalkOptions = {readonly fresh?: boolean};

/** A plan longer than this is for a file, not for reading through a pipe. */
const mostStatements = 2000;
const pageStatements = 200;

/**
What the walk would show, as text: for a place without a terminal. Compares, prints what
differs and the plan as far as it is settled, and leaves the run to be taken up. Exit code
1 when something differs.
*/
export async function printWalk(
	context: CommandContext,
	config: Config,
	{fresh = false}: WalkOptions = {},
): Promise<ExitCode> {
	const {stdout, flags, signal} = context;
	return withSession(context, config, async (session) => {
		const run = await takeRunAloud(context, session, {fresh, runId: flags.run});
		try {
			await compareAloud(context, session, run);
			const comparison = summariseRun(run.store);
			await printLines(stdout, [
				...describeComparison(comparison),
				[],
				describeVerdict(comparison),
				[],
			]);
			if (comparison.identical) return exitCodes.done;
			const allow = allowedKinds(config);
			await previewPlan(session, run.store, {allow, signal}, async (plan, summary) => {
				await printLines(stdout, [
					...describePlan(summary),
					...tellOpenConflicts(comparison.unresolved),
					[],
				]);
				const shown = Math.min(summary.statements, mostStatements);
				for (let offset = 0; offset < shown && !stdout.isClosed; offset += pageStatements) {
					throwIfInterrupted(signal);
					const page = plan.statements.page(offset, Math.min(pageStatements, shown - offset));
					await printLines(stdout, page.flatMap(listStatement), {exact: true});
				}
				if (summary.statements > shown) {
					const left = formatCount(summary.statements - shown);
					await printLines(stdout, [
						[{text: `… and ${left} more statements: \`${suggest(context, 'plan')}\` writes all.`}],
					]);
				}
			});
			if (!flags.quiet) await printLines(stdout, describeNextSteps(context, comparison));
			return exitCodes.differences;
		} finally {
			closeRun(run);
		}
	});
}

function tellOpenConflicts(unresolved: number): Spans[] {
	if (unresolved === 0) return [];
	const text = `${plural(unresolved, 'conflict')} without a decision: ${unresolved === 1 ? 'its row stays' : 'their rows stay'} as on prod in this plan.`;
	return [[], [{text, tone: 'warning'}]];
}

function listStatement(statement: PlannedStatement): Spans[] {
	const {lead, sql, end} = renderStatement(statement);
	return `${lead}${sql}${end}`
		.replace(/\n$/, '')
		.split('\n')
		.map((line): Spans => [
			{text: indentWithBlanks(line), ...(line.startsWith('--') ? {tone: 'muted' as const} : {})},
		]);
}
