import type {Cell} from '../../../model/cell.ts';
import {parseType} from '../parse-type.ts';
import type {ColumnType} from './column-form.ts';

/*
An ENUM that was once given a wrong word without a strict mode holds the number 0 and shows an
empty text (manual, "The ENUM Type"). To write it again takes as much: no literal is let in by
a strict mode, but in MySQL the digit for its number.
*/

export const wrongLabel = "'0'";

export function isWrongLabel({
	column: {type},
	cell,
}: {
	readonly column: ColumnType;
	readonly cell: Cell;
}): boolean {
	if (cell.text !== '' || (cell.kind !== 'text' && cell.kind !== 'rawText')) return false;
	const {name, labels} = parseType(type);
	if (name !== 'enum' || labels.includes('0')) return false;
	return cell.kind === 'rawText' || !labels.includes('');
}

/** MariaDB runs this comment and MySQL does not, nor does it need to. */
export function letWrongLabelsIn(hasOne: boolean, statement: string): string {
	const mode = "sql_mode = 'ALLOW_INVALID_DATES,NO_AUTO_VALUE_ON_ZERO'";
	return hasOne ? `/*M! SET STATEMENT ${mode} FOR */ ${statement}` : statement;
}
