import type {SchemaObject} from '../../../model/catalog.ts';
import type {SchemaChange} from '../../../model/schema-change.ts';
import {quoteTable} from '../names.ts';
import {spellChange} from './sequence-options.ts';
import type {StatementList} from './statement-list.ts';

/** What ALTER SEQUENCE can do; the value that it stands at stays. */
export function migrateSequence(
	list: StatementList,
	change: SchemaChange,
	was: SchemaObject,
	is: SchemaObject,
): void {
	const sequence = quoteTable(is.name);
	const add = (phase: 'alter' | 'indexes and foreign keys', forth: string, back: string) =>
		list.add({
			phase,
			table: change.table,
			summary: `alter sequence ${is.name}: ${forth.toLowerCase()}`,
			sql: `ALTER SEQUENCE ${sequence} ${forth}`,
			undo: [`ALTER SEQUENCE ${sequence} ${back}`],
		});
	const [before, after] = [was.facts ?? [], is.facts ?? []];
	const options = spellChange(before, after);
	if (options.length > 0) add('alter', options.join(' '), spellChange(after, before).join(' '));
	const find = (facts: typeof before, name: string) =>
		facts.find((fact) => fact.name === name)?.value;
	const [owner, newOwner] = [find(before, 'owned by'), find(after, 'owned by')];
	if (owner !== newOwner) {
		const spell = (column: string | undefined) => `OWNED BY ${column ?? 'NONE'}`;
		// Its new owner may be a new column.
		add('indexes and foreign keys', spell(newOwner), spell(owner));
	}
	const [unlogged, isUnlogged] = [find(before, 'unlogged'), find(after, 'unlogged')];
	if (unlogged !== isUnlogged) {
		const spell = (value: string | undefined) => (value ? 'SET UNLOGGED' : 'SET LOGGED');
		add('alter', spell(isUnlogged), spell(unlogged));
	}
}
