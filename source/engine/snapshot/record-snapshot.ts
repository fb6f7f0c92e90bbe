import type {Config} from '../../config/config.ts';
import type {SideReader} from '../../dialects/side-reader.ts';
import {loadDialect} from '../../dialects/registry.ts';
import {InterruptedError} from '../../model/errors.ts';
import type {Layout} from '../../model/layout.ts';
import {SnapshotWriter, type SnapshotRow} from '../../store/snapshot-file.ts';
import {chooseLayouts, type TableChoice} from '../choose-layouts.ts';
import type {OpenSide} from '../session.ts';

/** How far recording is. */
export type SnapshotProgress = {
	readonly table: string;
	readonly tablesDone: number;
	readonly tables: number;
	readonly rows: number;
};

export type SnapshotResult = {
	readonly tables: number;
	readonly rows: number;
	/** What has no place in a base, with the reason: rows without a key have no ancestor. */
	readonly leftOut: readonly {readonly table: string; readonly reason: string}[];
};

const batchRows = 1000;

/**
Records a database as a base: every row that a key identifies, as it is in one consistent
state. Memory does not grow with the tables; the file appears when it is complete.

@throws {ConnectionError | StoreError} Nothing is left behind.
@throws {InterruptedError} On abort; nothing is left behind.
*/
export async function* recordSnapshot(
	{settings, name, facts, catalog}: OpenSide,
	config: Config,
	{
		file,
		takenAt,
		signal,
	}: {readonly file: string; readonly takenAt: string; readonly signal: AbortSignal},
): AsyncGenerator<SnapshotProgress, SnapshotResult> {
	const dialect = await loadDialect(settings);
	const choices = chooseLayouts(catalog, catalog, config, dialect);
	const recorded = choices.flatMap(({layout}) => (hasKey(layout) ? [layout] : []));
	const reader = await dialect.openSide(settings, {snapshot: null, signal});
	const origin = {name, server: facts.server, identity: facts.identity, takenAt, catalog};
	const writer = new SnapshotWriter(file, origin);
	let [rows, isDone] = [0, false];
	try {
		for (const [tablesDone, layout] of recorded.entries()) {
			const progress = () => ({table: layout.table, tablesDone, tables: recorded.length, rows});
			yield progress();
			writer.beginTable(layout);
			for await (const batch of readBatches(reader, layout)) {
				if (signal.aborted) throw new InterruptedError('Stopped: no snapshot was written.');
				writer.addRows(batch);
				rows += batch.length;
				yield progress();
			}
		}
		writer.finish();
		isDone = true;
	} finally {
		if (!isDone) writer.discard();
		await reader.close();
	}
	return {tables: recorded.length, rows, leftOut: listLeftOut(choices)};
}

function hasKey(layout: Layout | null): layout is Layout {
	return layout !== null && layout.key.kind !== 'rows';
}

function listLeftOut(choices: readonly TableChoice[]): SnapshotResult['leftOut'] {
	return choices
		.filter(({layout}) => !hasKey(layout))
		.map(({name, layout, reason}) => ({
			table: name,
			reason: layout ? 'no key identifies its rows' : reason,
		}));
}

async function* readBatches(reader: SideReader, layout: Layout): AsyncGenerator<SnapshotRow[]> {
	const segment = {after: null, upTo: null};
	for await (const chunk of reader.readLines({layout, segment})) {
		let batch: SnapshotRow[] = [];
		for (let from = 0, end; (end = chunk.indexOf(0x0a, from)) >= 0; from = end + 1) {
			const {key, fields} = reader.decodeLine(layout, chunk.subarray(from, end));
			batch.push({key, row: fields.join('')});
			if (batch.length < batchRows) continue;
			yield batch;
			batch = [];
		}
		if (batch.length > 0) yield batch;
	}
}
