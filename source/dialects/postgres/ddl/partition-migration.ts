import type {SchemaObject} from '../../../model/catalog.ts';
import type {SchemaChange} from '../../../model/schema-change.ts';
import {quoteTable} from '../names.ts';
import type {StatementList} from './statement-list.ts';

/** Takes a partition out and puts it back under its new bounds. */
export function migratePartition(
	list: StatementList,
	change: SchemaChange,
	was: SchemaObject,
	is: SchemaObject,
): void {
	const name = quoteTable(is.name);
	const find = ({facts}: SchemaObject, fact: string) =>
		facts?.find((each) => each.name === fact)?.value ?? '';
	const isMoved = find(was, 'of') !== find(is, 'of') || find(was, 'bound') !== find(is, 'bound');
	if (!isMoved) return;
	const detach = (object: SchemaObject) =>
		`ALTER TABLE ${find(object, 'of')} DETACH PARTITION ${name}`;
	const attach = (object: SchemaObject) =>
		`ALTER TABLE ${find(object, 'of')} ATTACH PARTITION ${name} ${find(object, 'bound')}`;
	list.add({
		phase: 'create',
		table: change.table,
		summary: `detach partition ${is.name}`,
		sql: detach(was),
		undo: [attach(was)],
	});
	list.add({
		phase: 'create',
		table: change.table,
		summary: `attach partition ${is.name}`,
		sql: attach(is),
		undo: [detach(is)],
		hazards: [
			...change.hazards,
			{
				kind: 'mayViolate',
				message: `Fails if a row of ${is.name} is outside of ${find(is, 'bound')}.`,
			},
		],
	});
}
