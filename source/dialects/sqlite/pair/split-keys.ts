import type {Database} from 'better-sqlite3';
import {encodeField} from '../../../model/encoding.ts';
import {quoteName} from '../quote-name.ts';
import {encodeExactly, selectExactly, type SqliteValue, type TextEncoding} from '../rows/values.ts';
import {renderOrder} from './key-range.ts';
import type {PairPlan, PlannedSide} from './pair-plan.ts';
import {renderTable, renderWhere} from './pair-sql.ts';

/**
Cuts an ordered table into parts of similar size.

@returns At most `parts - 1` encoded keys, rising; fewer when the table is too small.
*/
export function findSplitKeys(
	database: Database,
	plan: PairPlan,
	parts: number,
	encoding: TextEncoding,
): string[] {
	const sides = [plan.prod, plan.dev].filter((side) => side !== null);
	const isRowid = sides.every(
		({rowidAlias}) => rowidAlias !== null && plan.key.columns.length === 1,
	);
	return isRowid
		? splitByDensity(database, sides, parts)
		: splitByCount(database, plan, sides, parts, encoding);
}

const probes = 64;
/** How many rows the density is measured over. */
const probeRows = 32;

/**
Counting the rows of a table without an index means reading all of it. Its density at a few
places is enough to guess where the parts begin.
*/
function splitByDensity(
	database: Database,
	sides: readonly PlannedSide[],
	parts: number,
): string[] {
	const ranges = sides.map((side) => readRange(database, side)).filter((range) => range !== null);
	if (ranges.length === 0) return [];
	const least = ranges.map(({least}) => least).reduce((a, b) => (a < b ? a : b));
	const greatest = ranges.map(({greatest}) => greatest).reduce((a, b) => (a > b ? a : b));
	const step = (greatest - least) / BigInt(probes) + 1n;
	const statements = sides.map((side) => {
		const [name, table] = nameRowid(side);
		return database
			.prepare<[bigint], bigint>(
				`SELECT ${name} FROM ${table} WHERE ${name} >= ? ORDER BY ${name} LIMIT 1 OFFSET ${probeRows - 1}`,
			)
			.pluck()
			.safeIntegers();
	});
	const weights = Array.from({length: probes}, (_, index) => {
		const from = least + step * BigInt(index);
		return statements
			.map((statement) => {
				const to = statement.get(from);
				return to === undefined ? 0 : (probeRows * Number(step)) / Number(to - from + 1n);
			})
			.reduce((sum, weight) => sum + weight, 0);
	});
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	const keys = new Set<string>();
	let before = 0;
	weights.forEach((weight, index) => {
		for (let part = 1; part < parts; part++) {
			const wanted = (total * part) / parts;
			if (wanted <= before || wanted > before + weight) continue;
			const share = Math.round(((wanted - before) / weight) * 1024);
			const key = least + step * BigInt(index) + (step * BigInt(share)) / 1024n;
			if (key < greatest) keys.add(encodeField('integer', String(key)));
		}
		before += weight;
	});
	return [...keys];
}

function readRange(
	database: Database,
	side: PlannedSide,
): {readonly least: bigint; readonly greatest: bigint} | null {
	const [name, table] = nameRowid(side);
	// One query a piece: only a lone min() or max() is answered by the index.
	const read = (what: string) =>
		database
			.prepare<[], bigint | null>(`SELECT ${what}(${name}) FROM ${table}`)
			.pluck()
			.safeIntegers()
			.get() ?? null;
	const [least, greatest] = [read('min'), read('max')];
	return least === null || greatest === null ? null : {least, greatest};
}

function nameRowid({schema, name, rowidAlias}: PlannedSide): [name: string, table: string] {
	return [quoteName(rowidAlias ?? 'rowid'), `${quoteName(schema)}.${quoteName(name)} NOT INDEXED`];
}

function splitByCount(
	database: Database,
	{key}: PairPlan,
	sides: readonly PlannedSide[],
	parts: number,
	encoding: TextEncoding,
): string[] {
	const whereKeyed = (side: PlannedSide) =>
		renderWhere(side.nullable.map((name) => `p.${quoteName(name)} IS NOT NULL`));
	const counted = sides.map((side) => ({
		side,
		rows: database
			.prepare<[], number>(`SELECT count(*) FROM ${renderTable(side, 'p')}${whereKeyed(side)}`)
			.pluck()
			.get(),
	}));
	const largest = counted.reduce((a, b) => ((a.rows ?? 0) >= (b.rows ?? 0) ? a : b));
	const {side, rows = 0} = largest;
	const columns = key.columns.map(({name}) => selectExactly(`p.${quoteName(name)}`));
	const statement = database
		.prepare<[number], SqliteValue[]>(
			`SELECT ${columns.join(', ')} FROM ${renderTable(side, 'p')}${whereKeyed(side)}
			ORDER BY ${renderOrder('p', key)} LIMIT 1 OFFSET ?`,
		)
		.raw()
		.safeIntegers();
	const keys = new Set<string>();
	for (let part = 1; part < parts; part++) {
		const offset = Math.floor((rows * part) / parts) - 1;
		const values = offset < 0 ? undefined : statement.get(offset);
		if (values) keys.add(encodeKeyValues(values, encoding));
	}
	return [...keys];
}

/** Encodes a key from what `selectExactly` gives for its columns. */
export function encodeKeyValues(values: readonly SqliteValue[], encoding: TextEncoding): string {
	let key = '';
	for (let at = 0; at < values.length; at += 2) {
		key += encodeExactly(values[at] ?? null, values[at + 1] ?? null, encoding);
	}
	return key;
}
