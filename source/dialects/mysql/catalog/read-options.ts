import {foldCollation} from './collation.ts';
import type {InformationRow} from './information-schema.ts';

/**
A table's options as `NAME=value`, in a fixed order: engine, row format, default collation, then
whatever else was given. A row format that the storage engine chose from the columns is none.
*/
export function readOptions(row: InformationRow): string[] {
	const engine = row.text('engine');
	const given = parseOptions(row.text('create_options'));
	const format = given.get('ROW_FORMAT');
	const isTold = engine.toUpperCase() === 'INNODB';
	const rowFormat = isTold ? row.text('row_format').toUpperCase() : format?.toUpperCase();
	const collation = foldCollation(row.find('table_collation'));
	const rest = [...given].filter(([name]) => name !== 'ROW_FORMAT' && name !== 'PARTITIONED');
	return [
		`ENGINE=${engine}`,
		...(rowFormat === undefined || rowFormat === '' ? [] : [`ROW_FORMAT=${rowFormat}`]),
		...(collation === null ? [] : [`COLLATE=${collation}`]),
		...rest.map(([name, value]) => (value === '' ? name : `${name}=${value}`)).sort(),
		...(row.text('table_type') === 'SYSTEM VERSIONED' ? ['WITH SYSTEM VERSIONING'] : []),
	];
}

/** Those of the server have a word for a name, a storage engine's own stand in backticks. */
function parseOptions(text: string): Map<string, string> {
	const options = new Map<string, string>();
	const pattern = /(`(?:[^`]|``)*`|\w+)(?:=('(?:[^']|'')*'|"[^"]*"|\S+))?/g;
	for (const [, name = '', value = ''] of text.matchAll(pattern)) {
		options.set(name.startsWith('`') ? name : name.toUpperCase(), value);
	}
	return options;
}
