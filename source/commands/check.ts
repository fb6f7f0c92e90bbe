import {sides, type Config, type Side} from '../config/config.ts';
import {assembleSession} from '../engine/assemble-session.ts';
import {chooseLayouts} from '../engine/choose-layouts.ts';
import {openSide} from '../engine/session.ts';
import {ConfigurationError, DeepDiffError, exitCodes, type ExitCode} from '../model/errors.ts';
import type {CommandContext} from './context.ts';
import {checkToJson, describeCheck, type Checked, type Pair} from './describe-check.ts';
import {printJson, printLines} from './print.ts';

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
			? printJson(context.stdout, checkToJson(context, checked, pair, isOk))
			: printLines(context.stdout, describeCheck(context, checked, pair)));
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
