import {ApplyError} from '../../model/errors.ts';
import type {CopyCounts} from '../../store/copy-counts.ts';
import {describeRow, showControls} from '../plan/describe-row.ts';
import type {TableChecks} from '../plan/plan-summary.ts';
import type {ExpectedEnd} from './apply-journal.ts';
import {PhaseMeter, type ApplyContext, type ApplyEvent} from './apply-context.ts';
import {countThings, listNames, mostRowsNamed} from './describe-rows.ts';

/** The whole table is read for each page. */
const pageRows = 5000;

/** Whether a pack writes rows that no key identifies. */
export function needsCounting({pack}: ApplyContext): boolean {
	return pack.header.tables.some(({countsCopies}) => countsCopies);
}

/**
Counts the copies of every row without a key that the pack will insert or delete, before it
does.
*/
export async function* countCopiesBefore(
	context: ApplyContext,
	counts: CopyCounts,
): AsyncGenerator<ApplyEvent, void> {
	const {pack, connection, signal} = context;
	const meter = new PhaseMeter('before', pack.count, signal);
	for (const {number, allowed, row, table, summary} of pack.checks()) {
		if (!allowed || !row || row.keyed) continue;
		const image = row.after ?? row.before;
		if (image) counts.add(table, image.key, row.after ? row.copies : -row.copies);
		yield* meter.step(number, () => summary);
	}
	const existing = await listTables(context);
	for (const checks of groupsOf(context, counts)) {
		if (!existing.has(checks.table)) continue;
		for (const page of counts.pages(checks.table, pageRows)) {
			const rows = page.map(({row}) => row);
			const found = await connection.countCopies(checks.countingLayout, rows);
			rows.forEach((row, index) => counts.setBefore(checks.table, row, found[index] ?? 0));
			yield* meter.step(pack.count, () => '');
		}
	}
}

/**
Counts them again.

@returns How many distinct rows have as many copies as they should.
@throws {ApplyError} Naming those that have not.
*/
export async function* verifyCopies(
	context: ApplyContext,
	counts: CopyCounts,
): AsyncGenerator<ApplyEvent, number> {
	const {pack, connection, signal} = context;
	const meter = new PhaseMeter('verify', pack.count, signal);
	const existing = await listTables(context);
	const wrong: string[] = [];
	let [good, bad] = [0, 0];
	for (const checks of groupsOf(context, counts)) {
		for (const page of counts.pages(checks.table, pageRows)) {
			const rows = page.map(({row}) => row);
			const found = existing.has(checks.table)
				? await connection.countCopies(checks.countingLayout, rows)
				: rows.map(() => 0);
			page.forEach(({row, before, change}, index) => {
				const is = found[index] ?? 0;
				if (is === before + change) {
					good++;
					return;
				}
				bad++;
				const name = `${showControls(checks.table)} (${describeRow(checks.countingLayout, row, false)})`;
				if (wrong.length < mostRowsNamed) {
					wrong.push(`${name}: ${countThings(is, 'copy', 'copies')} instead of ${before + change}`);
				}
			});
			yield* meter.step(pack.count, () => '');
		}
	}
	if (bad > 0) {
		throw new ApplyError(
			`${countThings(bad, 'row', 'rows')} without a key did not come out as planned: ${listNames(wrong, bad)}. Nothing was changed.`,
			{hint: 'Something on the server rewrote them, such as a trigger: try `--triggers off`.'},
		);
	}
	return good;
}

/** The first rows whose copies come or go: signs of what became of a commit. */
export function sampleCopies(context: ApplyContext, counts: CopyCounts): ExpectedEnd['copies'] {
	return groupsOf(context, counts).flatMap(({table}) => {
		const [page = []] = counts.pages(table, 10);
		return page
			.filter(({change}) => change !== 0)
			.map(({row, before, change}) => ({table, row, before, after: before + change}));
	});
}

function groupsOf({pack}: ApplyContext, counts: CopyCounts): TableChecks[] {
	const names = new Set(counts.listGroups());
	return pack.header.tables.filter(({table}) => names.has(table));
}

async function listTables({connection}: ApplyContext): Promise<ReadonlySet<string>> {
	return new Set((await connection.readCatalog()).tables.map(({name}) => name));
}
