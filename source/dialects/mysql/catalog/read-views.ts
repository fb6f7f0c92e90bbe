import type {Trigger, View} from '../../../model/catalog.ts';
import {spellTableName} from '../../server/table-name.ts';
import {quoteName, quoteTable} from '../names.ts';
import {groupRows, type InformationRow} from './information-schema.ts';

/** A name of the schema that is read, as it goes above this dialect. */
export type NameOf = (schema: string, name: string) => string;

/** @param own The session's own database. */
export function makeNamer(own: string): NameOf {
	return (schema, name) => spellTableName({schema: schema === own ? null : schema, name});
}

/**
A view as the statement that makes it. The server keeps it with every name written in full; its
account stands in the text and is no difference.

@param algorithm Where the server tells it, e.g. `MERGE`.
*/
export function readView(
	row: InformationRow,
	algorithm: string,
	nameOf: NameOf,
	spell: (text: string) => string,
): View {
	const name = nameOf(row.text('table_schema'), row.text('table_name'));
	const security = row.text('security_type');
	const check = row.text('check_option');
	const words = [
		'CREATE',
		algorithm !== '' && algorithm !== 'UNDEFINED' && `ALGORITHM=${algorithm}`,
		spellDefiner(row),
		security === 'INVOKER' && 'SQL SECURITY INVOKER',
		`VIEW ${quoteTable(name)} AS ${spell(row.text('view_definition'))}`,
		/^(?:LOCAL|CASCADED)$/.test(check) && `WITH ${check} CHECK OPTION`,
	];
	return {name, definition: words.filter((word) => word !== false && word !== '').join(' ')};
}

/** `DEFINER=…`, as the server itself would write it. */
export function spellDefiner(row: InformationRow): string {
	const definer = row.text('definer');
	const at = definer.lastIndexOf('@');
	if (definer === '') return '';
	if (at < 0) return `DEFINER=${quoteName(definer)}`;
	return `DEFINER=${quoteName(definer.slice(0, at))}@${quoteName(definer.slice(at + 1))}`;
}

/**
Triggers as the statements that make them. Those of one table, time and event fire in an order;
each but the first says which one it follows.

@param rows Those of TRIGGERS, in the order of firing.
*/
export function readTriggers(rows: readonly InformationRow[], nameOf: NameOf): Trigger[] {
	const moments = groupRows(
		rows,
		'event_object_schema',
		'event_object_table',
		'action_timing',
		'event_manipulation',
	);
	return [...moments.values()].flatMap((group) =>
		group.map((row, at): Trigger => {
			const schema = row.text('trigger_schema');
			const table = nameOf(schema, row.text('event_object_table'));
			const name = nameOf(schema, row.text('trigger_name'));
			const before = group[at - 1];
			const words = [
				'CREATE',
				spellDefiner(row),
				`TRIGGER ${quoteTable(name)}`,
				`${row.text('action_timing')} ${row.text('event_manipulation')}`,
				`ON ${quoteTable(table)} FOR EACH ROW`,
				before !== undefined && `FOLLOWS ${quoteName(before.text('trigger_name'))}`,
				row.text('action_statement'),
			];
			const definition = words.filter((word) => word !== false && word !== '').join(' ');
			return {name, table, definition};
		}),
	);
}
