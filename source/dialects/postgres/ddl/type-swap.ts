import type {Catalog, SchemaObject} from '../../../model/catalog.ts';
import type {SchemaChange} from '../../../model/schema-change.ts';
import {quoteName, quoteTable} from '../names.ts';
import {createObject, dropObject, nameForCommand} from './object-sql.ts';
import type {StatementList} from './statement-list.ts';

/** A type that becomes another of the same name: the old one stands aside until nothing uses it. */
export type SwappedType = {
	readonly change: SchemaChange;
	readonly before: SchemaObject;
	readonly after: SchemaObject;
	/** Columns of it, as `table` and name. */
	readonly columns: readonly {readonly table: string; readonly column: string}[];
};

/**
Types that can't be changed where they are. New labels of an enum could be added, but no row of
the same transaction could have them (manual, "ALTER TYPE"), so an enum is swapped too.
*/
export function findSwappedTypes(
	changes: readonly SchemaChange[],
	prod: Catalog,
	dev: Catalog,
): SwappedType[] {
	return changes.flatMap((change): SwappedType[] => {
		const {object, action, name} = change;
		if (action !== 'alter') return [];
		const find = ({objects}: Catalog) =>
			objects.find((each) => each.kind === object && each.name === name);
		const [before, after] = [find(prod), find(dev)];
		if (!before || !after || !isSwapped(before, after)) return [];
		const columns = prod.dependencies.flatMap(({object: user, column, on}) => {
			const isUse = on.kind === object && on.name === name && user.kind === 'table';
			return isUse && column !== null ? [{table: user.name, column}] : [];
		});
		return [{change, before, after, columns}];
	});
}

function isSwapped(before: SchemaObject, after: SchemaObject): boolean {
	if (before.definition === after.definition) return false;
	if (before.kind === 'domain') return readDomainBase(before) !== readDomainBase(after);
	return ['enum', 'composite type', 'range type'].includes(before.kind);
}

/** Base type and collation, which no ALTER DOMAIN changes. */
function readDomainBase({facts}: SchemaObject): string {
	const names = ['base', 'collation'];
	return JSON.stringify(facts?.filter(({name}) => names.includes(name)));
}

/** Puts the new type in the old one's place, which gets another name. */
export function beginSwap(list: StatementList, {change, before, after}: SwappedType): void {
	const aside = nameAside(before);
	const add = (summary: string, sql: string, undo: readonly string[]) =>
		list.add({phase: 'create', table: change.table, summary, sql, undo, hazards: change.hazards});
	add(
		`put ${before.kind} ${before.name} aside`,
		`ALTER TYPE ${quoteTable(before.name)} RENAME TO ${quoteName(aside)}`,
		[`ALTER TYPE ${quoteAside(before)} RENAME TO ${quoteName(bareName(before))}`],
	);
	for (const [sql, undo] of spellRangeAside(before)) {
		add(`put what came with ${before.name} aside`, sql, [undo]);
	}
	for (const [at, sql] of createObject(after).entries()) {
		const undo = at === 0 ? [dropObject(after)] : [];
		add(`${at === 0 ? 'create' : 'finish'} ${after.kind} ${after.name}`, sql, undo);
	}
}

/**
A range type comes with a multirange type (PostgreSQL 14) and with functions that make values of
both: they stand aside with it. The old one that an undo makes is called by its name aside, and so
is what comes with it.
*/
function spellRangeAside(range: SchemaObject): (readonly [sql: string, undo: string])[] {
	const find = (name: string) => range.facts?.find((fact) => fact.name === name)?.value;
	const [subtype, multirange] = [find('subtype'), find('multirange')];
	if (range.kind !== 'range type' || subtype === undefined) return [];
	const [own, aside] = [bareName(range), nameAside(range)];
	const spell = (what: string, from: string, parameters: string, to: string) =>
		`ALTER ${what} ${inSchemaOf(range, from)}${parameters} RENAME TO ${quoteName(to)}`;
	const both = (what: string, from: string, parameters: string, to: string) =>
		[spell(what, from, parameters, to), spell(what, to, parameters, from)] as const;
	const functions = [`(${subtype}, ${subtype})`, `(${subtype}, ${subtype}, text)`];
	const steps = functions.map((parameters) => both('FUNCTION', own, parameters, aside));
	if (multirange === undefined) return steps;
	const other = nameMultirange(aside);
	const type = quoteAside(range);
	return [
		...steps,
		both('TYPE', multirange, '', other),
		...['()', `(${type})`, `(VARIADIC ${type}[])`].map((parameters) =>
			both('FUNCTION', multirange, parameters, other),
		),
	];
}

/** The name that the server makes up (manual, "CREATE TYPE"). */
function nameMultirange(range: string): string {
	return range.includes('range') ? range.replace('range', 'multirange') : `${range}_multirange`;
}

/** Drops the old type, which no column has any more. */
export function endSwap(list: StatementList, {change, before}: SwappedType): void {
	const keyword = nameForCommand(before).split(' ')[0] ?? 'TYPE';
	list.add({
		phase: 'drop',
		table: change.table,
		summary: `drop what ${before.kind} ${before.name} was`,
		sql: `DROP ${keyword} ${quoteAside(before)}`,
		undo: createObject(before).map((sql) =>
			sql.replace(quoteTable(before.name), () => quoteAside(before)),
		),
	});
}

function bareName({name}: SchemaObject): string {
	const parts = /^(?:.*\.)?([^.]+)$/s.exec(name.replaceAll('"', ''));
	return parts?.[1] ?? name;
}

function nameAside(object: SchemaObject): string {
	return `__deepdiff_old_${bareName(object)}`.slice(0, 58);
}

/** The old type while it stands aside. */
export function quoteAside(object: SchemaObject): string {
	return inSchemaOf(object, nameAside(object));
}

function inSchemaOf({name}: SchemaObject, other: string): string {
	const schema = /^(.+?)\.[^.]+$/s.exec(quoteTable(name))?.[1];
	return schema === undefined ? quoteName(other) : `${schema}.${quoteName(other)}`;
}

/** What an ALTER DOMAIN can do: its default, NOT NULL and checks. */
export function spellDomainChange(before: SchemaObject, after: SchemaObject): string[] {
	const domain = quoteTable(after.name);
	const [was, is] = [readDomain(before), readDomain(after)];
	const steps: string[] = [];
	for (const [name, check] of was.checks) {
		if (is.checks.get(name) !== check) steps.push(`DROP CONSTRAINT ${quoteName(name)}`);
	}
	if (was.default !== is.default) {
		steps.push(is.default === null ? 'DROP DEFAULT' : `SET DEFAULT ${is.default}`);
	}
	if (was.isNotNull !== is.isNotNull) steps.push(is.isNotNull ? 'SET NOT NULL' : 'DROP NOT NULL');
	for (const [name, check] of is.checks) {
		if (was.checks.get(name) !== check) steps.push(`ADD CONSTRAINT ${quoteName(name)} ${check}`);
	}
	return steps.map((step) => `ALTER DOMAIN ${domain} ${step}`);
}

type Domain = {
	readonly default: string | null;
	readonly isNotNull: boolean;
	readonly checks: ReadonlyMap<string, string>;
};

function readDomain({facts}: SchemaObject): Domain {
	const find = (name: string) => facts?.find((fact) => fact.name === name)?.value ?? null;
	const checks = (facts ?? []).flatMap(({name, value}) =>
		name.startsWith('check ') ? [[name.slice('check '.length), value] as const] : [],
	);
	return {default: find('default'), isNotNull: find('not null') !== null, checks: new Map(checks)};
}
