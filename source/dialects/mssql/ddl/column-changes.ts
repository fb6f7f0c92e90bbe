import type {Column, Table} from '../../../model/catalog.ts';
import type {Hazard} from '../../../model/hazard.ts';
import {foldName} from '../names.ts';
import {emptyValue} from './empty-value.ts';
import {renderType} from './render-table.ts';
import {findColumn} from './table-parts.ts';

/** NULL apart, which may change under all that stands on a column. */
export function isRetyped(a: Column, b: Column): boolean {
	return renderType(a).toLowerCase() !== renderType(b).toLowerCase();
}

export function needsNewDefault(prod: Column, final: Column): boolean {
	return prod.default !== final.default || isRetyped(prod, final);
}

export function listTouched(prod: Table, final: Table): Set<string> {
	const touched = prod.columns.filter((column) => {
		const after = findColumn(final, column.name);
		if (!after) return false;
		if (column.generated || after.generated) {
			return (
				JSON.stringify([column.generated, column.nullable]) !==
				JSON.stringify([after.generated, after.nullable])
			);
		}
		return isRetyped(column, after);
	});
	return new Set(touched.map(({name}) => foldName(name)));
}

/** A column that must have a value, of which rows that dev does not have get none. */
export function isFilled(column: Column): boolean {
	return (
		!column.nullable &&
		column.default === null &&
		!column.generated &&
		!column.identity &&
		emptyValue(column) !== null
	);
}

export function fills({name}: Column, value: string | null): Hazard {
	const message = `Rows that dev does not have get ${value ?? 'nothing'} in ${name}, which takes no NULL.`;
	return {kind: 'mayViolate', message};
}

export function locks(table: string): Hazard {
	return {kind: 'locksTable', message: `Nobody can write to ${table} while its rows are read.`};
}

export function rewrites(table: string): Hazard {
	return {kind: 'rewritesTable', message: `May write every row of ${table} anew.`};
}

export function describe(from: Column, to: Column): string {
	const words = [
		...(isRetyped(from, to) ? [`${renderType(from)} → ${renderType(to)}`] : []),
		...(from.nullable === to.nullable ? [] : [to.nullable ? 'NULL' : 'NOT NULL']),
	];
	return words.join(', ');
}
