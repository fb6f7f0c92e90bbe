import type {Column, Table} from '../../../model/catalog.ts';
import type {Cell} from '../../../model/cell.ts';
import {findAffinity, type Affinity} from '../affinity.ts';
import {quoteName} from '../quote-name.ts';
import {renderLiteral} from './literal.ts';
import {listStoredForms} from './stored-forms.ts';

/**
The conditions under which a column holds exactly this value: same storage class, same bytes.
`IS` alone takes 1 for 1.0, follows the column's collation and lends its affinity; what the
column's own affinity already rules out is not asked.

@param equals How it is written where the value is not NULL; `=` reads better for a key.
*/
export function matchExactly(
	column: Column,
	table: Table,
	cell: Cell,
	equals: 'IS' | '=' = 'IS',
): string[] {
	const affinity = affinityOf(column, table);
	const name = quoteName(column.name);
	if (cell.kind === 'absent') throw new RangeError('An absent cell matches nothing');
	if (!isOwnKind(cell)) {
		// It was brought to another engine's kind: whichever value stands for it will do.
		const forms = listStoredForms(cell, true).map((form) =>
			matchExactly(column, table, form, equals).join(' AND '),
		);
		return [`(${forms.join(' OR ')})`];
	}
	const literal = renderLiteral(cell);
	switch (cell.kind) {
		case 'text':
		case 'rawText': {
			// A numeric column would turn the literal into a number before it compares.
			const bare = affinity === 'TEXT' || affinity === 'BLOB' ? name : `+${name}`;
			const left = isBinary(column.collation) ? bare : `${bare} COLLATE BINARY`;
			return [`${left} ${equals} ${cell.kind === 'rawText' ? `+${literal}` : literal}`];
		}
		case 'integer':
			return [
				`${name} ${equals} ${literal}`,
				...(isAlwaysInteger(affinity, cell.text) ? [] : [`typeof(${name}) = 'integer'`]),
			];
		case 'real':
			return [`${name} ${equals} ${literal}`, ...tellReal(name, affinity, cell.text)];
		case 'bytes':
			return [`${name} ${equals} ${literal}`];
		case 'null':
			return [`${name} IS ${literal}`];
		default:
			return cell.kind satisfies never;
	}
}

type OwnKind = 'null' | 'integer' | 'real' | 'text' | 'rawText' | 'bytes';

const ownKinds: ReadonlySet<string> = new Set<OwnKind>([
	'null',
	'integer',
	'real',
	'text',
	'rawText',
	'bytes',
]);

function isOwnKind(cell: Cell): cell is Cell & {readonly kind: OwnKind} {
	return ownKinds.has(cell.kind);
}

export function affinityOf(column: Column, table: Table): Affinity {
	return findAffinity(column.type, table.options.includes('STRICT'));
}

export function isBinary(collation: string | null): boolean {
	return collation === null || collation.toUpperCase() === 'BINARY';
}

/**
An INTEGER or NUMERIC column stores a real with an integer's value as that integer, unless it
lies at the very ends of the 64 bits.
*/
function isAlwaysInteger(affinity: Affinity, text: string): boolean {
	if (affinity !== 'INTEGER' && affinity !== 'NUMERIC') return false;
	return Number.isSafeInteger(Number(text));
}

function tellReal(name: string, affinity: Affinity, text: string): string[] {
	// It reads back as a real whatever was stored, and keeps no sign of zero.
	if (affinity === 'REAL') return [];
	const value = Number(text);
	const conditions: string[] = [];
	if (Number.isInteger(value) || affinity === 'TEXT') conditions.push(`typeof(${name}) = 'real'`);
	// Text forms of −0.0 have no sign in SQLite; its angle has: π for 0.0, −π for −0.0.
	if (value === 0) conditions.push(`atan2(${name}, -1) ${Object.is(value, -0) ? '<' : '>'} 0`);
	return conditions;
}
