import {findTableConfig, isColumnIgnored} from '../config/find-table-config.ts';
import {matchesAnyGlob} from '../config/match-glob.ts';
import type {Config, TableConfig} from '../config/config.ts';
import type {Dialect} from '../dialects/dialect.ts';
import type {Catalog, Column, Table} from '../model/catalog.ts';
import type {CellKind} from '../model/cell.ts';
import {findCommonKind, kindOnOtherEngine} from '../model/common-kind.ts';
import {ConfigurationError} from '../model/errors.ts';
import type {KeyChoice, Layout, LayoutColumn} from '../model/layout.ts';
import type {KeyOrder} from '../model/value-type.ts';

/** What makes two names or two types the same. */
type Rules = {
	readonly fold: (name: string) => string;
	readonly isSameType: (a: Column, b: Column) => boolean;
	/** What the cells of a column that prod does not have yet are brought to; empty: nothing. */
	readonly castNew: (column: Column) => {readonly as?: CellKind};
	/** What prod's rows hold once the column was added; null when that is not a constant. */
	readonly fillNew: (column: Column) => string | null;
};

/** What becomes of one table in the scan. */
export type TableChoice = {
	readonly name: string;
	/** Null: it is not compared, and the reason says why. */
	readonly layout: Layout | null;
	readonly reason: string;
};

