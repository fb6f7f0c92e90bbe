import fc from 'fast-check';
import {hostileValues} from './hostile-values.ts';

/** Two tables that went apart, as SQL, with what a comparison must know about them. */
export type TablePair = {
	readonly encoding: string;
	readonly prod: string;
	readonly dev: string;
	readonly columns: readonly string[];
	readonly key: readonly string[];
	/** Under which each side holds its key unique. */
	readonly collations: {readonly prod: readonly string[]; readonly dev: readonly string[]};
};

const types = [
	'',
	'TEXT',
	'TEXT COLLATE NOCASE',
	'TEXT COLLATE RTRIM',
	'INTEGER',
	'INT',
	'REAL',
	'NUMERIC',
	'BLOB',
	'VARCHAR(10)',
];
const keyKinds = ['rowid', 'primary key', 'without rowid', 'unique', 'index', 'none'] as const;

type Side = {
	readonly keyTypes: readonly string[];
	readonly types: readonly string[];
	readonly indexCollation: string;
	readonly directions: readonly string[];
};

const side = fc.record({
	keyTypes: fc.array(fc.constantFrom(...types), {minLength: 2, maxLength: 2}),
	types: fc.array(fc.constantFrom(...types), {minLength: 3, maxLength: 3}),
	indexCollation: fc.constantFrom('', '', 'BINARY', 'NOCASE'),
	directions: fc.array(fc.constantFrom('', '', 'DESC'), {minLength: 2, maxLength: 2}),
});

/** Half of the time one of those that a careless comparison takes for one another. */
const alike = ['1', '1.0', "'1'", '0', '0.0', '-0.0', "'a'", "'A'", "'a '", 'NULL', "''"].map(
	(sql) => hostileValues.indexOf(sql),
);
const value = fc.oneof(fc.nat({max: hostileValues.length - 1}), fc.constantFrom(...alike));
const row = fc.record({
	key: fc.array(fc.oneof(fc.nat({max: 7}), value), {minLength: 2, maxLength: 2}),
	cells: fc.array(value, {minLength: 3, maxLength: 3}),
});
const edit = fc.record({
	what: fc.constantFrom('keep', 'keep', 'change', 'drop'),
	column: fc.nat({max: 2}),
	value,
});

/** Few key values that come again and again, so that rows meet. */
const commonKeys = ['1', "'a'", "'A'", '2', '1.0', "'1'", "x'61'", 'NULL'];

export const tablePairs: fc.Arbitrary<TablePair> = fc
	.record({
		encoding: fc.constantFrom('UTF-8', 'UTF-8', 'UTF-16le', 'UTF-16be'),
		kind: fc.constantFrom(...keyKinds),
		isComposite: fc.boolean(),
		prod: side,
		// Mostly the same table on both sides, sometimes any other.
		dev: fc.option(side, {freq: 2}),
		rows: fc.array(fc.tuple(row, edit), {maxLength: 25}),
		added: fc.array(row, {maxLength: 6}),
	})
	.map(({encoding, kind, isComposite, prod, dev, rows, added}): TablePair => {
		const keyCount = isComposite && kind !== 'rowid' ? 2 : 1;
		const keyNames = ['k0', 'k1'].slice(0, keyCount);
		const theirs = dev ?? prod;
		const useful = (sql: string) =>
			encoding === 'UTF-8' || !sql.startsWith('CAST') || kind === 'none' ? sql : "'x'";
		const render = ({key, cells}: {key: readonly number[]; cells: readonly number[]}) =>
			[
				...key
					.slice(0, keyCount)
					.map((index) => useful(commonKeys[index] ?? hostileValues[index] ?? 'NULL')),
				...cells.map((index) => hostileValues[index] ?? 'NULL'),
			].join(', ');
		const prodRows = rows.map(([ours]) => render(ours));
		const devRows = rows.flatMap(([ours, {what, column, value: other}]) => {
			if (what === 'drop') return [];
			const cells = ours.cells.map((index, at) =>
				what === 'change' && at === column ? other : index,
			);
			return [render({...ours, cells})];
		});
		return {
			encoding,
			columns: [...keyNames, 'c0', 'c1', 'c2'],
			key: kind === 'none' ? [] : keyNames,
			prod: renderTable(encoding, kind, keyNames, prod, prodRows),
			dev: renderTable(encoding, kind, keyNames, theirs, [...devRows, ...added.map(render)]),
			collations: {
				prod: collationsOf(kind, keyNames, prod),
				dev: collationsOf(kind, keyNames, theirs),
			},
		};
	});

type KeyKind = (typeof keyKinds)[number];

/** Prints one side; rows that break its constraints are meant to be left out by the caller. */
function renderTable(
	encoding: string,
	kind: KeyKind,
	keyNames: readonly string[],
	{keyTypes, types: columnTypes, indexCollation, directions}: Side,
	rows: readonly string[],
): string {
	const notNull = kind === 'unique' || kind === 'index' ? ' NOT NULL' : '';
	const keyColumns = keyNames.map((name, at) =>
		kind === 'rowid' ? `${name} INTEGER PRIMARY KEY` : `${name} ${keyTypes[at] ?? ''}${notNull}`,
	);
	const columns = [...keyColumns, ...columnTypes.map((type, at) => `c${at} ${type}`)];
	const collate = indexCollation === '' ? '' : ` COLLATE ${indexCollation}`;
	const indexed = keyNames
		.map((name, at) => `${name}${collate} ${directions[at] ?? ''}`)
		.join(', ');
	const constraint = {
		rowid: '',
		'primary key': `, PRIMARY KEY (${indexed})`,
		'without rowid': `, PRIMARY KEY (${indexed})`,
		unique: `, UNIQUE (${indexed})`,
		index: '',
		none: '',
	}[kind];
	const options = kind === 'without rowid' ? ' WITHOUT ROWID' : '';
	return [
		`PRAGMA encoding = '${encoding}'`,
		`CREATE TABLE t (${columns.join(', ')}${constraint})${options}`,
		...(kind === 'index' ? [`CREATE UNIQUE INDEX i ON t (${indexed})`] : []),
		...rows.map((cells) => `INSERT OR IGNORE INTO t VALUES (${cells})`),
	].join(';\n');
}

function collationsOf(
	kind: KeyKind,
	keyNames: readonly string[],
	{keyTypes, indexCollation}: Side,
): string[] {
	// SQLite makes a lone INTEGER key the rowid, and drops its collation also WITHOUT ROWID.
	const isInteger =
		keyNames.length === 1 &&
		keyTypes[0] === 'INTEGER' &&
		(kind === 'primary key' || kind === 'without rowid');
	return keyNames.map((_, at) => {
		if (kind === 'rowid' || isInteger) return 'BINARY';
		if (indexCollation !== '') return indexCollation;
		return /COLLATE (\w+)/.exec(keyTypes[at] ?? '')?.[1] ?? 'BINARY';
	});
}
