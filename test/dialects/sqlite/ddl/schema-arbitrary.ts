import fc from 'fast-check';

/** A schema as the statements that make it, and rows to try on each of its tables. */
export type SchemaSpec = {
	readonly tables: readonly TableSpec[];
	readonly views: readonly ViewSpec[];
};

type TableSpec = {
	readonly name: string;
	readonly columns: readonly ColumnSpec[];
	readonly key: 'none' | 'row id' | 'autoincrement' | 'one' | 'two' | 'descending';
	readonly keyColumns: readonly string[];
	readonly uniques: readonly (readonly string[])[];
	readonly checks: readonly string[];
	readonly foreignKeys: readonly string[];
	readonly indexes: readonly string[];
	readonly triggers: readonly string[];
	readonly strict: boolean;
	readonly withoutRowId: boolean;
};

type ColumnSpec = {
	readonly name: string;
	readonly type: string;
	readonly notNull: string;
	readonly default: string;
	readonly collation: string;
	/** Empty: ordinary. */
	readonly generated: string;
	readonly check: string;
};

type ViewSpec = {readonly name: string; readonly sql: string; readonly triggers: readonly string[]};

export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const tableNames = ['t', 'Order', 'q "x"'];
const columnNames = ['x', 'Y y', 'select', 'w'];
const values = [
	...['NULL', '0', '1', '-1', '2.5', '-0.0', '9007199254740993', '1e300', "''", "'a'", "'A'"],
	...["'1'", "'01'", "'text'", "x'00ff'", "x''", "'😀'"],
];

const looseTypes = [
	'',
	'INT',
	'INTEGER',
	'TEXT',
	'varchar(10)',
	'REAL',
	'NUMERIC',
	'BLOB',
	'my type',
];
const strictTypes = ['INT', 'INTEGER', 'TEXT', 'REAL', 'BLOB', 'ANY'];

const column = (name: string): fc.Arbitrary<ColumnSpec & {strictType: string}> =>
	fc.record({
		name: fc.constant(name),
		type: fc.constantFrom(...looseTypes),
		strictType: fc.constantFrom(...strictTypes),
		notNull: fc.constantFrom('', '', '', 'NOT NULL', 'NOT NULL ON CONFLICT IGNORE'),
		default: fc.constantFrom(
			'',
			'',
			'',
			'DEFAULT 1',
			"DEFAULT 'a'",
			'DEFAULT (1 + 1)',
			'DEFAULT NULL',
		),
		collation: fc.constantFrom('', '', '', 'COLLATE NOCASE', 'COLLATE RTRIM'),
		generated: fc.constantFrom(
			...['', '', '', '', '', ''],
			...[`AS ("key" || 'x')`, `AS ("key" || 'x') STORED`, 'AS (length("key")) STORED'],
		),
		check: fc.constantFrom(
			'',
			'',
			'',
			`CHECK (${quote(name)} IS NOT 'bad')`,
			`CHECK (typeof(${quote(name)}) <> 'blob')`,
		),
	});

