import type {
	Check,
	Column,
	ConstraintFacts,
	Fact,
	ForeignKey,
	IndexedColumn,
	PrimaryKey,
	Table,
	UniqueConstraint,
} from '../../../model/catalog.ts';
import {spellSequenceOptions} from '../catalog/read-sequences.ts';
import {quoteName, quoteTable} from '../names.ts';

export type TableParts = {
	/** False: foreign keys and what is not validated come later. @default true */
	readonly isWhole?: boolean;
	/** How a serial column is written: by the word, or by its sequence, which is there already. @default true */
	readonly hasSerialWord?: boolean;
};

/** The CREATE TABLE of a table, without its indexes. */
export function renderTable(
	table: Table,
	{isWhole = true, hasSerialWord = true}: TableParts = {},
): string {
	const {name, columns, primaryKey, uniques, checks, foreignKeys, partitioning} = table;
	const lines = [
		...columns.map((column) => renderColumn(column, hasSerialWord)),
		...(primaryKey ? [renderPrimaryKey(primaryKey)] : []),
		...uniques.map(renderUnique),
		...checks.filter((check) => isWhole || isPlain(check)).map(renderCheck),
		...(isWhole ? foreignKeys.map(renderForeignKey) : []),
	];
	const {before, after} = splitOptions(table.options);
	const body = lines.length > 0 ? `(\n\t${lines.join(',\n\t')}\n)` : '()';
	return [
		`CREATE ${before}TABLE ${quoteTable(name)} ${body}`,
		...(partitioning === undefined ? [] : [`PARTITION BY ${partitioning}`]),
		...after,
	].join(' ');
}

/** A check that can stand in CREATE TABLE, where NOT VALID would be forgotten. */
export function isPlain({isValidated}: ConstraintFacts): boolean {
	return isValidated !== false;
}

export function renderColumn(column: Column, hasSerialWord = true): string {
	const {name, type, nullable, generated, collation, identitySource} = column;
	const isSerial = identitySource?.how === 'serial';
	const compression = column.facts?.find((fact) => fact.name === 'compression')?.value;
	return joinWords(
		quoteName(name),
		isSerial && hasSerialWord ? (serialWords[type] ?? type) : type,
		compression !== undefined && `COMPRESSION ${compression}`,
		collation !== null && `COLLATE ${collation}`,
		renderGiven(column, hasSerialWord),
		generated &&
			`GENERATED ALWAYS AS (${generated.expression}) ${generated.stored ? 'STORED' : 'VIRTUAL'}`,
		!nullable && 'NOT NULL',
	);
}

const serialWords: Readonly<Record<string, string>> = {
	smallint: 'smallserial',
	integer: 'serial',
	bigint: 'bigserial',
};

/** The default or the identity. */
function renderGiven({default: value, identitySource}: Column, hasSerialWord: boolean): string {
	if (!identitySource) return value === null ? '' : `DEFAULT ${value}`;
	if (identitySource.how === 'serial') {
		if (hasSerialWord || identitySource.sequence === null) return '';
		return `DEFAULT ${renderNextValue(identitySource.sequence)}`;
	}
	const options = spellSequenceOptions(identitySource.facts);
	return `${identitySource.how} AS IDENTITY${options === '' ? '' : ` (${options})`}`;
}

export function renderNextValue(sequence: string): string {
	return `nextval('${quoteTable(sequence).replaceAll("'", "''")}'::regclass)`;
}

export function renderPrimaryKey({name, columns, ...rest}: PrimaryKey): string {
	return joinWords(renderName(name), `PRIMARY KEY ${renderKey(columns, rest)}`, renderRest(rest));
}

export function renderUnique({name, columns, ...rest}: UniqueConstraint): string {
	const distinct = hasFact(rest, 'nulls not distinct') && 'NULLS NOT DISTINCT';
	return joinWords(
		renderName(name),
		'UNIQUE',
		distinct,
		renderKey(columns, rest),
		renderRest(rest),
	);
}

