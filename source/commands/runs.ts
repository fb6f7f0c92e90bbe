import {summariseRun} from '../engine/summarise-run.ts';
import {exitCodes, type ExitCode} from '../model/errors.ts';
import {comparisonToJson, jsonVersion} from '../report/comparison-json.ts';
import {describeComparison, describeVerdict} from '../report/comparison-text.ts';
import type {Spans} from '../report/spans.ts';
import {layOutTable} from '../report/text-table.ts';
import {RunDirectory, type RunSummary} from '../store/run-directory.ts';
import type {CommandContext} from './context.ts';
import {printJson, printLines} from './print.ts';
import {readRun} from './use-run.ts';

/**
Lists the stored runs, newest first. `--json`: `{version, folder, runs: [{id, createdAt,
prod, dev, base, stage, problem, file}]}`.
*/
export async function listRuns(context: CommandContext): Promise<ExitCode> {
	const {stdout, flags} = context;
	const config = await context.loadConfig({connections: false});
	const directory = new RunDirectory(config.output.directory);
	const runs = directory.list();
	if (flags.json) {
		const listed = runs.map(describeRun);
		await printJson(stdout, {version: jsonVersion, folder: directory.folder, runs: listed});
	} else if (runs.length === 0) {
		await printLines(stdout, [[{text: `There are no runs in ${directory.folder}.`}]]);
	} else {
		await printLines(stdout, layOutRuns(runs));
	}
	return exitCodes.done;
}

/**
Shows one run: what it found, what was decided, what was done. `--json`: as `diff --json`,
with `stage`, `decisions` and `journal`.
*/
export async function showRun(context: CommandContext, id: string): Promise<ExitCode> {
	const {stdout, flags} = context;
	const config = await context.loadConfig({connections: false});
	return readRun(config, id, async (store) => {
		const comparison = summariseRun(store);
		const decisions = store.decisions.list();
		const journal = store.journal.list();
		if (flags.json) {
			const {stage} = store;
			const document = {...comparisonToJson(comparison), stage, decisions, journal};
			await printJson(stdout, document);
			return exitCodes.done;
		}
		await printLines(stdout, [
			...describeComparison(comparison),
			...listEvents(
				'Decisions',
				decisions.map(({time, summary, isUndone}) => ({
					time,
					text: isUndone ? `${summary} (undone)` : summary,
				})),
			),
			...listEvents(
				'Journal',
				journal.map(({time, event}) => ({time, text: event})),
			),
			[],
			[{text: 'stage: ', tone: 'muted'}, {text: store.stage}],
			describeVerdict(comparison),
		]);
		return exitCodes.done;
	});
}

function describeRun({id, createdAt, prod, dev, base, stage, problem, file}: RunSummary) {
	return {id, createdAt, prod, dev, base, stage, problem, file};
}

function layOutRuns(runs: readonly RunSummary[]): Spans[] {
	const titles = ['run', 'made', 'prod', 'dev', 'base', 'stage'].map((title) => ({title}));
	return layOutTable(
		titles,
		runs.map(({id, createdAt, prod, dev, base, stage, problem}): Spans[] => [
			[{text: id}],
			[{text: createdAt.slice(0, 16).replace('T', ' ')}],
			[{text: prod}],
			[{text: dev}],
			[{text: base ?? ''}],
			problem === null ? [{text: stage}] : [{text: problem, tone: 'danger'}],
		]),
	);
}

function listEvents(
	title: string,
	events: readonly {readonly time: string; readonly text: string}[],
): Spans[] {
	if (events.length === 0) return [];
	return [
		[],
		[{text: title, tone: 'strong'}],
		...events.map(({time, text}): Spans => [
			{text: `  ${time.slice(0, 19).replace('T', ' ')}  `, tone: 'muted'},
			{text},
		]),
	];
}