const table = (name: string): fc.Arbitrary<TableSpec> => {
	const names = ['key', ...columnNames];
	const some = fc.uniqueArray(fc.constantFrom(...names), {minLength: 1, maxLength: 2});
	const others = tableNames.filter((other) => other !== name);
	const index = (number: number) =>
		fc
			.record({
				unique: fc.constantFrom('', '', 'UNIQUE '),
				columns: some,
				direction: fc.constantFrom('', ' DESC', ' COLLATE NOCASE'),
				expression: fc.constantFrom('', '', ', lower("key")'),
				where: fc.constantFrom(
					'',
					'',
					' WHERE "key" IS NOT NULL',
					` WHERE ${quote(name)}."key" > 0`,
				),
			})
			.map(({unique, columns, direction, expression, where}) => {
				const list = columns.map(quote).join(', ') + direction + expression;
				return `CREATE ${unique}INDEX ${quote(`${name} i${number}`)} ON ${quote(name)}(${list})${where}`;
			});
	return fc
		.record({
			columns: fc.tuple(...columnNames.map((each) => fc.option(column(each), {freq: 4}))),
			keyType: fc.constantFrom('INTEGER', 'INT', 'TEXT'),
			key: fc.constantFrom('none', 'row id', 'row id', 'autoincrement', 'one', 'two', 'descending'),
			uniques: fc.array(some, {maxLength: 2}),
			checks: fc.array(
				fc.constantFrom(
					...[
						'"key" IS NOT -5',
						'"x" IS NOT "w"',
						`${quote(name)}."key" <> 77`,
						'length("select") < 40',
					],
				),
				{maxLength: 2},
			),
			foreignKeys: fc.array(
				fc.constantFrom(
					...others.map(
						(other) => `FOREIGN KEY ("x") REFERENCES ${quote(other)}("key") ON DELETE CASCADE`,
					),
					`CONSTRAINT "self" FOREIGN KEY ("w") REFERENCES ${quote(name)} DEFERRABLE INITIALLY DEFERRED`,
				),
				{maxLength: 2},
			),
			indexes: fc.tuple(fc.option(index(1)), fc.option(index(2))),
			triggers: fc.subarray([
				`CREATE TRIGGER ${quote(`${name} tr1`)} AFTER INSERT ON ${quote(name)} BEGIN SELECT count(*) FROM ${quote(others[0] ?? '')}; END`,
				`CREATE TRIGGER ${quote(`${name} tr2`)} BEFORE UPDATE ON ${quote(name)} WHEN 0 BEGIN DELETE FROM ${quote(name)}; END`,
			]),
			strict: fc.boolean(),
			withoutRowId: fc.boolean(),
		})
		.map((spec): TableSpec => {
			const {keyType, strict} = spec;
			const plain = {default: '', collation: '', generated: '', check: ''};
			const isRowId = spec.key === 'row id' || spec.key === 'autoincrement';
			const key: ColumnSpec = {
				...plain,
				name: 'key',
				type: isRowId || spec.key === 'descending' ? 'INTEGER' : keyType,
				notNull: '',
			};
			const columns = [
				key,
				...spec.columns
					.filter((each) => each !== null)
					.map((each): ColumnSpec => ({
						...each,
						type: strict ? each.strictType : each.type,
						default: each.generated === '' && (!strict || fits(each)) ? each.default : '',
					})),
			];
			const ordinary = columns.filter(({generated}) => generated === '').map((each) => each.name);
			const second = ordinary[1];
			const kind = spec.key === 'two' && second === undefined ? 'one' : spec.key;
			const known = new Set(columns.map((each) => each.name));
			const isKnown = (text: string) =>
				names.every((each) => !text.includes(quote(each)) || known.has(each));
			return {
				...spec,
				name,
				columns,
				key: kind,
				keyColumns: kind === 'two' && second !== undefined ? [second, 'key'] : ['key'],
				uniques: spec.uniques.filter((list) => list.every((each) => known.has(each))),
				checks: spec.checks.filter(isKnown),
				foreignKeys: spec.foreignKeys.filter(isKnown),
				indexes: spec.indexes.filter((each) => each !== null).filter(isKnown),
				withoutRowId: spec.withoutRowId && (kind === 'one' || kind === 'two'),
			};
		});
};

/** A default that its own STRICT table refuses could never be added. */
function fits({default: value, strictType}: {default: string; strictType: string}): boolean {
	if (strictType === 'ANY' || strictType === 'TEXT') return true;
	return !value.includes("'a'") && (strictType !== 'BLOB' || !value.includes('1'));
}

const view = (name: string): fc.Arbitrary<ViewSpec> =>
	fc.record({
		name: fc.constant(name),
		sql: fc.constantFrom(
			...tableNames.map((each) => `CREATE VIEW ${quote(name)} AS SELECT "key" FROM ${quote(each)}`),
			`CREATE VIEW ${quote(name)}(a) AS SELECT 1 -- one`,
		),
		triggers: fc.subarray([
			`CREATE TRIGGER ${quote(`${name} tr`)} INSTEAD OF INSERT ON ${quote(name)} BEGIN SELECT 1; END`,
		]),
	});

