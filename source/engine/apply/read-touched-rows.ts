import type {Connection} from '../../dialects/dialect.ts';
import {absentField, digest, splitFields} from '../../model/encoding.ts';
import type {StatementRow} from '../../model/plan.ts';
import type {PackCheck} from '../pack/pack-format.ts';
import type {Pack} from '../pack/read-pack.ts';
import {compareMarks, sealFields} from '../plan/row-image.ts';
import type {TableChecks} from '../plan/plan-summary.ts';

export type Check = PackCheck & {readonly row: StatementRow};

/** Before the plan or after it. */
export type Side = 'before' | 'after';

/** A row that was read, beside what it should be. */
export type TouchedRow = {
	readonly check: Check;
	readonly checks: TableChecks;
	/** Null: there is none. */
	readonly found: string | null;
};

const pageRows = 1000;

/**
Reads the keyed rows of a pack as they are now, in pages.

@param side Whose keys to look for: an update may change how a key is written.
@param chooses Which of the pack's tables.
*/
export async function* readTouchedRows(
	pack: Pack,
	connection: Connection,
	side: Side,
	chooses: (checks: TableChecks) => boolean = () => true,
): AsyncGenerator<TouchedRow[]> {
	const tables = new Map(pack.header.tables.map((checks) => [checks.table, checks]));
	const existing = new Set((await connection.readCatalog()).tables.map(({name}) => name));
	let page: Check[] = [];
	for (const check of pack.checks()) {
		const checks = tables.get(check.table);
		if (!isKeyedCheck(check) || !checks || !chooses(checks)) continue;
		if (page.length >= pageRows || (page[0] && page[0].table !== check.table)) {
			yield await readPage(page);
			page = [];
		}
		page.push(check);
	}
	if (page.length > 0) yield await readPage(page);

	async function readPage(list: readonly Check[]): Promise<TouchedRow[]> {
		const checks = tables.get(list[0]?.table ?? '');
		if (!checks) return [];
		const keys = list.map(({row}) => keyOf(row, side));
		const rows = existing.has(checks.table)
			? await connection.readRows(checks.layout, keys)
			: keys.map(() => null);
		return list.map((check, index) => ({check, checks, found: rows[index] ?? null}));
	}
}

function isKeyedCheck(check: PackCheck): check is Check {
	return check.allowed && check.row?.keyed === true;
}

export function keyOf({before, after}: StatementRow, side: Side): string {
	const [first, second] = side === 'before' ? [before, after] : [after, before];
	return (first ?? second)?.key ?? '';
}

export type Judgement =
	/** Sure: to the last column. Else some took no part, and it may look the same at the other end. */
	| {readonly kind: 'as expected'; readonly isSure: boolean}
	| {readonly kind: 'missing'}
	| {readonly kind: 'in the way'}
	/** Indexes of the compared columns that are not what they should be. */
	| {readonly kind: 'different'; readonly columns: readonly number[]};

/**
Holds a row against its image at one end of a pack. At the far end of an undo the columns
that the migration altered take no part: its structure may be beyond undoing.
*/
export function judgeRow(
	{found, check, checks}: TouchedRow,
	side: Side,
	{header}: Pick<Pack, 'header'>,
): Judgement {
	const image = check.row[side];
	if (!image) return found === null ? {kind: 'as expected', isSure: true} : {kind: 'in the way'};
	if (found === null) return {kind: 'missing'};
	const isWhole = image.unsure.length === 0;
	if (isWhole && digest(found) === image.digest) return {kind: 'as expected', isSure: true};
	const unsure = new Set(image.unsure);
	const fields = splitFields(found).map((field, index) =>
		unsure.has(index) ? absentField : field,
	);
	const seal = sealFields(fields);
	if (seal.digest === image.digest) return {kind: 'as expected', isSure: isWhole};
	const columns = compareMarks(seal.marks, image.marks);
	const isUndone = header.kind === 'undo' && side === 'after' && columns.length > 0;
	const isAsFarAsItGoes = isUndone && columns.every((index) => checks.altered.includes(index));
	return isAsFarAsItGoes ? {kind: 'as expected', isSure: false} : {kind: 'different', columns};
}
