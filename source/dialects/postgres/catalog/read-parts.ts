import type {
	Check,
	ConstraintFacts,
	Fact,
	ForeignKey,
	Index,
	IndexedColumn,
	PrimaryKey,
	UniqueConstraint,
} from '../../../model/catalog.ts';
import {isAutomaticName} from './automatic-names.ts';
import type {CatalogNames} from './catalog-names.ts';
import type {ConstraintRow, IndexColumnRow, IndexRow} from './relation-queries.ts';

const actions: Readonly<Record<string, string>> = {
	a: 'NO ACTION',
	r: 'RESTRICT',
	c: 'CASCADE',
	n: 'SET NULL',
	d: 'SET DEFAULT',
};

const matches: Readonly<Record<string, string>> = {s: 'SIMPLE', f: 'FULL', p: 'PARTIAL'};

/** @param table Its bare name, from which the server makes those of constraints. */
export function readPrimaryKey(row: ConstraintRow, table: string): PrimaryKey {
	return {
		name: row.name,
		columns: listColumns(row.columns),
		allowsNull: false,
		...readFacts(row, isAutomaticName(row.name, table, null, 'pkey'), listKeyFacts(row)),
	};
}

export function readUnique(row: ConstraintRow, table: string): UniqueConstraint {
	const isAutomatic = isAutomaticName(row.name, table, row.columns, 'key');
	return {
		name: row.name,
		columns: listColumns(row.columns),
		...readFacts(row, isAutomatic, listKeyFacts(row)),
	};
}

export function readForeignKey(row: ConstraintRow, table: string, names: CatalogNames): ForeignKey {
	const {deleteColumns, isTemporal} = row;
	const isAutomatic = isAutomaticName(row.name, table, row.columns, 'fkey');
	const facts = [
		...(deleteColumns ? [{name: 'set on delete', value: deleteColumns.join(', ')}] : []),
		...(isTemporal ? [{name: 'period', value: 'yes'}] : []),
	];
	return {
		name: row.name,
		columns: row.columns ?? [],
		referencedTable: row.referenced ? names.spell(row.referenced) : '',
		referencedColumns: row.referencedColumns ?? [],
		onUpdate: actions[row.onUpdate] ?? row.onUpdate,
		onDelete: actions[row.onDelete] ?? row.onDelete,
		match: matches[row.match] ?? row.match,
		deferral: readDeferral(row),
		...readFacts(row, isAutomatic, facts),
	};
}

export function readCheck(row: ConstraintRow, table: string): Check {
	const {columns, name} = row;
	const single = columns?.length === 1 ? columns : null;
	const facts = row.isNoInherit ? [{name: 'no inherit', value: 'yes'}] : [];
	return {
		name,
		expression: withoutParentheses(row.expression ?? ''),
		...readFacts(row, isAutomaticName(name, table, single, 'check'), facts),
	};
}

export function readIndex(row: IndexRow): Index {
	const {method, include, options, comment, isNullsNotDistinct, isValid} = row;
	const facts: Fact[] = [
		...(isNullsNotDistinct ? [{name: 'nulls not distinct', value: 'yes'}] : []),
		...(isValid ? [] : [{name: 'valid', value: 'no'}]),
		...(row.isClustered ? [{name: 'clustered', value: 'yes'}] : []),
		...(row.isReplicaIdentity ? [{name: 'replica identity', value: 'yes'}] : []),
		...listOptions(options),
	];
	return {
		name: row.name,
		unique: row.isUnique,
		columns: row.columns.map(readIndexColumn),
		where: row.predicate === null ? null : withoutParentheses(row.predicate),
		// Of a partitioned table: made for all partitions at once it means the same.
		definition: row.definition.replace(' ON ONLY ', ' ON '),
		...(method === 'btree' ? {} : {method}),
		...(include ? {include} : {}),
		...(comment === null ? {} : {comment}),
		...(facts.length > 0 ? {facts} : {}),
	};
}

/** NULL stands after everything else, and so first where the order is turned round. */
function readIndexColumn(row: IndexColumnRow): IndexedColumn {
	const {column, text, descending, nullsFirst, collation, operatorClass} = row;
	return {
		column,
		expression: column === null ? withoutParentheses(text) : null,
		descending,
		collation,
		...(operatorClass === null ? {} : {operatorClass}),
		...(descending === nullsFirst ? {} : {nulls: nullsFirst ? 'first' : 'last'}),
	};
}

/** Storage parameters, e.g. `fillfactor=70`. */
export function listOptions(options: readonly string[] | null): Fact[] {
	return (options ?? []).map((option) => {
		const [name = '', ...value] = option.split('=');
		return {name, value: value.join('=')};
	});
}

function listColumns(columns: readonly string[] | null): IndexedColumn[] {
	return (columns ?? []).map((column) => ({
		column,
		expression: null,
		descending: false,
		collation: null,
	}));
}

function readDeferral({isDeferred, isDeferrable}: ConstraintRow): ForeignKey['deferral'] {
	if (isDeferred) return 'initially deferred';
	return isDeferrable ? 'initially immediate' : 'not deferrable';
}

function listKeyFacts(row: ConstraintRow): Fact[] {
	const {include, isNullsNotDistinct, isTemporal, options} = row;
	const deferral = readDeferral(row);
	return [
		...(deferral === 'not deferrable' ? [] : [{name: 'deferral', value: deferral}]),
		...(include ? [{name: 'include', value: include.join(', ')}] : []),
		...(isNullsNotDistinct ? [{name: 'nulls not distinct', value: 'yes'}] : []),
		...(isTemporal ? [{name: 'without overlaps', value: 'yes'}] : []),
		...listOptions(options),
	];
}

function readFacts(
	{isValidated, isEnforced, comment}: ConstraintRow,
	isAutoNamed: boolean,
	facts: readonly Fact[],
): ConstraintFacts {
	return {
		...(isAutoNamed ? {isAutoNamed} : {}),
		...(isValidated ? {} : {isValidated}),
		...(isEnforced ? {} : {isEnforced}),
		...(comment === null ? {} : {comment}),
		...(facts.length > 0 ? {facts} : {}),
	};
}

/** The server prints most expressions inside a pair of parentheses of their own. */
export function withoutParentheses(text: string): string {
	if (!text.startsWith('(') || !text.endsWith(')')) return text;
	let depth = 0;
	let quote: string | null = null;
	for (let at = 0; at < text.length; at++) {
		const character = text.charAt(at);
		if (quote !== null) {
			if (character === quote) quote = null;
			continue;
		}
		if (character === "'" || character === '"') quote = character;
		else if (character === '(') depth++;
		else if (character === ')') depth--;
		if (depth === 0) return at === text.length - 1 ? text.slice(1, -1) : text;
	}
	return text;
}
