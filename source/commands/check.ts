import {sides, type Config, type Side} from '../config/config.ts';
import {assembleSession} from '../engine/assemble-session.ts';
import {chooseLayouts} from '../engine/choose-layouts.ts';
import {openSide, type OpenSide} from '../engine/session.ts';
import {ConfigurationError, DeepDiffError, exitCodes, type ExitCode} from '../model/errors.ts';
import type {CommandContext} from './context.ts';
import {
	checkToJson,
	describeCheck,
	type Checked,
	type Pair,
	type Rights,
} from './describe-check.ts';
import {printJson, printLines} from './print.ts';

/**
Connects to each side that is named and tells what answers, and what of it can't be
compared and why, and which rights the account lacks. Exit code 2 when a side can't be
compared; what only an apply needs is a warning.

`--json`: `{version, ok, prod, dev, base, tables}`; a side is null, `{name, server, version,
tables, bytes, readOnly, notes, missingRights: {read, write}, notCompared}` or `{error, hint}`; `tables` is null unless
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
		const canRead = checked.every((one) => one.problem !== null || one.rights.read.length === 0);
		const isOk = canRead && problems.every((problem) => problem === null);
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
		const open = await openSide(settings);
		return {side, open, rights: await askRights(side, open), problem: null};
	} catch (error) {
		if (error instanceof DeepDiffError) return {side, open: null, problem: error};
		throw error;
	}
}

async function askRights(side: Side, {connection}: OpenSide): Promise<Rights> {
	try {
		const read = await connection.listMissingRights('read');
		if (side !== 'prod') return {read, write: []};
		const known = new Set(read.map(({grant}) => grant));
		const write = await connection.listMissingRights('write');
		return {read, write: write.filter(({grant}) => !known.has(grant))};
	} catch (error) {
		await connection.close();
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
