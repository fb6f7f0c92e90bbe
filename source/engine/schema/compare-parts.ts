import type {Check, ForeignKey, Index, Table, UniqueConstraint} from '../../model/catalog.ts';
import type {Hazard} from '../../model/hazard.ts';
import {
	defineCheck,
	defineForeignKey,
	defineUnique,
	describeColumns,
	labelForeignKey,
} from '../../model/part-definition.ts';
import type {ObjectKind, SchemaChange} from '../../model/schema-change.ts';
import {listConstraintFacts, listFacts} from './compare-facts.ts';
import type {SchemaSide} from './comparison.ts';
import {makeAlter, makeCreate, makeDrop} from './make-change.ts';
import {pairParts, withoutRepeats, type PartForms} from './pair-parts.ts';

/** One sort of part that a table may have several of. */
type PartSort<Part> = {
	readonly object: ObjectKind;
	readonly list: (table: Table) => readonly Part[];
	readonly name: (part: Part) => string | null;
	/** The server made the name up: it tells nothing. */
	readonly isAutoNamed: (part: Part) => boolean;
	/** What it is called without a name. */
	readonly label: (part: Part) => string;
	readonly define: (part: Part) => string;
	/** The normal forms of what it consists of, by what a person calls it. */
	readonly aspects: (
		part: Part,
		table: Table,
		side: SchemaSide,
		twin: Table,
	) => Readonly<Record<string, string>>;
	readonly likeness: (part: Part, table: Table, side: SchemaSide, twin: Table) => string | null;
	readonly hazards: (part: Part) => readonly Hazard[];
};

const uniques: PartSort<UniqueConstraint> = {
	object: 'unique',
	list: (table) => table.uniques,
	name: ({name}) => name,
	isAutoNamed: ({isAutoNamed}) => isAutoNamed === true,
	label: ({columns}) => describeColumns(columns),
	define: defineUnique,
	aspects: ({columns, onConflict, ...facts}, table, side, twin) => ({
		...listConstraintFacts(facts),
		columns: side.normaliseColumns(columns, table, twin),
		'ON CONFLICT': onConflict ?? '',
	}),
	likeness: ({columns}, table, side, twin) => side.normaliseColumns(columns, table, twin),
	hazards: ({columns}) => [warnOfDuplicates(describeColumns(columns))],
};

const foreignKeys: PartSort<ForeignKey> = {
	object: 'foreign key',
	list: (table) => table.foreignKeys,
	name: ({name}) => name,
	isAutoNamed: ({isAutoNamed}) => isAutoNamed === true,
	label: labelForeignKey,
	define: defineForeignKey,
	aspects: (key, _table, side) => ({
		...listConstraintFacts(key),
		columns: key.columns.map((name) => side.fold(name)).join('\n'),
		'referenced columns': side.resolveReference(key),
		'ON UPDATE': key.onUpdate,
		'ON DELETE': key.onDelete,
		MATCH: key.match,
		deferral: key.deferral,
	}),
	likeness: ({columns, referencedTable}, _table, side) =>
		JSON.stringify([side.fold(referencedTable), ...columns.map((name) => side.fold(name))]),
	hazards: ({referencedTable}) => [
		{
			kind: 'mayViolate',
			message: `Fails if a row refers to one that ${referencedTable} does not have.`,
		},
	],
};

const checks: PartSort<Check> = {
	object: 'check',
	list: (table) => table.checks,
	name: ({name}) => name,
	isAutoNamed: ({isAutoNamed}) => isAutoNamed === true,
	label: ({expression}) => expression,
	define: defineCheck,
	aspects: ({expression, ...facts}, table, side) => ({
		...listConstraintFacts(facts),
		expression: side.normaliseExpression(expression, table),
	}),
	// Without a name a check is known by the columns that it speaks of.
	likeness: ({expression}, table, side) => {
		const normal = side.normaliseExpression(expression, table);
		const words = new Set<string>(normal.match(/[\p{L}\p{N}_$]+/gu));
		const names = table.columns.map(({name}) => side.fold(name));
		const mentioned = names.filter((name) => words.has(name)).sort();
		return mentioned.length > 0 ? mentioned.join('\n') : null;
	},
	hazards: ({expression}) => [
		{kind: 'mayViolate', message: `Fails if a row does not satisfy ${expression}.`},
	],
};

