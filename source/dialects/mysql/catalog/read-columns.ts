import type {Column, Fact} from '../../../model/catalog.ts';
import {quoteText} from '../names.ts';
import {readKeyOrder, readValueType} from '../value-types.ts';
import {foldCollation} from './collation.ts';
import type {InformationRow} from './information-schema.ts';
import {isAtLeast, type ServerVersion} from './server-version.ts';

export type ColumnContext = {
	readonly version: ServerVersion;
	/** Brings an expression of the server into the form that stands by itself. */
	readonly spell: (expression: string) => string;
	/** Columns that MariaDB keeps as text which must be JSON. */
	readonly jsonColumns: ReadonlySet<string>;
};

export function readColumn(row: InformationRow, context: ColumnContext): Column {
	const {version, spell, jsonColumns} = context;
	const name = row.text('column_name');
	const extra = row.text('extra');
	const isJson = jsonColumns.has(name);
	const type = isJson ? 'json' : readType(row.text('column_type'));
	const collation = isJson ? null : foldCollation(row.find('collation_name'));
	const generated = readGenerated(row, context);
	const onUpdate = /\bon update (\w+(?:\(\d*\))?)/i.exec(extra)?.[1];
	const comment = row.text('column_comment');
	const facts = listFacts(row, extra);
	return {
		name,
		type,
		nullable: row.text('is_nullable') === 'YES',
		default: generated ? null : readDefault(row, version, spell),
		generated,
		collation,
		identity: /\bauto_increment\b/i.test(extra),
		...(comment !== '' && {comment}),
		...(onUpdate !== undefined && {onUpdate}),
		...(facts.length > 0 && {facts}),
		valueType: readValueType(type),
		keyOrder: readKeyOrder({type, collation}, version),
	};
}

/** As the server prints it; a compressed column says so behind a comment with a version. */
function readType(text: string): string {
	return text.replace(/\/\*M?!\d*\s*(.*?)\s*\*\//, '$1');
}

function readGenerated(row: InformationRow, {version, spell}: ColumnContext): Column['generated'] {
	const kind = /\b(VIRTUAL|STORED|PERSISTENT) GENERATED\b|\b(VIRTUAL|PERSISTENT)\b/i.exec(
		row.text('extra'),
	);
	const expression = row.find('generation_expression');
	if (!kind || expression === null || expression === '') return null;
	const stored = !/^virtual/i.test(kind[0]);
	return {expression: spell(unescapeExpression(expression, version)), stored};
}

/**
MySQL prints expressions as they would stand inside a string (bug 100607); MariaDB does not.
*/
export function unescapeExpression(text: string, {flavour}: ServerVersion): string {
	return flavour === 'mysql' ? text.replaceAll(/\\(['\\])/g, '$1') : text;
}

/**
A default as what may follow DEFAULT. MariaDB gives it so since 10.2.7; MySQL gives the value
without quotes, and tells of expressions only in EXTRA, since 8.0.13.
*/
function readDefault(
	row: InformationRow,
	version: ServerVersion,
	spell: (expression: string) => string,
): string | null {
	const text = row.find('column_default');
	if (text === null) return null;
	if (isAtLeast(version, 'mariadb', 10, 2, 7)) return text === 'NULL' ? null : spell(text);
	const type = row.text('data_type').toLowerCase();
	if (/^current_timestamp/i.test(text) && /^(?:timestamp|datetime)$/.test(type)) return text;
	if (/\bDEFAULT_GENERATED\b/i.test(row.text('extra'))) {
		return `(${spell(unescapeExpression(text, version))})`;
	}
	if (/^(?:bit|binary|varbinary)$/.test(type) && /^(?:b'[01]*'|0x[\da-f]*)$/i.test(text)) {
		return text;
	}
	const isNumber = /^(?:tinyint|smallint|mediumint|int|bigint|decimal|float|double|year)$/;
	return isNumber.test(type) ? text : quoteText(text);
}

function listFacts(row: InformationRow, extra: string): Fact[] {
	const facts: Fact[] = [];
	if (/\bINVISIBLE\b/i.test(extra)) facts.push({name: 'visibility', value: 'INVISIBLE'});
	if (/\bWITHOUT SYSTEM VERSIONING\b/i.test(extra)) {
		facts.push({name: 'history', value: 'WITHOUT SYSTEM VERSIONING'});
	}
	const system = row.find('srs_id');
	if (system !== null) facts.push({name: 'SRID', value: system});
	return facts;
}