/**
Decides for every table of either side how its rows are compared: by which key, over
which columns. Nothing is left out without a reason.

@throws {ConfigurationError} When a configured key names a column that does not exist.
*/
export function chooseLayouts(
	prod: Catalog,
	dev: Catalog,
	config: Config,
	dialect: Dialect,
): TableChoice[] {
	const isSameEngine = prod.engine === dev.engine;
	const rules: Rules = {
		// Two engines fold names in two ways, but hardly ever to more than another letter case.
		fold: (name) => (isSameEngine ? dialect.normalise.name(name) : name.toLowerCase()),
		isSameType: (a, b) =>
			isSameEngine &&
			(dialect.traits.typesValues ||
				dialect.normalise.type(a.type) === dialect.normalise.type(b.type)),
		castNew: ({valueType}) => (isSameEngine ? {} : {as: kindOnOtherEngine(valueType)}),
		// Another engine may store a default as something else than it is written.
		fillNew: (column) => (isSameEngine || column.default === null ? constantFill(column) : null),
	};
	const {fold} = rules;
	const devTables = new Map(dev.tables.map((table) => [fold(table.name), table]));
	const choices: TableChoice[] = [];
	for (const table of prod.tables) {
		const other = devTables.get(fold(table.name));
		devTables.delete(fold(table.name));
		choices.push(chooseTable(table, other ?? null, config, rules));
	}
	for (const table of devTables.values()) choices.push(chooseTable(null, table, config, rules));
	for (const {kind, name, reason} of [...prod.notCompared, ...dev.notCompared]) {
		if (!kind.includes('table') || choices.some((choice) => choice.name === name)) continue;
		choices.push({name, layout: null, reason});
	}
	return choices.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function chooseTable(
	prod: Table | null,
	dev: Table | null,
	config: Config,
	rules: Rules,
): TableChoice {
	const {fold} = rules;
	const table = prod ?? dev;
	if (!table) throw new TypeError('A table exists on at least one side');
	const {name} = table;
	const leaveOut = (reason: string): TableChoice => ({name, layout: null, reason});
	if (config.onlyTables.length > 0 && !matchesAnyGlob(name, config.onlyTables)) {
		return leaveOut('not named by --tables');
	}
	if (matchesAnyGlob(name, config.ignore.tables)) return leaveOut('ignored by the configuration');
	if (!dev) return leaveOut('exists only on prod');

	const own = findTableConfig(config, name);
	const {columns, leftOut} = chooseColumns(name, prod, dev, config, own, rules);
	const compared = columns.filter(({role}) => role === 'common' || role === 'dev-only');
	const carried = columns.filter(({role}) => role !== 'common' && role !== 'dev-only');
	const key = choosePaging(
		chooseKey(prod ?? dev, dev, own, compared, fold),
		prod ?? dev,
		dev,
		fold,
	);
	return {
		name,
		reason: prod ? key.reason : 'exists only on dev: all of its rows are added',
		layout: {
			table: name,
			...(dev.name === name ? {} : {devTable: dev.name}),
			presentOn: prod ? 'both' : 'dev',
			columns: [...compared, ...carried],
			comparedCount: compared.length,
			key,
			leftOut,
			where: own.where ?? null,
		},
	};
}

function chooseColumns(
	tableName: string,
	prod: Table | null,
	dev: Table,
	config: Config,
	own: TableConfig,
	{fold, isSameType, castNew, fillNew}: Rules,
): {columns: LayoutColumn[]; leftOut: {column: string; reason: string}[]} {
	const columns: LayoutColumn[] = [];
	const leftOut: {column: string; reason: string}[] = [];
	const rest = new Map(dev.columns.map((column) => [fold(column.name), column]));
	const keyNames = new Set(
		[...((prod ?? dev).primaryKey?.columns ?? [])].map(({column}) => fold(column ?? '')),
	);
	const isIgnored = (column: string) =>
		!keyNames.has(fold(column)) && isColumnIgnored(config, tableName, column);
	const toleranceOf = (column: string) => own.tolerance?.[column] ?? null;
	for (const column of prod?.columns ?? []) {
		const other = rest.get(fold(column.name));
		rest.delete(fold(column.name));
		const {name} = column;
		const devName = other && other.name !== name ? {devName: other.name} : {};
		const common =
			other && !isSameType(column, other)
				? findCommonKind(column.valueType, other.valueType)
				: {kind: null, reason: null};
		if (column.generated || other?.generated) {
			leftOut.push({column: name, reason: 'generated: the server computes it'});
		} else if (!other) {
			columns.push({name, role: 'prod-only', fill: null, tolerance: null});
			leftOut.push({column: name, reason: 'exists only on prod'});
		} else if (isIgnored(name)) {
			columns.push({name, ...devName, role: 'ignored', fill: null, tolerance: null});
			leftOut.push({column: name, reason: 'ignored by the configuration'});
		} else if (common.reason !== null) {
			columns.push({name, ...devName, role: 'ignored', fill: null, tolerance: null});
			leftOut.push({column: name, reason: `can't be compared: ${common.reason}`});
		} else {
			const as = common.kind === null ? {} : {as: common.kind};
			const tolerance = toleranceOf(name);
			columns.push({name, ...devName, role: 'common', fill: null, tolerance, ...as});
		}
	}
	for (const column of rest.values()) {
		const {name} = column;
		if (column.generated) {
			leftOut.push({column: name, reason: 'generated: the server computes it'});
		} else if (!prod) {
			columns.push({name, role: 'common', fill: null, tolerance: null, ...castNew(column)});
		} else if (isIgnored(name)) {
			leftOut.push({column: name, reason: 'ignored by the configuration'});
		} else {
			const fill = fillNew(column);
			columns.push({name, role: 'dev-only', fill, tolerance: null, ...castNew(column)});
		}
	}
	return {columns, leftOut};
}

/** A literal, alone or with the one cast that a server prints with it: `'new'::text`. */
const constant =
	/^\(*\s*(?:null|true|false|[+-]?\d[\d.eE+-]*|'(?:[^']|'')*'|[xX]'[0-9a-fA-F]*')\s*\)*(?:::[\w\s".(),[\]]+)?$/i;

function constantFill(column: Column): string | null {
	if (column.default === null) return column.nullable ? 'NULL' : null;
	return constant.test(column.default) ? column.default : null;
}

function chooseKey(
	prod: Table,
	dev: Table,
	own: TableConfig,
	compared: readonly LayoutColumn[],
	fold: (name: string) => string,
): KeyChoice {
	const common = new Map(
		compared.filter(({role}) => role === 'common').map(({name}) => [fold(name), name]),
	);
	if (own.key) {
		const columns = own.key.map((name) => {
			const known = common.get(fold(name));
			if (known !== undefined) return known;
			throw new ConfigurationError(
				`tables.${prod.name}.key names ${name}, which is no column of ${prod.name} on both sides.`,
				{hint: `It has ${[...common.values()].join(', ')}.`},
			);
		});
		return {kind: 'named', columns, reason: `key from the configuration: ${columns.join(', ')}`};
	}
	/** The key's columns when all of them are on both sides and compared. */
	const resolve = (columns: readonly {column: string | null}[] | undefined) => {
		const names = (columns ?? []).map(({column}) => common.get(fold(column ?? '')));
		return names.length > 0 && names.every((name) => name !== undefined) ? names : null;
	};
	const ownKey = resolve(prod.primaryKey?.columns);
	if (ownKey && isKeyOf(dev, ownKey, fold)) {
		return {kind: 'primary key', columns: ownKey, reason: ''};
	}
	for (const columns of uniqueKeys(prod)) {
		const names = resolve(columns);
		if (!names || !names.every((name) => isNotNull(prod, name) && isNotNull(dev, name))) continue;
		if (!isKeyOf(dev, names, fold)) continue;
		const why = prod.primaryKey ? 'the primary keys differ' : 'it has no primary key';
		return {
			kind: 'unique index',
			columns: names,
			reason: `${why}; compared by unique ${names.join(', ')}`,
		};
	}
	return {
		kind: 'rows',
		columns: [],
		reason: 'it has no key that both sides share: whole rows are counted',
	};

	function isNotNull(table: Table, name: string): boolean {
		return table.columns.some((column) => fold(column.name) === fold(name) && !column.nullable);
	}
}

/** Ranges of the key only where both sides sort it alike: else rows would be looked for in the wrong place. */
function choosePaging(
	key: KeyChoice,
	prod: Table,
	dev: Table,
	fold: (name: string) => string,
): KeyChoice {
	if (key.kind === 'rows') return key;
	const orderIn = (table: Table, name: string) => findKeyOrder(table, key.columns, name, fold);
	const orders = key.columns.map((name) => [orderIn(prod, name), orderIn(dev, name)] as const);
	const alike = orders.flatMap(([ours, theirs]) =>
		ours !== null && ours.name === theirs?.name ? [ours.name] : [],
	);
	const isAlike = alike.length === orders.length;
	const isLoose = orders.flat().some((order) => order?.isExact !== true);
	return {
		...key,
		...(isAlike ? {orders: alike} : {paging: 'buckets'}),
		...(isLoose ? {isLoose: true} : {}),
	};
}

/** A column's own order; null where the key's constraint sorts it by another one. */
function findKeyOrder(
	{columns, primaryKey, uniques, indexes}: Table,
	key: readonly string[],
	name: string,
	fold: (name: string) => string,
): KeyOrder | null {
	const own = columns.find((column) => fold(column.name) === fold(name));
	const constraints = [primaryKey, ...uniques, ...indexes].filter(
		(constraint) =>
			constraint?.columns.length === key.length &&
			constraint.columns.every(({column}) => key.some((each) => fold(each) === fold(column ?? ''))),
	);
	const isOther = constraints.some((constraint) =>
		constraint?.columns.some(
			({column, collation}) =>
				fold(column ?? '') === fold(name) &&
				collation !== null &&
				fold(collation) !== fold(own?.collation ?? ''),
		),
	);
	return isOther ? null : (own?.keyOrder ?? null);
}

/** Every list of columns that is unique in a table, without a condition. */
function uniqueKeys(table: Table) {
	const indexes = table.indexes.filter(({unique, where}) => unique && where === null);
	return [...table.uniques, ...indexes].map(({columns}) => columns);
}

function isKeyOf(table: Table, names: readonly string[], fold: (name: string) => string): boolean {
	const wanted = names.map(fold).sort().join('\n');
	return [table.primaryKey?.columns ?? [], ...uniqueKeys(table)].some(
		(columns) =>
			columns
				.map(({column}) => fold(column ?? ''))
				.sort()
				.join('\n') === wanted,
	);
}
