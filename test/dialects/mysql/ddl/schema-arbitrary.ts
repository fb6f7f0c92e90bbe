import fc from 'fast-check';

/** Statements that make a random schema of every kind of object, and rows that fit into any other. */
export type RandomSchema = {readonly sql: string; readonly rows: string};

/** The types of one family hold the values of any other of it. */
const families = {
	number: [
		'tinyint',
		'int unsigned',
		'bigint',
		'decimal(8,2)',
		'double',
		'varchar(12)',
		'int zerofill',
	],
	text: [
		'varchar(5)',
		'varchar(180)',
		'char(3)',
		"enum('a','b','c')",
		"enum('c','b','a','d')",
		'text',
		'varchar(9) character set latin1',
		'varchar(9) collate utf8mb4_bin',
	],
	time: ['date', 'datetime', 'datetime(3)'],
} as const;
type Family = keyof typeof families;

/** Of columns by their names, so that both sides have the same ones. */
const familyOf: Readonly<Record<string, Family>> = {
	n1: 'number',
	n2: 'number',
	s1: 'text',
	s2: 'text',
	d1: 'time',
	Mixed: 'text',
};
const values: Readonly<Record<Family, readonly string[]>> = {
	number: ['1', '2', '3'],
	text: ["'a'", "'b'", "'c'"],
	time: ["'2020-01-01'", "'2021-02-03'", "'2022-03-04'"],
};
const defaults: Readonly<Record<Family, string>> = {number: '7', text: "'a'", time: "'2024-05-06'"};

type Pick = <Value>(from: readonly Value[]) => Value;
type Chance = (percent: number) => boolean;

const tableNames = ['t0', 't1', 't2', 'od.d'] as const;

export const randomSchema: fc.Arbitrary<RandomSchema> = fc
	.array(fc.nat({max: 9999}), {minLength: 160, maxLength: 160})
	.map(makeSchema);

/** Each number is one decision, so that a failing pair shrinks to the decisions that matter. */
function makeSchema(numbers: readonly number[]): RandomSchema {
	let at = 0;
	const next = () => numbers[at++ % numbers.length] ?? 0;
	// A decision that is 0 is always the plain one.
	const chance: Chance = (percent) => 99 - (next() % 100) < percent;
	const pick: Pick = (from) => {
		const value = from[next() % from.length];
		if (value === undefined) throw new RangeError('Nothing to pick from');
		return value;
	};
	const tables = tableNames.filter(() => !chance(30)).map((name) => makeTable(name, pick, chance));
	const names = tables.map(({name}) => name);
	const statements = [
		...(chance(50)
			? [`create sequence sq start with ${pick([1, 5])} increment by ${pick([1, 3])}`]
			: []),
		...(chance(50)
			? [`create function fn(x int) returns int deterministic return x + ${pick([1, 2])}`]
			: []),
		...(chance(40)
			? [`create procedure pr(in a int) begin declare x int; set x = a * ${pick([1, 2])}; end`]
			: []),
		...tables.map(({sql}) => sql),
		...tables.flatMap(({name}) => makeForeignKey(name, names, pick, chance)),
		...names.flatMap((name) => makeTriggers(name, pick, chance)),
		...makeViews(names, pick, chance),
		...(chance(40)
			? [
					`create event ev on schedule every ${pick([1, 2])} day ${pick(['', 'disable'])} do set @x = 1`,
				]
			: []),
	];
	return {
		sql: statements.map((statement) => `${statement};\n`).join(''),
		rows: tables.map(({rows}) => rows).join(''),
	};
}

type RandomTable = {readonly name: string; readonly sql: string; readonly rows: string};