/** Two schemas that have much in common: each table and view is one side's, both's, or differs. */
export const schemaPair: fc.Arbitrary<readonly [SchemaSpec, SchemaSpec]> = fc
	.record({
		tables: fc.tuple(...tableNames.map((name) => pairOf(table(name), mixTables))),
		views: fc.tuple(
			...['v', 'V w'].map((name) => pairOf(view(name), (_, other) => fc.constant(other))),
		),
	})
	.map(({tables, views}) => {
		const side = (at: 0 | 1): SchemaSpec => ({
			tables: tables.map((pair) => pair[at]).filter((each) => each !== null),
			views: views.map((pair) => pair[at]).filter((each) => each !== null),
		});
		return [side(0), side(1)] as const;
	});

/** Takes some of the parts of one table and the others of another. */
function mixTables(one: TableSpec, other: TableSpec): fc.Arbitrary<TableSpec> {
	const pick = <Key extends keyof TableSpec>(key: Key, takesOne: boolean) =>
		({[key]: (takesOne ? one : other)[key]}) as Pick<TableSpec, Key>;
	// Columns decide what else is possible: constraints come from where they come from.
	return fc.array(fc.boolean(), {minLength: 5, maxLength: 5}).map(([a, b, c, d, e]) => {
		const columns = one.columns.map((each) => {
			const replacement = other.columns.find(({name}) => name === each.name);
			const isSafe = replacement?.generated === each.generated;
			return a === true && isSafe && each.name !== 'key' ? replacement : each;
		});
		const names = new Set(one.columns.map(({name}) => name));
		const sameNames = other.columns.every(({name}) => names.has(name));
		return {
			...one,
			...(one.strict === other.strict ? {columns} : {}),
			...(sameNames
				? {
						...pick('checks', b === true),
						...pick('uniques', c === true),
						...pick('indexes', d === true),
						...pick('foreignKeys', e === true),
					}
				: {}),
			triggers: other.triggers,
		};
	});
}

function pairOf<Part>(
	part: fc.Arbitrary<Part>,
	mix: (one: Part, other: Part) => fc.Arbitrary<Part>,
): fc.Arbitrary<readonly [Part | null, Part | null]> {
	return fc.oneof(
		{weight: 1, arbitrary: part.map((one) => [one, null] as const)},
		{weight: 1, arbitrary: part.map((one) => [null, one] as const)},
		{weight: 1, arbitrary: part.map((one) => [one, one] as const)},
		{weight: 2, arbitrary: fc.tuple(part, part)},
		{
			weight: 4,
			arbitrary: fc
				.tuple(part, part)
				.chain(([one, other]) => mix(one, other).map((mixed) => [one, mixed] as const)),
		},
	);
}

export function renderSchema({tables, views}: SchemaSpec): string[] {
	return [
		...tables.map(renderTable),
		...tables.flatMap(({indexes}) => indexes),
		...views.map(({sql}) => sql),
		...tables.flatMap(({triggers}) => triggers),
		...views.flatMap(({triggers}) => triggers),
	];
}

function renderTable(spec: TableSpec): string {
	const {name, columns, key, keyColumns, uniques, checks, foreignKeys, strict, withoutRowId} = spec;
	const inlineKeys: Readonly<Record<string, string>> = {
		'row id': 'PRIMARY KEY',
		autoincrement: 'PRIMARY KEY AUTOINCREMENT',
		descending: 'PRIMARY KEY DESC',
	};
	const lines = [
		...columns.map((each) =>
			[
				quote(each.name),
				each.type,
				each.name === 'key' ? (inlineKeys[key] ?? '') : '',
				each.generated,
				each.notNull,
				each.default,
				each.collation,
				each.check,
			].join(' '),
		),
		...(key === 'one' || key === 'two'
			? [`PRIMARY KEY (${keyColumns.map(quote).join(', ')})`]
			: []),
		...uniques.map((list) => `UNIQUE (${list.map(quote).join(', ')})`),
		...checks.map((check) => `CHECK (${check})`),
		...foreignKeys,
	];
	const options = [...(strict ? ['STRICT'] : []), ...(withoutRowId ? ['WITHOUT ROWID'] : [])];
	return `CREATE TABLE ${quote(name)} (${lines.join(', ')} /* end */) ${options.join(', ')}`;
}

/** Rows to be tried: those that a table refuses are left out. */
export const rowsOf: fc.Arbitrary<readonly (readonly string[])[]> = fc.array(
	fc.array(fc.constantFrom(...values), {minLength: 6, maxLength: 6}),
	{maxLength: 8},
);
