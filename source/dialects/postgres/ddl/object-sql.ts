import type {SchemaObject, Trigger, View} from '../../../model/catalog.ts';
import {quoteName, quoteTable, quoteText} from '../names.ts';

/** An object's kind and name as DROP and COMMENT ON want them. */
export function nameForCommand(object: SchemaObject): string {
	const {kind, name, table} = object;
	switch (kind) {
		case 'function':
		case 'procedure':
		case 'aggregate':
			return `${kind.toUpperCase()} ${quoteRoutine(name)}`;
		case 'enum':
		case 'composite type':
		case 'range type':
			return `TYPE ${quoteTable(name)}`;
		case 'partition':
			return `TABLE ${quoteTable(name)}`;
		case 'policy':
		case 'rule':
			return `${kind.toUpperCase()} ${quoteName(name)} ON ${quoteTable(table ?? '')}`;
		case 'index':
			return `INDEX ${quoteBeside(name, table ?? '')}`;
		case 'schema':
		case 'extension':
			return `${kind.toUpperCase()} ${quoteName(name)}`;
		case 'exclusion constraint':
			return `CONSTRAINT ${quoteName(name)} ON ${quoteTable(table ?? '')}`;
		case 'domain':
		case 'sequence':
		case 'materialized view':
		case 'statistics':
		case 'event':
		case 'synonym':
		case 'package':
			return `${kind.toUpperCase()} ${quoteTable(name)}`;
		default:
			return kind satisfies never;
	}
}

/** `f(integer, text)`: types are spelled as SQL has them. */
function quoteRoutine(name: string): string {
	const at = name.indexOf('(');
	return `${quoteTable(name.slice(0, at))}${name.slice(at)}`;
}

/** An index lives in the schema of its table. */
export function quoteBeside(name: string, table: string): string {
	const [schema, own] = splitSchema(table);
	return own === undefined ? quoteName(name) : `${schema}.${quoteName(name)}`;
}

function splitSchema(table: string): [string, string | undefined] {
	const quoted = quoteTable(table);
	const dot = /^("(?:[^"]|"")*")\.(.+)$/s.exec(quoted);
	return [dot?.[1] ?? quoted, dot?.[2]];
}

export function dropObject(object: SchemaObject): string {
	if (object.kind === 'exclusion constraint') {
		return `ALTER TABLE ${quoteTable(object.table ?? '')} DROP CONSTRAINT ${quoteName(object.name)}`;
	}
	return `DROP ${nameForCommand(object)}`;
}

/** Everything that makes an object, its comment too. */
export function createObject(object: SchemaObject): string[] {
	const comment = object.comment === undefined ? [] : [commentOnObject(object, object.comment)];
	return [...splitDefinition(object.definition), ...comment];
}

/** A definition is several statements where one does not do. */
function splitDefinition(definition: string): string[] {
	return definition.split(/;\n(?=ALTER (?:SEQUENCE|DOMAIN) )/);
}

export function commentOnObject(object: SchemaObject, comment: string | undefined): string {
	return comment === undefined
		? `COMMENT ON ${nameForCommand(object)} IS NULL`
		: `COMMENT ON ${nameForCommand(object)} IS ${quoteText(comment)}`;
}

export function createView(view: View): string[] {
	const comment = view.comment === undefined ? [] : [commentOnView(view)];
	return [view.definition, ...comment];
}

export function commentOnView({name, comment}: View): string {
	return `COMMENT ON VIEW ${quoteTable(name)} IS ${spellComment(comment)}`;
}

export function dropView({name}: View): string {
	return `DROP VIEW ${quoteTable(name)}`;
}

export function createTrigger(trigger: Trigger): string[] {
	const {name, table, definition, comment, facts} = trigger;
	const fires = facts?.find((fact) => fact.name === 'fires')?.value;
	const words = fires === undefined ? undefined : firing[fires];
	return [
		definition,
		...(words === undefined
			? []
			: [`ALTER TABLE ${quoteTable(table)} ${words} TRIGGER ${quoteName(name)}`]),
		...(comment === undefined ? [] : [commentOnTrigger(trigger)]),
	];
}

export function commentOnTrigger({name, table, comment}: Trigger): string {
	return `COMMENT ON TRIGGER ${quoteName(name)} ON ${quoteTable(table)} IS ${spellComment(comment)}`;
}

const firing: Readonly<Record<string, string>> = {
	never: 'DISABLE',
	'on a replica': 'ENABLE REPLICA',
	always: 'ENABLE ALWAYS',
};

export function dropTrigger({name, table}: Trigger): string {
	return `DROP TRIGGER ${quoteName(name)} ON ${quoteTable(table)}`;
}

export function spellComment(comment: string | undefined): string {
	return comment === undefined ? 'NULL' : quoteText(comment);
}
