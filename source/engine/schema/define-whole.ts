import type {SchemaObject, Table, Trigger, View} from '../../model/catalog.ts';
import type {SchemaSide} from './comparison.ts';

/** What a trigger is known by: its name, with its table where names are unique in a table only. */
export function nameTrigger({name, table}: Trigger, {fold, rules}: SchemaSide): string {
	return rules.traits.namesTriggersPerTable
		? JSON.stringify([fold(table), fold(name)])
		: fold(name);
}

/** An object that one side has, with what belongs to it: indexes, triggers, policies … */
export function defineWhole(
	owner: Table | View | SchemaObject,
	own: SchemaSide,
	other: SchemaSide,
): string {
	const belongs = (table: string | null) =>
		table !== null && own.fold(table) === own.fold(owner.name) && !('kind' in owner && owner.table);
	const known = new Set(other.catalog.triggers.map((trigger) => nameTrigger(trigger, other)));
	const triggers = own.catalog.triggers.filter(
		(trigger) => belongs(trigger.table) && !known.has(nameTrigger(trigger, own)),
	);
	const objects = own.catalog.objects.filter(({table}) => belongs(table));
	const indexes = 'indexes' in owner ? owner.indexes : [];
	return [owner, ...indexes, ...objects, ...triggers].map(({definition}) => definition).join(';\n');
}
