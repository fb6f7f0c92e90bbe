import type {Column, Table} from '../../../model/catalog.ts';
import {findAffinity} from '../affinity.ts';
import type {Affinity} from '../affinity.ts';
import {foldName} from '../catalog/fold-name.ts';
import {acceptsDefaults} from './accepts-defaults.ts';
import {isLiteral} from './render-create-table.ts';
import {makeSpeller} from './table-form.ts';
import {findColumn, hasOption} from './table-traits.ts';

/** The two ends between which a table is loosened. */
export type Ends = {
	readonly prod: Table;
	readonly final: Table;
	/** One of the two. */
	readonly preferred: Table;
	/** Both are: then the table in between is. */
	readonly isStrict: boolean;
	/** Folded names of columns that compute something else than before, or nothing any more. */
	readonly recomputed: ReadonlySet<string>;
};

export function makeEnds(prod: Table, final: Table, preferred: 'prod' | 'final'): Ends {
	return {
		prod,
		final,
		preferred: preferred === 'prod' ? prod : final,
		isStrict: hasOption(prod, 'STRICT') && hasOption(final, 'STRICT'),
		recomputed: listRecomputed(prod, final),
	};
}

function listRecomputed(prod: Table, final: Table): Set<string> {
	const spellOf = (table: Table) => {
		const spell = makeSpeller(table);
		return ({generated}: Column) =>
			generated && `${spell(generated.expression)} ${generated.stored}`;
	};
	const [before, after] = [spellOf(prod), spellOf(final)];
	return new Set(
		prod.columns.flatMap((column) => {
			const other = findColumn(final, column.name);
			return other && before(column) !== after(other) ? [foldName(column.name)] : [];
		}),
	);
}

/** Prod's columns, each so that it holds what either end may hold in it. */
export function loosenColumns(ends: Ends): Column[] {
	return ends.prod.columns.map((column) => {
		const after = findColumn(ends.final, column.name);
		return after ? mergeColumn(column, after, ends) : relaxDropped(column, ends);
	});
}

/** What only dev has, as far as rows of prod can have it before dev's values are in. */
export function listAddedColumns(ends: Ends): Column[] {
	return ends.final.columns.flatMap((column): Column[] => {
		if (findColumn(ends.prod, column.name)) return [];
		const own = {...column, type: fitType(column, ends.final, ends)};
		if (column.generated) {
			const isWanted = ends.preferred === ends.final || !column.generated.stored;
			return column.nullable && isWanted && !ends.isStrict ? [own] : [];
		}
		const isConstant = column.default !== null && isLiteral(column.default);
		const isRefused = isConstant && !acceptsDefaults([own], [], ends.isStrict);
		const isEmpty = column.default === null || isRefused;
		const nullable = column.nullable || column.identity || isEmpty;
		return [{...own, default: isRefused ? null : own.default, identity: false, nullable}];
	});
}

export function findAffinityIn(table: Table, {type}: Column): Affinity {
	return findAffinity(type, hasOption(table, 'STRICT'));
}

function mergeColumn(before: Column, after: Column, ends: Ends): Column {
	const preferred = ends.preferred === ends.prod ? before : after;
	if (before.generated && after.generated) return mergeGenerated(before, after, preferred, ends);
	// What was computed for prod's rows is a value like any other now.
	if (before.generated) {
		const type = ends.isStrict ? 'ANY' : fitType(after, ends.final, ends);
		return {...after, type, nullable: true};
	}
	if (after.generated) return relaxDropped(before, ends);
	return {
		...preferred,
		nullable: before.nullable || after.nullable,
		type: chooseType(before, after, ends),
		// The finest of all collations tells apart what any other does.
		collation: before.collation === after.collation ? before.collation : null,
	};
}

/** A column that computes something else must not be refused what it computes of other rows. */
function mergeGenerated(before: Column, after: Column, preferred: Column, ends: Ends): Column {
	const isRecomputed = ends.recomputed.has(foldName(before.name));
	const nullable = before.nullable || after.nullable || isRecomputed;
	const isRetyped = isRecomputed || before.type.toUpperCase() !== after.type.toUpperCase();
	return ends.isStrict && isRetyped
		? {...preferred, nullable, type: 'ANY'}
		: {...preferred, nullable};
}

/** A type under which both prod's values and dev's stay what they are. */
function chooseType(before: Column, after: Column, ends: Ends): string {
	const {prod, final, preferred, isStrict} = ends;
	const [from, to] = [findAffinityIn(prod, before), findAffinityIn(final, after)];
	const isSame = from === to && before.type.toUpperCase() === after.type.toUpperCase();
	if (isStrict && !isSame && !(from === 'INTEGER' && to === 'INTEGER')) return 'ANY';
	if (from === to && before.identity !== after.identity) {
		// Of the two only the row id refuses what is no integer.
		return (before.identity ? after : before).type;
	}
	if (from === to) return fitType(preferred === prod ? before : after, preferred, ends);
	if (from === 'BLOB') return fitType(before, prod, ends);
	return to === 'BLOB' ? fitType(after, final, ends) : '';
}

/** ANY keeps every value as it is in STRICT tables, and converts to numbers elsewhere. */
function fitType({type}: Column, table: Table, {isStrict}: Ends): string {
	const isLoosened = hasOption(table, 'STRICT') && !isStrict;
	return isLoosened && type.toUpperCase() === 'ANY' ? '' : type;
}

/** Rows are written without a value for it from now on. */
function relaxDropped(column: Column, ends: Ends): Column {
	const own = {...column, type: fitType(column, ends.prod, ends)};
	if (!column.generated) return column.default === null ? {...own, nullable: true} : own;
	return {...own, nullable: true, type: ends.isStrict ? 'ANY' : own.type};
}
