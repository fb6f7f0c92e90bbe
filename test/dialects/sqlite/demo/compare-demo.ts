import SQLite from 'better-sqlite3';

export type Difference = {
	readonly added: number;
	readonly removed: number;
	readonly conflict: number;
	/** Of the conflicts, what a base tells: who changed the row, or that both gave out its key. */
	readonly devOnly: number;
	readonly prodOnly: number;
	readonly both: number;
	readonly usedTwice: number;
	/** Rows that one side deleted and the other changed. */
	readonly changedAndDeleted: number;
};

type Files = {readonly prod: string; readonly dev: string; readonly base: string};
type Rows = ReadonlyMap<string, string>;

/** Counts what differs in each table that both have, value by value and type by type. */
export function compareDemo(files: Files): Map<string, Difference> {
	const prod = new SQLite(files.prod, {readonly: true});
	const dev = new SQLite(files.dev, {readonly: true});
	const base = new SQLite(files.base, {readonly: true});
	const differences = new Map<string, Difference>();
	for (const table of listTables(prod)) {
		const columns = listColumns(dev, table);
		if (columns.length === 0) continue;
		const [ours, theirs, origin] = [prod, dev, base].map((side) => readRows(side, table, columns));
		if (!ours || !theirs || !origin) throw new Error('Three sides make three maps.');
		differences.set(table, compareRows(ours, theirs, origin));
	}
	for (const side of [prod, dev, base]) side.close();
	return differences;
}

export function listTables(database: SQLite.Database): string[] {
	return database
		.prepare<[], string>(
			"SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
		)
		.pluck()
		.all();
}

/** The columns that make up a row's key; empty when it has none. */
export function findKey(database: SQLite.Database, table: string): string[] {
	if (table === 'exchange_rates') return ['currency', 'day'];
	return database
		.prepare<[string], string>('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk')
		.pluck()
		.all(table);
}

/** What can be written, with the SQL that stands for the cell on a side that lacks the column. */
function listColumns(database: SQLite.Database, table: string): {name: string; fill: string}[] {
	return database
		.prepare<[string], {name: string; fill: string}>(
			"SELECT name, coalesce(dflt_value, 'NULL') AS fill FROM pragma_table_xinfo(?) WHERE hidden = 0",
		)
		.all(table);
}

function readRows(
	database: SQLite.Database,
	table: string,
	columns: readonly {name: string; fill: string}[],
): Rows {
	const own = listColumns(database, table).map(({name}) => name);
	const key = findKey(database, table);
	const cells = columns.map(({name, fill}) => (own.includes(name) ? name : fill));
	const rows = new Map<string, string>();
	const statement = database.prepare<[], unknown[]>(
		`SELECT ${cells.join(', ')} FROM ${table} ORDER BY ${cells.map((_, i) => i + 1).join(', ')}`,
	);
	for (const row of statement.safeIntegers().raw().iterate()) {
		const text = row.map(spell);
		const name = key.map((column) => text[columns.findIndex((each) => each.name === column)]);
		// Without a key the row itself is the key, and its copies are counted.
		let identity = (key.length > 0 ? name : text).join('|');
		for (let copy = 2; key.length === 0 && rows.has(identity); copy++) {
			identity = `${text.join('|')} copy ${copy}`;
		}
		rows.set(identity, text.join('|'));
	}
	return rows;
}

function spell(value: unknown): string {
	if (Buffer.isBuffer(value)) return `blob ${value.toString('hex')}`;
	if (typeof value === 'number') return `real ${Object.is(value, -0) ? '-0' : value}`;
	if (typeof value === 'bigint') return `integer ${value}`;
	return value === null ? 'null' : `text ${JSON.stringify(value)}`;
}

function compareRows(prod: Rows, dev: Rows, base: Rows): Difference {
	const count = {
		added: 0,
		removed: 0,
		conflict: 0,
		devOnly: 0,
		prodOnly: 0,
		both: 0,
		usedTwice: 0,
		changedAndDeleted: 0,
	};
	for (const key of new Set([...prod.keys(), ...dev.keys()])) {
		const [ours, theirs, origin] = [prod.get(key), dev.get(key), base.get(key)];
		if (ours === theirs) continue;
		if (ours === undefined || theirs === undefined) {
			count[ours === undefined ? 'added' : 'removed']++;
			if (origin !== undefined && (ours ?? theirs) !== origin) count.changedAndDeleted++;
			continue;
		}
		count.conflict++;
		if (origin === undefined) count.usedTwice++;
		else if (ours === origin) count.devOnly++;
		else if (theirs === origin) count.prodOnly++;
		else count.both++;
	}
	return count;
}
