import {sides, type Config, type Side} from '../config/config.ts';
import {assembleSession} from '../engine/assemble-session.ts';
import {chooseLayouts, type TableChoice} from '../engine/choose-layouts.ts';
import {openSide, type OpenSide} from '../engine/session.ts';
import {ConfigurationError, DeepDiffError, exitCodes, type ExitCode} from '../model/errors.ts';
import {jsonVersion} from '../report/comparison-json.ts';
import {formatSize, plural} from '../report/number-text.ts';
import type {Spans} from '../report/spans.ts';
import type {CommandContext} from './context.ts';
import {printJson, printLines} from './print.ts';

type Checked =
	| {readonly side: Side; readonly open: OpenSide; readonly problem: null}
	| {readonly side: Side; readonly open: null; readonly problem: DeepDiffError};

/**
Connects to each side that is named and tells what answers, and what of it can't be
compared and why. Exit code 2 when a side can't be used.

`--json`: `{version, ok, prod, dev, base, tables}`; a side is null, `{name, server, version,
tables, bytes, readOnly, notes, notCompared}` or `{error, hint}`; `tables` is null unless
both prod and dev answer, else `[{table, compared, key, reason, columnsLeftOut}]`.
*/
export async function runCheck(context: CommandContext): Promise<ExitCode> {
	const config = await context.loadConfig();
	const checked: Checked[] = [];
	try {
		for (const side of sides) {
			const settings = config[side];
			if (!settings) continue;
			checked.push(await tryOpen(side, settings));
		}
		if (checked.length === 0) {
			throw new ConfigurationError('No database is configured.', {
				hint: 'Give --prod and --dev, or write a .deepdiffrc with `deepdiff-db init`.',
			});
		}
		const pair = await judgePair(config, checked);
		const problems = [...checked.map(({problem}) => problem), pair.problem];
		const isOk = problems.every((problem) => problem === null);
		await (context.flags.json
			? printJson(context.stdout, toJson(context, checked, pair, isOk))
			: printLines(context.stdout, describe(context, checked, pair)));
		return isOk ? exitCodes.done : exitCodes.failed;
	} finally {
		for (const {open} of checked) await open?.connection.close();
	}
}

async function tryOpen(side: Side, settings: NonNullable<Config[Side]>): Promise<Checked> {
	try {
		return {side, open: await openSide(settings), problem: null};
	} catch (error) {
		if (error instanceof DeepDiffError) return {side, open: null, problem: error};
		throw error;
	}
}

type Pair = {readonly tables: TableChoice[] | null; readonly problem: DeepDiffError | null};

/** What becomes of each table, once both sides answer. */
async function judgePair(config: Config, checked: readonly Checked[]): Promise<Pair> {
	const find = (side: Side) => checked.find((one) => one.side === side)?.open ?? null;
	const [prod, dev, base] = [find('prod'), find('dev'), find('base')];
	if (!prod || !dev) return {tables: null, problem: null};
	try {
		const session = await assembleSession(config, {prod, dev, base});
		const tables = chooseLayouts(prod.catalog, dev.catalog, config, session.dialect);
		return {tables, problem: null};
	} catch (error) {
		if (error instanceof DeepDiffError) return {tables: null, problem: error};
		throw error;
	}
}

function describe(
	context: CommandContext,
	checked: readonly Checked[],
	{tables, problem}: Pair,
): Spans[] {
	const missing = (['prod', 'dev'] as const).filter((side) =>
		checked.every((one) => one.side !== side),
	);
	return [
		...checked.flatMap((one) => describeSide(context, one, tables !== null)),
		...missing.map((side): Spans => [
			{text: side.padEnd(6), tone: 'muted'},
			{text: 'is not named', tone: 'warning'},
		]),
		...(problem ? describeProblem(context, problem) : []),
		...(tables ? describeTables(tables) : []),
	];
}

/** @param areTablesListed Tables that can't be compared are told elsewhere. */
function describeSide(
	context: CommandContext,
	{side, open, problem}: Checked,
	areTablesListed: boolean,
): Spans[] {
	const title = {text: side.padEnd(6), tone: 'muted'} as const;
	if (problem)
		return [[title, {text: 'failed', tone: 'danger'}], ...describeProblem(context, problem)];
	const {name, facts, catalog} = open;
	const notCompared = catalog.notCompared.filter(
		({kind}) => !areTablesListed || !kind.includes('table'),
	);
	return [
		[
			title,
			{text: name, tone: 'strong'},
			{
				text: `  ${facts.server}, ${plural(facts.tables, 'table')}, ${formatSize(facts.bytes)}, ${facts.readOnly ? 'read-only' : 'can be written to'}`,
			},
		],
		...facts.notes.map((note): Spans => [{text: `      ${context.redact(note)}`, tone: 'warning'}]),
		...notCompared.map(({kind, name: object, reason}): Spans => [
			{text: `      ${kind} ${object}: `},
			{text: reason, tone: 'muted'},
		]),
	];
}

function describeProblem({redact}: CommandContext, {message, hint}: DeepDiffError): Spans[] {
	return [
		[{text: `      ${redact(message)}`, tone: 'danger'}],
		...(hint === '' ? [] : [[{text: `      ${redact(hint)}`}]]),
	];
}

function describeTables(tables: readonly TableChoice[]): Spans[] {
	const compared = tables.filter(({layout}) => layout !== null);
	const lines = tables.flatMap(({name, layout, reason}): Spans[] => [
		...(reason === ''
			? []
			: [
					[
						{text: `  ${name}: `},
						{text: layout ? reason : `not compared: ${reason}`, tone: 'muted' as const},
					],
				]),
		...(layout?.leftOut ?? []).map(({column, reason: why}): Spans => [
			{text: `  ${name}.${column}: `},
			{text: `not compared: ${why}`, tone: 'muted'},
		]),
	]);
	return [
		[],
		[
			{
				text: `${plural(compared.length, 'table')} of ${tables.length} will be compared`,
				tone: 'strong',
			},
			{
				text:
					lines.length === 0
						? ', each by its primary key and over all columns.'
						: '; worth knowing:',
			},
		],
		...lines,
	];
}

function toJson(
	{redact}: CommandContext,
	checked: readonly Checked[],
	{tables, problem}: Pair,
	ok: boolean,
): Record<string, unknown> {
	const side = (wanted: Side) => {
		const one = checked.find((candidate) => candidate.side === wanted);
		if (!one) return null;
		if (one.problem) return {error: redact(one.problem.message), hint: redact(one.problem.hint)};
		const {name, facts, catalog} = one.open;
		const {server, version, tables: count, bytes, readOnly, notes} = facts;
		return {
			name,
			server,
			version,
			tables: count,
			bytes,
			readOnly,
			notes: notes.map(redact),
			notCompared: catalog.notCompared,
		};
	};
	return {
		version: jsonVersion,
		ok,
		...(problem && {error: redact(problem.message), hint: redact(problem.hint)}),
		prod: side('prod'),
		dev: side('dev'),
		base: side('base'),
		tables:
			tables?.map(({name, layout, reason}) => ({
				table: name,
				compared: layout !== null,
				key: layout?.key.columns ?? [],
				reason,
				columnsLeftOut: layout?.leftOut ?? [],
			})) ?? null,
	};
}
