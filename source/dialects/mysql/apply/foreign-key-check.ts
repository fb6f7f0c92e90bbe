import type {ForeignKeyViolation} from '../../dialect.ts';
import {spellTableName} from '../../server/table-name.ts';
import {quoteName, quoteTable, quoteText} from '../names.ts';
import {MysqlSession} from '../session.ts';

/** More than anybody reads. */
const mostReported = 10_000;

type ForeignKey = {
	/** As the catalog spells them. */
	readonly table: string;
	readonly referencedTable: string;
	readonly columns: readonly {readonly own: string; readonly referenced: string}[];
};

/** Rows without a parent, by what they refer to. */
type Orphans = {readonly row: string; readonly copies: number; readonly example: string};

/**
Checks the foreign keys of the tables that a transaction wrote to: the server does not when its
own checks are switched on again (manual, `foreign_key_checks`). A violation is known by the
values that have no parent and how often they occur.
*/
export class ForeignKeyCheck {
	readonly #touched = new Set<string>();
	/** A statement whose table is not known: any may have been touched. */
	#isAnyTouched = false;

	forget(): void {
		this.#touched.clear();
		this.#isAnyTouched = false;
	}

	note(sql: string): void {
		const table =
			/^(?:\/\*.*?\*\/\s*)?(?:INSERT INTO|UPDATE|DELETE FROM) (`(?:[^`]|``)+`(?:\.`(?:[^`]|``)+`)?) /.exec(
				sql,
			)?.[1];
		if (table === undefined) this.#isAnyTouched = true;
		else this.#touched.add(table);
	}

	/** Inside the transaction; what was broken before it is read from outside. */
	async findNew(session: MysqlSession): Promise<ForeignKeyViolation[]> {
		const keys = (await readForeignKeys(session)).filter((key) => this.#isTouched(key));
		const broken: {readonly key: ForeignKey; readonly orphans: Orphans[]}[] = [];
		for (const key of keys) {
			const orphans = await findOrphans(session, key);
			if (orphans.length > 0) broken.push({key, orphans});
		}
		if (broken.length === 0) return [];
		const outside = await MysqlSession.open(session.settings, {access: 'read'});
		try {
			const violations: ForeignKeyViolation[] = [];
			for (const {key, orphans} of broken) {
				const before = new Map(
					(await findOrphans(outside, key)).map(({row, copies}) => [row, copies]),
				);
				violations.push(
					...orphans
						.filter(({row, copies}) => copies > (before.get(row) ?? 0))
						.map(({row, example}) => ({
							table: key.table,
							row: example === '' ? row : `${row} of ${example}`,
							referencedTable: key.referencedTable,
						})),
				);
			}
			return violations;
		} finally {
			await outside.close();
		}
	}

	#isTouched({table, referencedTable}: ForeignKey): boolean {
		if (this.#isAnyTouched) return true;
		return [table, referencedTable].some((name) => this.#touched.has(quoteTable(name)));
	}
}

async function readForeignKeys(session: MysqlSession): Promise<ForeignKey[]> {
	const {database, schemas} = session.settings;
	const own = [...new Set([database, ...schemas])];
	const places = own.map(quoteText).join(', ');
	const rows = await session.run(
		`SELECT k.CONSTRAINT_SCHEMA AS \`schema\`, k.CONSTRAINT_NAME AS name, k.TABLE_NAME AS child,
			k.COLUMN_NAME AS own, k.REFERENCED_TABLE_SCHEMA AS parentSchema,
			k.REFERENCED_TABLE_NAME AS parent, k.REFERENCED_COLUMN_NAME AS referenced
		FROM information_schema.KEY_COLUMN_USAGE AS k
		WHERE k.TABLE_SCHEMA IN (${places}) AND k.REFERENCED_TABLE_NAME IS NOT NULL
		ORDER BY k.TABLE_SCHEMA, k.TABLE_NAME, k.CONSTRAINT_NAME, k.ORDINAL_POSITION`,
	);
	const keys = new Map<string, ForeignKey & {columns: {own: string; referenced: string}[]}>();
	for (const row of rows) {
		const text = (name: string) => row[name] ?? '';
		const spell = (schema: string, name: string) =>
			spellTableName({schema: text(schema) === database ? null : text(schema), name: text(name)});
		const id = JSON.stringify([text('schema'), text('child'), text('name')]);
		const key = keys.get(id) ?? {
			table: spell('schema', 'child'),
			referencedTable: spell('parentSchema', 'parent'),
			columns: [],
		};
		keys.set(id, key);
		key.columns.push({own: text('own'), referenced: text('referenced')});
	}
	return [...keys.values()];
}

async function findOrphans(session: MysqlSession, key: ForeignKey): Promise<Orphans[]> {
	const {table, referencedTable, columns} = key;
	const isSet = columns.map(({own}) => `c.${quoteName(own)} IS NOT NULL`).join(' AND ');
	const fits = columns
		.map(({own, referenced}) => `p.${quoteName(referenced)} = c.${quoteName(own)}`)
		.join(' AND ');
	const names = columns.map(({own}) => own);
	const primary = await readPrimaryKey(session, table);
	const others = primary.filter((name) => !names.includes(name));
	const example = others.length > 0 ? `MIN(${describeRow(primary)})` : "''";
	const rows = await session.run(
		`SELECT ${describeRow(names)} AS orphan, COUNT(*) AS copies, ${example} AS example
		FROM ${quoteTable(table)} AS c
		WHERE ${isSet} AND NOT EXISTS (SELECT 1 FROM ${quoteTable(referencedTable)} AS p WHERE ${fits})
		GROUP BY 1 ORDER BY 1 LIMIT ${mostReported}`,
	);
	return rows.map((row) => ({
		row: row['orphan'] ?? '',
		copies: Number(row['copies']),
		example: row['example'] ?? '',
	}));
}

async function readPrimaryKey(session: MysqlSession, table: string): Promise<string[]> {
	const rows = await session.run(`SHOW INDEX FROM ${quoteTable(table)} WHERE Key_name = 'PRIMARY'`);
	return rows.map((row) => row['Column_name'] ?? '').filter((name) => name !== '');
}

/** For people, e.g. `AlbumId 7`. */
function describeRow(names: readonly string[]): string {
	const parts = names.map(
		(name) => `${quoteText(`${name} `)}, CONVERT(c.${quoteName(name)} USING utf8mb4)`,
	);
	return `CONCAT(${parts.join(", ', ', ")})`;
}
