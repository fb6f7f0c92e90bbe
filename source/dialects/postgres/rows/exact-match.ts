import type {Column} from '../../../model/catalog.ts';
import type {Cell} from '../../../model/cell.ts';
import {spellJson} from '../../../model/json-form.ts';
import {quoteName} from '../names.ts';
import {renderLiteral, renderText} from '../values/literal.ts';

/**
A condition that only this very value fulfils, NULL included. Where the type's own equality is
looser (collations that ignore letter case, -0 and 0, 1 month and 30 days) or there is none
(json, xml, point), the value's text is compared, as sessions and packs pin its spelling.
*/
export function matchExactly(column: Column, cell: Cell): string {
	const name = quoteName(column.name);
	if (cell.kind === 'null') return `${name} IS NULL`;
	if (isEqualityExact(column, cell)) return `${name} = ${renderOperand(cell, column)}`;
	if (isNormalJson(cell)) return `${name}::jsonb = ${renderText(cell.text)}::jsonb`;
	return `${name}::text COLLATE "C" = ${cell.kind === 'rawText' ? renderLiteral(cell, column) : renderText(cell.text)}`;
}

/** A condition that an index on the column answers; others may fulfil it too. */
export function lookUp(column: Column, cell: Cell): string {
	return `${quoteName(column.name)} = ${renderOperand(cell, column)}`;
}

export function isEqualityExact({valueType, keyOrder}: Column, {kind, text}: Cell): boolean {
	if (keyOrder === null || valueType.kind === 'other') return false;
	// Of the floats only the zeros are equal and yet not the same.
	if (valueType.kind === 'real') return kind !== 'real' || !/^-?0$/.test(text);
	return keyOrder.isExact;
}

/** Brought to the form in which engines compare it: the column itself may hold it with blanks. */
function isNormalJson({kind, text}: Cell): boolean {
	// jsonb has no such character.
	return kind === 'json' && !text.includes('\\u0000') && spellJson(text) === text;
}

/** A bare `0.1` is a numeric, which a real equals only by chance; quoted it is a real. */
function renderOperand(cell: Cell, column: Column): string {
	return column.valueType.kind === 'real' ? renderText(cell.text) : renderLiteral(cell, column);
}
