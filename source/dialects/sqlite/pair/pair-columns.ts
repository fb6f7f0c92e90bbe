import SQLite from 'better-sqlite3';
import {SchemaChangedError} from '../../../model/errors.ts';
import {absentField, decodeField} from '../../../model/encoding.ts';
import type {Layout, LayoutColumn} from '../../../model/layout.ts';
import {foldName} from '../catalog/fold-name.ts';
import {quoteName} from '../quote-name.ts';
import {joinBalanced} from '../rows/join-balanced.ts';
import {renderLiteral} from '../rows/literal.ts';
import {encodeExactly, selectExactly, type SqliteValue, type TextEncoding} from '../rows/values.ts';
import type {Affinity} from '../affinity.ts';
import type {SideColumn, SideTable} from './side-table.ts';

/** Where each side's value of one layout column comes from. */
export type PairColumn = {
	readonly name: string;
	readonly isCompared: boolean;
	readonly prod: Origin;
	readonly dev: Origin;
};

export type Origin =
	| {readonly kind: 'column'; readonly column: SideColumn}
	/** The same in every row: what ADD COLUMN would put there. */
	| {readonly kind: 'constant'; readonly field: string}
	| {readonly kind: 'absent'};

const absent: Origin = {kind: 'absent'};

/**
Finds a layout's columns in the tables as they are now.

@param prod Null when prod has no such table.
@throws {SchemaChangedError} When a side lacks a column that it had, or has gained one.
*/
export function findPairColumns(
	layout: Layout,
	prod: SideTable | null,
	dev: SideTable,
	encoding: TextEncoding,
): PairColumn[] {
	return layout.columns.map((column, index) => {
		const ours = prod?.columns.get(foldName(column.name));
		const theirs = dev.columns.get(foldName(column.name));
		requirePresence(layout, column, prod !== null, ours, theirs);
		const fill = column.role === 'dev-only' ? column.fill : null;
		return {
			name: column.name,
			isCompared: index < layout.comparedCount,
			prod: ours
				? {kind: 'column', column: ours}
				: fill !== null && theirs
					? {kind: 'constant', field: evaluateFill(fill, theirs.affinity, encoding)}
					: absent,
			dev: theirs ? {kind: 'column', column: theirs} : absent,
		};
	});
}

function requirePresence(
	{table}: Layout,
	{name, role}: LayoutColumn,
	hasProd: boolean,
	ours: SideColumn | undefined,
	theirs: SideColumn | undefined,
): void {
	const onProd = hasProd && role !== 'dev-only';
	const onDev = role === 'common' || role === 'dev-only';
	const fail = (side: string, what: string) => {
		throw new SchemaChangedError(`The structure of ${table} changed on ${side}: ${what} ${name}.`, {
			hint: 'Start the comparison anew.',
		});
	};
	if (onProd && !ours) fail('prod', 'it no longer has the column');
	if (role === 'dev-only' && ours) fail('prod', 'it now has the column');
	if (onDev && !theirs) fail('dev', 'it no longer has the column');
	if (role === 'prod-only' && theirs) fail('dev', 'it now has the column');
}

/**
What prod's rows would read back after ADD COLUMN, encoded: the affinity converts some
constants on the way.
*/
export function evaluateFill(fill: string, affinity: Affinity, encoding: TextEncoding): string {
	const scratch = new SQLite(':memory:');
	try {
		scratch.pragma(`encoding = '${encoding}'`);
		scratch.exec('CREATE TABLE t (a); INSERT INTO t VALUES (1)');
		const type = affinity === 'BLOB' ? '' : affinity;
		scratch.exec(`ALTER TABLE t ADD COLUMN c ${type} DEFAULT ${fill}`);
		const [value = null, isText = null] =
			scratch
				.prepare<[], SqliteValue[]>(`SELECT ${selectExactly('c')} FROM t`)
				.raw()
				.safeIntegers()
				.get() ?? [];
		return encodeExactly(value, isText, encoding);
	} finally {
		scratch.close();
	}
}

/** The field that stands for an origin without a column. */
export function constantField(origin: Origin): string {
	return origin.kind === 'constant' ? origin.field : absentField;
}

/**
The condition that two rows with the same key differ, exactly: by storage class and bytes,
with no affinity, under no collation. What a pair of columns can't get wrong is not asked;
typeof() for every column would double the time.

@param settled Folded names of key columns that the join has already proved to be the same.
*/
export function renderDiffers(
	columns: readonly PairColumn[],
	settled: ReadonlySet<string>,
	prod: string,
	dev: string,
): string {
	const conditions = columns
		.filter(({name, isCompared}) => isCompared && !settled.has(foldName(name)))
		.map((column) => renderColumnDiffers(column, prod, dev));
	return conditions.length === 0 ? '0' : joinBalanced(conditions, 'OR');
}

function renderColumnDiffers(column: PairColumn, prod: string, dev: string): string {
	const {dev: theirs, prod: ours} = column;
	// Nothing is the same as what is not there.
	if (theirs.kind !== 'column' || ours.kind === 'absent') return '1';
	const name = quoteName(column.name);
	const right = `${dev}.${name}`;
	const left = ours.kind === 'column' ? `${prod}.${name}` : renderLiteral(decodeField(ours.field));
	const tests = [`+${left} COLLATE BINARY IS NOT +${right}`];
	const kind = ours.kind === 'constant' ? decodeField(ours.field).kind : null;
	const mayBe = {
		integer: ours.kind === 'column' ? ours.column.mayHoldInteger : kind === 'integer',
		real: ours.kind === 'column' ? ours.column.mayHoldReal : kind === 'real',
		negativeZero: ours.kind === 'column' ? ours.column.keepsNegativeZero : kind === 'real',
	};
	if (
		(mayBe.integer && theirs.column.mayHoldReal) ||
		(mayBe.real && theirs.column.mayHoldInteger)
	) {
		tests.push(`typeof(${left}) <> typeof(${right})`);
	}
	if (mayBe.negativeZero || theirs.column.keepsNegativeZero) {
		// No text form of −0.0 has a sign in SQLite; its angle has.
		tests.push(`(${left} = 0 AND atan2(${left}, -1) IS NOT atan2(${right}, -1))`);
	}
	return tests.length === 1 ? tests.join('') : `(${tests.join(' OR ')})`;
}

/** Whether equal keys under a BINARY join can still be written differently. */
export function isSettledByKey({prod, dev}: PairColumn): boolean {
	if (prod.kind !== 'column' || dev.kind !== 'column') return false;
	const [ours, theirs] = [prod.column, dev.column];
	return (
		!(ours.mayHoldInteger && theirs.mayHoldReal) &&
		!(ours.mayHoldReal && theirs.mayHoldInteger) &&
		!ours.keepsNegativeZero &&
		!theirs.keepsNegativeZero
	);
}
