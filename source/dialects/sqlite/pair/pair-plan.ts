import type {Database} from 'better-sqlite3';
import {ConfigurationError, DeepDiffError, SchemaChangedError} from '../../../model/errors.ts';
import type {Layout} from '../../../model/layout.ts';
import {foldName} from '../catalog/fold-name.ts';
import {quoteName} from '../quote-name.ts';
import type {TextEncoding} from '../rows/values.ts';
import type {BatchPool} from './batch-pool.ts';
import {findKeyPath} from './key-path.ts';
import {matchKey, type KeyMatch} from './key-match.ts';
import {findPairColumns, type PairColumn} from './pair-columns.ts';
import {RowPairs} from './row-pairs.ts';
import {SegmentExperience} from './segment-experience.ts';
import {readSideTable, type SideTable} from './side-table.ts';

/** Everything about comparing one table that stays the same from segment to segment. */
export type PairPlan = {
	readonly layout: Layout;
	readonly columns: readonly PairColumn[];
	readonly key: KeyMatch;
	/** Null: the table is not there yet; all of dev's rows are added. */
	readonly prod: PlannedSide | null;
	readonly dev: PlannedSide;
	/**
	Both sides can be walked in key order by an index. Otherwise the table is one segment, and
	SQLite sorts it with the help of temporary files.
	*/
	readonly isOrdered: boolean;
	readonly pairs: RowPairs;
	readonly experience: SegmentExperience;
	/** The SQL functions that hand values to `pairs`: the last values of a row, and those before. */
	readonly functions: {readonly last: string; readonly before: string};
};

export type PlannedSide = SideTable & {
	/** What makes SQLite walk and search by the key's index; empty when unordered. */
	readonly path: string;
	/** Folded names of key columns that may be NULL here. */
	readonly nullable: readonly string[];
};

/** SQLite's own limit for the columns of a result, SQLITE_MAX_COLUMN. */
const mostColumns = 2000;

let plansMade = 0;

/**
Looks at both tables as they are now and decides how to compare them.

@throws {SchemaChangedError} When a table or column is no longer there.
@throws {ConfigurationError} When the key is not unique, or `where` is no valid condition.
*/
export function makePairPlan(
	database: Database,
	layout: Layout,
	encoding: TextEncoding,
	pool: BatchPool,
): PairPlan {
	const prod = layout.presentOn === 'both' ? requireTable(database, 'main', layout) : null;
	const dev = requireTable(database, 'dev', layout);
	const sides = prod ? [prod, dev] : [dev];
	const columns = findPairColumns(layout, prod, dev, encoding);
	// Both sides' columns and their key, or, without a key, each with its class and four counts.
	if (columns.length * 2 + Math.max(layout.key.columns.length, 4) > mostColumns) {
		throw new DeepDiffError(
			`${layout.table} has ${columns.length} columns: too many to compare at once.`,
			{hint: 'Leave some of them out with ignore.columns in the configuration.'},
		);
	}
	checkWhere(database, layout, sides, nameSide);
	const key = matchKey(layout, sides);
	if (layout.key.columns.length > 0) {
		for (const side of key.unproven) {
			checkUnique(database, layout, key, side, nameSide(side.schema));
		}
	}
	const paths = key.columns.some(({converts}) => converts)
		? []
		: sides.flatMap((side) => findKeyPath(database, key, side) ?? []);
	const isOrdered = key.columns.length > 0 && paths.length === sides.length;
	const planSide = (side: SideTable): PlannedSide => ({
		...side,
		path: isOrdered ? (paths[sides.indexOf(side)] ?? '') : '',
		nullable: key.columns
			.map(({name}) => foldName(name))
			.filter((name) => side.columns.get(name)?.isNotNull !== true),
	});
	const keyIndexes = layout.key.columns.map((name) =>
		columns.findIndex((column) => foldName(column.name) === foldName(name)),
	);
	const pairs = new RowPairs(columns, layout.comparedCount, keyIndexes, encoding, pool);
	return {
		layout,
		columns,
		key,
		prod: prod && planSide(prod),
		dev: planSide(dev),
		isOrdered,
		pairs,
		experience: new SegmentExperience(),
		functions: registerFunctions(database, pairs),
	};
}

function registerFunctions(database: Database, pairs: RowPairs): PairPlan['functions'] {
	plansMade++;
	const functions = {last: `deepdiff_row_${plansMade}`, before: `deepdiff_part_${plansMade}`};
	const options = {varargs: true, safeIntegers: true, directOnly: true};
	// A function takes at most 1,000 values, so a wide row comes in parts.
	let parts: SqliteArguments = [];
	database.function(functions.before, options, (...values: SqliteArguments) => {
		parts = [...parts, ...values];
		return null;
	});
	database.function(functions.last, options, (...values: SqliteArguments) => {
		if (parts.length === 0) {
			pairs.add(values);
		} else {
			pairs.add([...parts, ...values]);
			parts = [];
		}
		return null;
	});
	return functions;
}

type SqliteArguments = Parameters<RowPairs['add']>[0][number][];

function requireTable(database: Database, schema: string, {table}: Layout): SideTable {
	const found = readSideTable(database, schema, table);
	if (found) return found;
	const side = schema === 'main' ? 'prod' : 'dev';
	throw new SchemaChangedError(`The table ${table} is no longer on ${side}.`, {
		hint: 'Start the comparison anew.',
	});
}

function nameSide(schema: string): string {
	return schema === 'main' ? 'prod' : 'dev';
}

/** @throws {ConfigurationError} When `where` is no condition over these tables. */
export function checkWhere(
	database: Database,
	{table, where}: Layout,
	sides: readonly SideTable[],
	nameOf: (schema: string) => string,
): void {
	if (where === null) return;
	for (const {schema, name} of sides) {
		const from = `${quoteName(schema)}.${quoteName(name)}`;
		try {
			database.prepare(`SELECT (${where}\n) FROM ${from} LIMIT 0`).pluck().all();
		} catch (error) {
			const reason = error instanceof Error ? error.message : String(error);
			throw new ConfigurationError(
				`tables.${table}.where is no condition that ${nameOf(schema)} understands: ${reason}.`,
				{hint: 'It is SQL over the columns of the table.', cause: error},
			);
		}
	}
}

/** @throws {ConfigurationError} When a key comes more than once. */
export function checkUnique(
	database: Database,
	{table, key: {columns}}: Layout,
	key: KeyMatch,
	{schema, name: own}: SideTable,
	sideName: string,
): void {
	const names = key.columns.map(({name}) => quoteName(name));
	const terms = key.columns.map(
		({name, collation}) => `+${quoteName(name)} COLLATE ${quoteName(collation)}`,
	);
	const example = database
		.prepare<[], string[]>(
			`SELECT ${names.map((name) => `quote(${name})`).join(', ')}
			FROM ${quoteName(schema)}.${quoteName(own)}
			WHERE ${names.map((name) => `${name} IS NOT NULL`).join(' AND ')}
			GROUP BY ${terms.join(', ')} HAVING count(*) > 1 LIMIT 1`,
		)
		.raw()
		.get();
	if (!example) return;
	throw new ConfigurationError(
		`The key ${columns.join(', ')} does not identify the rows of ${table} on ${sideName}: ${example.join(', ')} comes more than once.`,
		{hint: `Name columns that are unique together in tables.${table}.key.`},
	);
}
