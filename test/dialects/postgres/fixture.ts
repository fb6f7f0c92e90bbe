import assert from 'node:assert/strict';
import type {TestContext} from 'node:test';
import {PostgresSideReader} from '../../../source/dialects/postgres/side-reader.ts';
import type {SideReader, SideRow} from '../../../source/dialects/side-reader.ts';
import type {ServerSettings} from '../../../source/model/connection-settings.ts';
import {FieldWriter} from '../../../source/model/field-writer.ts';
import type {KeyChoice, Layout, LayoutColumn} from '../../../source/model/layout.ts';
import type {Segment} from '../../../source/model/segment.ts';
import {servers} from '../../servers/servers.ts';

/** The servers that everything must hold on. */
export const versions = [
	{name: 'PostgreSQL', get: () => servers.postgres()},
	{name: 'PostgreSQL 18', get: () => servers.postgres({version: 18})},
] as const;

export const everything: Segment = {after: null, upTo: null};

type LayoutOptions = Partial<Omit<Layout, 'table' | 'columns' | 'key'>> & {
	readonly key?: readonly string[];
	readonly kind?: KeyChoice['kind'];
	readonly paging?: 'buckets';
	readonly columns?: Readonly<Record<string, Partial<LayoutColumn>>>;
};

/** A layout of common columns; keyed by the first one where nothing else is said. */
export function makeLayout(
	table: string,
	names: readonly string[],
	{
		key = names.slice(0, 1),
		kind = 'primary key',
		paging,
		columns = {},
		...rest
	}: LayoutOptions = {},
): Layout {
	return {
		table,
		presentOn: 'both',
		columns: names.map((name) => ({
			name,
			role: 'common',
			fill: null,
			tolerance: null,
			...columns[name],
		})),
		comparedCount: names.length,
		key: {kind, columns: key, reason: '', ...(paging && {paging})},
		leftOut: [],
		where: null,
		...rest,
	};
}

export async function openReader(
	context: TestContext,
	settings: ServerSettings,
	options: Partial<Parameters<typeof PostgresSideReader.open>[1]> = {},
): Promise<SideReader> {
	const reader = await PostgresSideReader.open(settings, {snapshot: null, ...options});
	context.after(() => reader.close());
	return reader;
}

/** Reads a segment's lines and decodes them. */
export async function readRows(
	reader: SideReader,
	layout: Layout,
	segment: Segment = everything,
): Promise<SideRow[]> {
	return decode(reader, layout, reader.readLines({layout, segment}));
}

export async function decode(
	reader: SideReader,
	layout: Layout,
	chunks: AsyncGenerator<Buffer>,
): Promise<SideRow[]> {
	const rows: SideRow[] = [];
	for await (const chunk of chunks) {
		let from = 0;
		for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
			const line = chunk.subarray(from, end);
			const row = reader.decodeLine(layout, line);
			assert.deepEqual(readBytes(reader, layout, line), row.fields);
			rows.push(row);
			from = end + 1;
		}
		if (from !== chunk.length) throw new Error('A chunk ends in the middle of a line.');
	}
	return rows;
}

/** What the quick way makes of a line. */
function readBytes(reader: SideReader, layout: Layout, line: Buffer): string[] {
	const row = {fields: new FieldWriter(8), starts: [] as number[]};
	reader.writeLine?.(layout, line, row);
	return layout.columns.map((_, index) =>
		row.fields.bytes.toString('utf8', row.starts[index], row.starts[index + 1]),
	);
}

export async function collect<Item>(batches: AsyncGenerator<Item[]>): Promise<Item[]> {
	const items: Item[] = [];
	for await (const batch of batches) items.push(...batch);
	return items;
}
