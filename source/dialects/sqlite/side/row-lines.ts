import {absentField, splitFields} from '../../../model/encoding.ts';
import type {SideRow} from '../../side-reader.ts';
import {castField} from '../rows/cast-field.ts';
import {encodeExactly, encodeValue, type SqliteValue} from '../rows/values.ts';
import type {SidePlan} from './side-plan.ts';

/*
A row as a line: its canonical encoding, with backslashes and line feeds escaped. So equal
lines are equal rows whatever the columns are declared as.
*/

export function spellLine(fields: readonly string[]): string {
	const row = fields.join('');
	return `${/[\\\n]/.test(row) ? row.replaceAll(/[\\\n]/g, escapeCharacter) : row}\n`;
}

export function readLine(line: Buffer): string[] {
	const text = line.toString('utf8');
	return splitFields(
		text.includes('\\')
			? text.replaceAll(/\\[\\n]/g, (escaped) => (escaped === '\\n' ? '\n' : '\\'))
			: text,
	);
}

function escapeCharacter(character: string): string {
	return character === '\n' ? '\\n' : '\\\\';
}

/** Makes fields of a row's values, the columns that the table has not left out. */
export function encodeFields(
	{layout, columns, encoding}: SidePlan,
	values: readonly SqliteValue[],
	isExact: boolean,
): string[] {
	let at = 0;
	return layout.columns.map((column, index) => {
		if (!columns[index]) return absentField;
		const value = values[at++] ?? null;
		const field = isExact
			? encodeExactly(value, values[at++] ?? null, encoding)
			: encodeValue(value);
		return castField(field, column);
	});
}

export function makeRow({keyAt}: Pick<SidePlan, 'keyAt'>, fields: readonly string[]): SideRow {
	let key = '';
	for (const at of keyAt) key += fields[at] ?? absentField;
	return {key, fields};
}