export function renderCheck({name, expression, ...rest}: Check): string {
	return joinWords(
		renderName(name),
		`CHECK (${expression})`,
		hasFact(rest, 'no inherit') && 'NO INHERIT',
		renderValidity(rest),
	);
}

export function renderForeignKey(key: ForeignKey): string {
	const {name, columns, referencedTable, referencedColumns, onUpdate, onDelete, match} = key;
	const setColumns = key.facts?.find((fact) => fact.name === 'set on delete')?.value;
	const period = (names: readonly string[]) =>
		names.map((one, at) => {
			const isPeriod = hasFact(key, 'period') && at === names.length - 1;
			return isPeriod ? `PERIOD ${quoteName(one)}` : quoteName(one);
		});
	return joinWords(
		renderName(name),
		`FOREIGN KEY (${period(columns).join(', ')})`,
		`REFERENCES ${quoteTable(referencedTable)}`,
		referencedColumns.length > 0 && `(${period(referencedColumns).join(', ')})`,
		match !== 'SIMPLE' && `MATCH ${match}`,
		onUpdate !== 'NO ACTION' && `ON UPDATE ${onUpdate}`,
		onDelete !== 'NO ACTION' && `ON DELETE ${onDelete}`,
		setColumns !== undefined && `(${setColumns.split(', ').map(quoteName).join(', ')})`,
		key.deferral !== 'not deferrable' && `DEFERRABLE ${key.deferral.toUpperCase()}`,
		renderValidity(key),
	);
}

function renderKey(columns: readonly IndexedColumn[], facts: ConstraintFacts): string {
	const names = columns.map(({column}) => quoteName(column ?? ''));
	if (hasFact(facts, 'without overlaps')) names.push(`${names.pop() ?? ''} WITHOUT OVERLAPS`);
	const include = facts.facts?.find(({name}) => name === 'include')?.value;
	const carried = include?.split(', ').map(quoteName).join(', ');
	return joinWords(`(${names.join(', ')})`, carried !== undefined && `INCLUDE (${carried})`);
}

/** What is told of a key in facts of its own; the others are storage parameters. */
const keyFacts = new Set(['deferral', 'include', 'nulls not distinct', 'without overlaps']);

function renderRest(rest: ConstraintFacts): string {
	const deferral = rest.facts?.find(({name}) => name === 'deferral')?.value;
	const storage = (rest.facts ?? []).filter(({name}) => !keyFacts.has(name));
	return joinWords(
		storage.length > 0 && `WITH (${storage.map(spellOption).join(', ')})`,
		deferral !== undefined && `DEFERRABLE ${deferral.toUpperCase()}`,
	);
}

export function spellOption({name, value}: Fact): string {
	return `${name}=${/^[\w.-]+$/.test(value) ? value : `'${value.replaceAll("'", "''")}'`}`;
}

function renderValidity({isValidated, isEnforced}: ConstraintFacts): string {
	if (isEnforced === false) return 'NOT ENFORCED';
	return isValidated === false ? 'NOT VALID' : '';
}

function hasFact({facts}: ConstraintFacts, name: string): boolean {
	return facts?.some((fact) => fact.name === name) === true;
}

function renderName(name: string | null): string | false {
	return name !== null && `CONSTRAINT ${quoteName(name)}`;
}

/** Options that stand before the columns, behind them, or only in statements of their own. */
function splitOptions(options: readonly string[]): {before: string; after: string[]} {
	const inherited = options.flatMap((option) => /^INHERITS (.+)$/s.exec(option)?.[1] ?? []);
	const method = options.filter((option) => option.startsWith('USING '));
	const storage = options.filter((option) => /^[a-z_.]+=/.test(option));
	return {
		before: options.includes('UNLOGGED') ? 'UNLOGGED ' : '',
		after: [
			...(inherited.length > 0 ? [`INHERITS (${inherited.join(', ')})`] : []),
			...method,
			...(storage.length > 0 ? [`WITH (${storage.join(', ')})`] : []),
		],
	};
}

function joinWords(...words: readonly (string | false | null)[]): string {
	return words.filter((word) => word !== false && word !== null && word !== '').join(' ');
}
