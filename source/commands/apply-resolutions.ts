import {UsageError} from '../model/errors.ts';
import type {Cell} from '../model/cell.ts';
import type {Layout} from '../model/layout.ts';
import {keyColumnsOf} from '../report/reported-row.ts';
import type {DecidedRow} from '../store/row-changes.ts';
import type {RunStore} from '../store/run-store.ts';
import {readJsonCell, readKey, writeKey} from './json-cell.ts';
import type {ResolutionEntry} from './resolution-file.ts';

type Matched = {
	readonly entry: ResolutionEntry;
	readonly id: number;
	readonly cells: ReadonlyMap<number, Cell>;
};

const mostNamed = 5;
const batchRows = 1000;

/**
Settles the rows that a file's entries name; of two for one row the later one counts.
Either all of them fit or nothing is settled.

@returns How many rows were named.
@throws {UsageError} Naming the entries that fit no row, or more than one.
*/
export function applyResolutions(
	store: RunStore,
	entries: readonly ResolutionEntry[],
	file: string,
): number {
	const matched = matchEntries(store, entries, file);
	for (const take of ['ours', 'theirs'] as const) {
		const ids = matched.flatMap(({entry, id}) => (entry.take === take ? [id] : []));
		for (let start = 0; start < ids.length; start += batchRows) {
			const batch = ids.slice(start, start + batchRows);
			const summary = `${take} for ${batch.length} rows by ${file}`;
			store.decisions.decide({filter: {ids: batch}, take, level: 'row', by: 'person', summary});
		}
	}
	for (const {entry, id, cells} of matched) {
		if (entry.take !== 'manual') continue;
		store.decisions.decide({
			filter: {ids: [id]},
			take: 'manual',
			cells,
			level: 'cell',
			by: 'person',
			summary: `one row of ${entry.table} composed by ${file}`,
		});
	}
	return matched.length;
}

function matchEntries(
	store: RunStore,
	entries: readonly ResolutionEntry[],
	file: string,
): Matched[] {
	const wanted = new Map(entries.map((entry) => [nameEntry(entry), entry]));
	const matched = new Map<string, Matched>();
	const compared = new Set(
		store.scan.listTables().flatMap(({name, layout}) => (layout ? [name] : [])),
	);
	const tables = [...new Set(entries.map(({table}) => table))].filter((name) => compared.has(name));
	for (const row of store.rows.iterate({tables})) {
		const layout = store.rows.layoutOf(row.table);
		const name = nameRow(row, layout);
		const entry = wanted.get(name);
		if (!entry) continue;
		if (matched.has(name)) {
			throw refuse(`${entry.place} of ${file} fits more than one row of ${row.table}`);
		}
		matched.set(name, {entry, id: row.id, cells: readCells(entry, row, layout, file)});
	}
	const missing = [...wanted].filter(([name]) => !matched.has(name)).map(([, entry]) => entry);
	if (missing.length === 0) return [...matched.values()];
	const places = missing.slice(0, mostNamed).map(({place, table}) => `${place} (${table})`);
	if (missing.length > mostNamed) places.push(`and ${missing.length - mostNamed} more`);
	throw refuse(`${file} names rows that do not differ in this run: ${places.join(', ')}`);
}

function readCells(
	{place, cells}: ResolutionEntry,
	row: DecidedRow,
	layout: Layout,
	file: string,
): Map<number, Cell> {
	return new Map(
		Object.entries(cells).map(([column, value]) => {
			const index = layout.columns.findIndex(({name}) => name === column);
			if (index < 0) {
				throw refuse(`${place} of ${file}: ${row.table} has no compared column ${column}`);
			}
			const beside = [row.prod, row.dev, row.base].flatMap((side) => side?.[index] ?? []);
			const cell = readJsonCell(value, beside);
			if (typeof cell === 'string') throw refuse(`${place} of ${file}: ${column}: ${cell}`);
			return [index, cell];
		}),
	);
}

function nameEntry({table, key}: ResolutionEntry): string {
	return JSON.stringify([table, readKey(key)]);
}

function nameRow(row: DecidedRow, layout: Layout): string {
	const cells = keyColumnsOf(row, layout).flatMap((column, index) => {
		const cell = row.key[index];
		return cell && cell.kind !== 'absent' ? [{column, cell}] : [];
	});
	return JSON.stringify([row.table, writeKey(cells)]);
}

function refuse(problem: string): UsageError {
	return new UsageError(`${problem}. Nothing was settled.`, {
		hint: 'Table and key must be as `deepdiff-db rows --json` prints them.',
	});
}