function makeTable(name: (typeof tableNames)[number], pick: Pick, chance: Chance): RandomTable {
	const quoted = `\`${name}\``;
	const columns = Object.keys(familyOf).filter(() => !chance(30));
	const typeOf = new Map(
		columns.map((column) => [column, pick<string>(families[familyOf[column] ?? 'number'])]),
	);
	const hasIdentity = chance(40);
	const parts = [
		`id int${chance(30) ? ' unsigned' : ''} not null${hasIdentity ? ' auto_increment' : ''}`,
		`parent int`,
		...columns.map((column) => makeColumn(column, typeOf.get(column) ?? '', pick, chance)),
	];
	const numberColumn = columns.find((column) => familyOf[column] === 'number');
	if (!hasIdentity && chance(30))
		parts.push(`g1 int as (id ${pick(['+', '*'])} 2) ${pick(['virtual', 'stored'])}`);
	const key = pick(['primary', 'primary', 'unique', 'pair']);
	if (key === 'primary' || hasIdentity) parts.push('primary key (id)');
	else if (key === 'unique') parts.push('unique key uid (id)');
	else parts.push('primary key (id, pair)', 'pair int not null default 1');
	for (const column of columns) {
		const type = typeOf.get(column) ?? '';
		if (chance(20)) {
			const prefix = type === 'text' ? '(3)' : '';
			parts.push(`unique key u_${column} (${column}${prefix}, id${chance(30) ? ', parent' : ''})`);
		}
		if (chance(30)) parts.push(makeIndex(column, type, pick, chance));
	}
	if (numberColumn !== undefined && chance(30)) {
		const named = chance(50) ? 'constraint positive ' : '';
		parts.push(`${named}check (${numberColumn} > ${pick([-1, -2])})`);
	}
	const options = [
		pick(['', 'row_format=compact', 'row_format=dynamic']),
		pick(['', "comment='one'", "comment='it''s two'"]),
		pick(['', 'collate=utf8mb4_unicode_ci']),
		pick(['', 'stats_persistent=1']),
	];
	const isPlain = key !== 'unique' && !parts.some((part) => part.includes('unique'));
	const cut =
		isPlain && name === 't2' && chance(50)
			? ` partition by hash(id) partitions ${pick([2, 3])}`
			: '';
	const written = columns.length > 0 ? columns : [];
	const rows = values.number.map((id, row) => {
		const cells = written.map((column) => values[familyOf[column] ?? 'number'][row] ?? 'null');
		return `(${[id, id, ...cells].join(', ')})`;
	});
	return {
		name,
		sql: `create table ${quoted} (${parts.join(', ')}) ${options.join(' ')}${cut}`,
		rows: `insert into ${quoted} (${['id', 'parent', ...written].join(', ')}) values ${rows.join(', ')};\n`,
	};
}

function makeColumn(name: string, type: string, pick: Pick, chance: Chance): string {
	const family = familyOf[name] ?? 'number';
	const words = [
		name,
		type,
		chance(40) ? 'not null' : '',
		chance(20) ? 'invisible' : '',
		chance(30) ? `default ${defaults[family]}` : '',
		family === 'time' && type === 'datetime' && chance(50) ? 'on update current_timestamp' : '',
		chance(20) ? `comment '${pick(['x', 'y\\\\z'])}'` : '',
		family === 'number' && !type.startsWith('varchar') && chance(20) ? `check (${name} < 100)` : '',
	];
	// What can't be seen must have a value by itself.
	if (words.includes('invisible') && words.includes('not null')) words[2] = '';
	return words.filter((word) => word !== '').join(' ');
}

function makeIndex(column: string, type: string, pick: Pick, chance: Chance): string {
	const ignored = chance(20) ? ' ignored' : '';
	const isLong = /^(?:varchar|text)/.test(type);
	if (isLong && familyOf[column] === 'text') {
		if (chance(20)) return `fulltext key f_${column} (${column})`;
		return `key i_${column} (${column}(2), id)${ignored}`;
	}
	return `key i_${column} (${pick([column, `${column}, id`, `${column} desc`])})${ignored}`;
}

function makeForeignKey(
	name: string,
	names: readonly string[],
	pick: Pick,
	chance: Chance,
): string[] {
	if (!chance(40)) return [];
	const parent = pick(names);
	const named = chance(50) ? `constraint fk_${name.replace('.', '_')} ` : '';
	const action = pick(['', ' on delete cascade', ' on update set null']);
	// Only ids of the same type can be referred to: the copy of a table's own is.
	return [
		`create table if not exists \`${name}_ref\` (id int not null, key (id)) engine=InnoDB`,
		`alter table \`${name}_ref\` add r int, add key r (r), add ${named}foreign key (r) references \`${parent}_up\` (id)${action}`,
	].flatMap((statement, at) =>
		at === 0
			? [`create table if not exists \`${parent}_up\` (id int not null primary key)`, statement]
			: [statement],
	);
}

function makeTriggers(name: string, pick: Pick, chance: Chance): string[] {
	const bare = name.replace('.', '_');
	return ['a', 'b'].flatMap((letter) =>
		chance(25)
			? [
					`create trigger tr_${bare}_${letter} ${pick(['before', 'after'])} insert on \`${name}\` ` +
						`for each row begin set @x = ${pick([1, 2])}; end`,
				]
			: [],
	);
}

function makeViews(names: readonly string[], pick: Pick, chance: Chance): string[] {
	const [first, second] = names;
	if (first === undefined || !chance(60)) return [];
	const base = `create ${pick(['', 'sql security invoker '])}view v1 as select id from \`${pick(names)}\` where id > ${pick([0, 1])}`;
	const views = [base];
	if (chance(50))
		views.push(
			`create view a2 as select v1.id from v1 join \`${second ?? first}\` x on x.id = v1.id`,
		);
	return views;
}