const indexes: PartSort<Index> = {
	object: 'index',
	list: (table) => table.indexes,
	name: ({name}) => name,
	isAutoNamed: () => false,
	label: ({name}) => name,
	define: ({definition}) => definition,
	aspects: ({unique, columns, where, method, include = [], ...told}, table, side, twin) => ({
		...Object.fromEntries(listFacts(told)),
		method: method ?? '',
		INCLUDE: include.map(side.fold).join('\n'),
		UNIQUE: unique ? 'yes' : 'no',
		columns: side.normaliseColumns(columns, table, twin),
		WHERE: where === null ? '' : side.normaliseExpression(where, table),
	}),
	likeness: () => null,
	hazards: ({unique, columns}) => (unique ? [warnOfDuplicates(describeColumns(columns))] : []),
};

function warnOfDuplicates(columns: string): Hazard {
	return {kind: 'mayViolate', message: `Fails if two rows have the same ${columns}.`};
}

/** Compares what a table may have several of: constraints and indexes. */
export function compareParts(
	prod: Table,
	dev: Table,
	prodSide: SchemaSide,
	devSide: SchemaSide,
): SchemaChange[] {
	const compare = <Part>(sort: PartSort<Part>) => compareSort(sort, prod, dev, prodSide, devSide);
	return [...compare(uniques), ...compare(foreignKeys), ...compare(checks), ...compare(indexes)];
}

function compareSort<Part>(
	sort: PartSort<Part>,
	prod: Table,
	dev: Table,
	prodSide: SchemaSide,
	devSide: SchemaSide,
): SchemaChange[] {
	const makeForms = (table: Table, side: SchemaSide, twin: Table): PartForms<Part> => ({
		name: (part) => {
			const name = sort.name(part);
			return name === null || sort.isAutoNamed(part) ? null : side.fold(name);
		},
		content: (part) => JSON.stringify(sort.aspects(part, table, side, twin)),
		likeness: (part) => sort.likeness(part, table, side, twin),
	});
	const [prodForms, devForms] = [makeForms(prod, prodSide, dev), makeForms(dev, devSide, prod)];
	const {altered, dropped, created} = pairParts(
		withoutRepeats(sort.list(prod), prodForms),
		withoutRepeats(sort.list(dev), devForms),
		prodForms,
		devForms,
	);
	const nameOf = (part: Part) => ({
		object: sort.object,
		table: prod.name,
		name: sort.name(part) ?? sort.label(part),
	});
	return [
		...altered.map(([before, after]) => {
			const aspects = [
				sort.aspects(before, prod, prodSide, dev),
				sort.aspects(after, dev, devSide, prod),
			] as const;
			const keys = new Set([...Object.keys(aspects[0]), ...Object.keys(aspects[1])]);
			const changed = [...keys].filter((key) => aspects[0][key] !== aspects[1][key]);
			const isRenamed = prodForms.name(before) !== devForms.name(after);
			const details = [
				...(isRenamed
					? [`name ${sort.name(before) ?? 'none'} → ${sort.name(after) ?? 'none'}`]
					: []),
				...changed,
			];
			const definitions = {prod: sort.define(before), dev: sort.define(after)};
			const hazards = changed.length > 0 ? sort.hazards(after) : [];
			return makeAlter(nameOf(before), definitions, details, {hazards});
		}),
		...created.map((part) => makeCreate(nameOf(part), sort.define(part), sort.hazards(part))),
		...dropped.map((part) => makeDrop(nameOf(part), sort.define(part))),
	];
}
