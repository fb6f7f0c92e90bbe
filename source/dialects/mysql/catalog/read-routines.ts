import type {SchemaObject} from '../../../model/catalog.ts';
import {quoteName, quoteTable, quoteText} from '../names.ts';
import {foldCollation, findCharacterSet} from './collation.ts';
import type {InformationRow} from './information-schema.ts';
import {spellDefiner, type NameOf} from './read-views.ts';

/**
A function or procedure as the statement that makes it; its account is no difference.

@param parameters Its rows of PARAMETERS; a function's result is the one at position 0.
*/
export function readRoutine(
	row: InformationRow,
	parameters: readonly InformationRow[],
	nameOf: NameOf,
): SchemaObject {
	const name = nameOf(row.text('routine_schema'), row.text('routine_name'));
	const isFunction = row.text('routine_type') === 'FUNCTION';
	const result = parameters.find((each) => each.text('ordinal_position') === '0') ?? row;
	const list = parameters
		.filter((each) => each.text('ordinal_position') !== '0')
		.map((each) => spellParameter(each, isFunction));
	const access = row.text('sql_data_access');
	const comment = row.text('routine_comment');
	const words = [
		'CREATE',
		spellDefiner(row),
		`${isFunction ? 'FUNCTION' : 'PROCEDURE'} ${quoteTable(name)}(${list.join(', ')})`,
		isFunction && `RETURNS ${spellType(result)}`,
		row.text('is_deterministic') === 'YES' && 'DETERMINISTIC',
		access !== 'CONTAINS SQL' && access,
		row.text('security_type') === 'INVOKER' && 'SQL SECURITY INVOKER',
		comment !== '' && `COMMENT ${quoteText(comment)}`,
		row.text('routine_definition'),
	];
	return {
		kind: isFunction ? 'function' : 'procedure',
		name,
		table: null,
		definition: words.filter((word) => word !== false && word !== '').join(' '),
		facts: null,
	};
}

function spellParameter(row: InformationRow, isFunction: boolean): string {
	const declared = `${quoteName(row.text('parameter_name'))} ${spellType(row)}`;
	return isFunction ? declared : `${row.text('parameter_mode')} ${declared}`;
}

function spellType(row: InformationRow): string {
	const type = row.text('dtd_identifier');
	const collation = foldCollation(row.find('collation_name'));
	// MariaDB prints JSON as the text that it is kept as, and some types with their own set in front.
	if (collation === null || collation === 'binary' || /\bcharset\b/i.test(type)) return type;
	return `${type} CHARACTER SET ${findCharacterSet(collation)} COLLATE ${collation}`;
}

/** An event as the statement that makes it, in its own time zone, which the session must be set to. */
export function readEvent(row: InformationRow, nameOf: NameOf): SchemaObject {
	const name = nameOf(row.text('event_schema'), row.text('event_name'));
	const comment = row.text('event_comment');
	const words = [
		'CREATE',
		spellDefiner(row),
		`EVENT ${quoteTable(name)} ON SCHEDULE ${spellSchedule(row)}`,
		`ON COMPLETION ${row.text('on_completion')}`,
		spellStatus(row.text('status')),
		comment !== '' && `COMMENT ${quoteText(comment)}`,
		`DO ${row.text('event_definition')}`,
	];
	return {
		kind: 'event',
		name,
		table: null,
		definition: words.filter((word) => word !== false && word !== '').join(' '),
		facts: null,
	};
}

function spellSchedule(row: InformationRow): string {
	const moment = row.find('execute_at');
	if (moment !== null) return `AT ${quoteText(moment)}`;
	const field = row.text('interval_field');
	const value = row.text('interval_value');
	const interval = /^\d+$/.test(value) ? value : quoteText(value.replaceAll("'", ''));
	const [starts, ends] = [row.find('starts'), row.find('ends')];
	// One that was not told when to start did so when it was made.
	const isTold = starts !== null && starts.slice(0, 19) !== row.text('created').slice(0, 19);
	return [
		`EVERY ${interval} ${field}`,
		isTold && `STARTS ${quoteText(starts)}`,
		ends !== null && `ENDS ${quoteText(ends)}`,
	]
		.filter((word) => word !== false)
		.join(' ');
}

function spellStatus(status: string): string {
	if (status === 'ENABLED') return 'ENABLE';
	return status === 'DISABLED' ? 'DISABLE' : 'DISABLE ON SLAVE';
}
