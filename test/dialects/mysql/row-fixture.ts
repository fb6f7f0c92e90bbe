import assert from 'node:assert/strict';
import {test, type TestContext} from 'node:test';
import {FieldWriter} from '../../../source/model/field-writer.ts';
import type {Layout, LayoutColumn} from '../../../source/model/layout.ts';
import {MysqlSideReader} from '../../../source/dialects/mysql/side-reader.ts';
import type {SideReader, SideRow, Slice} from '../../../source/dialects/side-reader.ts';
import type {Database} from '../../servers/server.ts';
import {servers} from '../../servers/servers.ts';

export type ServerName = 'mariadb' | 'mysql';

/** One test on each server, with a database of its own. */
export function testOnEach(
	title: string,
	run: (database: Database, name: ServerName, context: TestContext) => Promise<void>,
): void {
	for (const name of ['mariadb', 'mysql'] as const) {
		test(`${title} (${name === 'mysql' ? 'MySQL' : 'MariaDB'})`, async (context) => {
			const server = await servers[name]();
			await run(await server.createDatabase(context), name, context);
		});
	}
}

export const whole = {after: null, upTo: null} as const;

type LayoutOptions = {
	readonly key?: readonly string[];
	readonly where?: string;
	readonly paging?: 'buckets';
	readonly as?: Readonly<Record<string, NonNullable<LayoutColumn['as']>>>;
};

/** A layout of one side's own columns; without a key column it has no key. */
export function layOut(
	table: string,
	columns: readonly string[],
	{key = columns.slice(0, 1), where, paging, as = {}}: LayoutOptions = {},
): Layout {
	return {
		table,
		presentOn: 'both',
		columns: columns.map((name) => {
			const kind = as[name];
			return {
				...{name, role: 'common', fill: null, tolerance: null},
				...(kind !== undefined && {as: kind}),
			};
		}),
		comparedCount: columns.length,
		key: {
			kind: key.length > 0 ? 'primary key' : 'rows',
			columns: key,
			reason: '',
			...(paging && {paging}),
		},
		leftOut: [],
		where: where ?? null,
	};
}

export async function openReader(
	context: TestContext,
	{settings}: Pick<Database, 'settings'>,
): Promise<MysqlSideReader> {
	const reader = await MysqlSideReader.open(settings, {});
	context.after(() => reader.close());
	return reader;
}

/** All rows of a slice, as they come. */
export async function readRows(reader: SideReader, slice: Slice): Promise<SideRow[]> {
	return decodeLines(reader, slice.layout, reader.readLines(slice));
}

/** What the quick way makes of a line. */
function readBytes(reader: SideReader, layout: Layout, line: Buffer): string[] {
	const row = {fields: new FieldWriter(8), starts: [] as number[]};
	reader.writeLine?.(layout, line, row);
	return layout.columns.map((_, index) =>
		row.fields.bytes.toString('utf8', row.starts[index], row.starts[index + 1]),
	);
}

export async function decodeLines(
	reader: SideReader,
	layout: Layout,
	chunks: AsyncIterable<Buffer>,
): Promise<SideRow[]> {
	const rows: SideRow[] = [];
	for await (const chunk of chunks) {
		for (const line of splitLines(chunk)) {
			const row = reader.decodeLine(layout, line);
			assert.deepEqual(readBytes(reader, layout, line), row.fields);
			rows.push(row);
		}
	}
	return rows;
}

export function splitLines(chunk: Buffer): Buffer[] {
	const lines: Buffer[] = [];
	let from = 0;
	for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
		lines.push(chunk.subarray(from, end));
		from = end + 1;
	}
	if (from !== chunk.length) throw new Error('A chunk ends in the middle of a line');
	return lines;
}
