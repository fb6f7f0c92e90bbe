import {findNearest} from '../config/find-nearest.ts';
import {matchesAnyGlob} from '../config/match-glob.ts';
import {isCompared} from '../engine/compare-run.ts';
import {takeOf} from '../engine/resolve.ts';
import {exitCodes, UsageError, type ExitCode} from '../model/errors.ts';
import type {Layout} from '../model/layout.ts';
import type {RowState} from '../model/row-change.ts';
import {createPrinter} from '../report/print-spans.ts';
import type {ReportedRow} from '../report/reported-row.ts';
import {changeToJson} from '../report/row-json.ts';
import {describeChange} from '../report/row-text.ts';
import type {RunStore} from '../store/run-store.ts';
import type {RowFilter} from '../store/row-query.ts';
import type {CommandContext} from './context.ts';
import {throwIfInterrupted} from './interruption.ts';
import {note} from './print.ts';
import {parseStates} from './parse-states.ts';
import {findRunId, readRun} from './use-run.ts';

export type RowsOptions = {
	readonly table?: string | undefined;
	/** Comma-separated states. */
	readonly state?: string | undefined;
	readonly unresolved?: boolean;
};

/** Printed at once: enough to be quick, little enough to stop soon. */
const batchCharacters = 65_536;

/**
Prints the rows that differ, column by column, from the stored run; `--json` one line a
row (see row-json.ts). Memory does not grow with them.
*/
export async function runRows(context: CommandContext, options: RowsOptions): Promise<ExitCode> {
	const states = parseStates(options.state);
	const config = await context.loadConfig({connections: context.flags.run === undefined});
	return readRun(config, findRunId(context, config), async (store) => {
		if (!isCompared(store.stage)) {
			await note(context, 'The scan is not finished: these are the rows that were found so far.');
		}
		const filter: RowFilter = {
			...chooseTables(store, config.onlyTables, options.table),
			...(states && {states}),
			...(options.unresolved === true && {unresolved: true}),
		};
		const count = await printRows(context, store, filter);
		if (count === 0) await note(context, describeNone(states));
		return exitCodes.done;
	});
}

async function printRows(
	{stdout, flags, signal}: CommandContext,
	store: RunStore,
	filter: RowFilter,
): Promise<number> {
	const print = createPrinter(stdout);
	const render = (row: ReportedRow, layout: Layout): string =>
		flags.json
			? `${JSON.stringify(changeToJson(row, layout))}\n`
			: describeChange(row, layout, stdout.columns)
					.map((line) => `${print(line)}\n`)
					.join('');
	let count = 0;
	let batch = '';
	for (const row of store.rows.iterate(filter)) {
		batch += render({...row, take: takeOf(row)}, store.rows.layoutOf(row.table));
		count++;
		if (batch.length < batchCharacters) continue;
		await stdout.writeExact(batch);
		batch = '';
		throwIfInterrupted(signal);
		if (stdout.isClosed) return count;
	}
	await stdout.writeExact(batch);
	return count;
}

/** @throws {UsageError} For a table that was not compared. */
function chooseTables(
	store: RunStore,
	globs: readonly string[],
	table: string | undefined,
): Pick<RowFilter, 'tables'> {
	const known = store.scan.listTables().flatMap(({name, layout}) => (layout ? [name] : []));
	if (table === undefined && globs.length === 0) return {};
	const fitting = known.filter((name) => globs.length === 0 || matchesAnyGlob(name, globs));
	if (table === undefined) return {tables: fitting};
	const exact = fitting.filter((name) => name === table);
	const named =
		exact.length > 0 ? exact : fitting.filter((name) => name.toLowerCase() === table.toLowerCase());
	if (named.length > 0) return {tables: named};
	const nearest = findNearest(table, known);
	throw new UsageError(`Table ${table} is not among the compared tables.`, {
		hint:
			nearest === undefined
				? `Compared: ${known.slice(0, 20).join(', ')}${known.length > 20 ? ', …' : ''}.`
				: `Did you mean "${nearest}"?`,
	});
}

function describeNone(states: readonly RowState[] | undefined): string {
	return states ? `No row is ${states.join(' or ')}.` : 'No row differs.';
}
