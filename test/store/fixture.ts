import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {TestContext} from 'node:test';
import type {Row} from '../../source/model/cell.ts';
import {digest, encodeRow} from '../../source/model/encoding.ts';
import type {Layout} from '../../source/model/layout.ts';
import {RunStore} from '../../source/store/run-store.ts';
import {packFound, type FoundPair} from '../../source/store/found-rows.ts';

/** A folder that is removed when the test ends. */
export function makeFolder(context: TestContext): string {
	const folder = mkdtempSync(path.join(tmpdir(), 'deepdiff-test-'));
	context.after(() => rmSync(folder, {recursive: true, force: true}));
	return folder;
}

export const identity = {
	id: 'test',
	createdAt: '2026-01-01T00:00:00.000Z',
	prod: 'prod.db',
	dev: 'dev.db',
	base: null,
	pair: 'pair',
};

/** Two columns: `id` is the key, `name` is compared too. */
export function makeLayout(table: string): Layout {
	const column = (name: string) => ({name, role: 'common', fill: null, tolerance: null}) as const;
	return {
		table,
		presentOn: 'both',
		columns: [column('id'), column('name')],
		comparedCount: 2,
		key: {kind: 'primary key', columns: ['id'], reason: ''},
		leftOut: [],
		where: null,
	};
}

export function makeRow(id: number, name: string): Row {
	return [
		{kind: 'integer', text: String(id)},
		{kind: 'text', text: name},
	];
}

export function makePair(id: number, prod: string | null, dev: string | null): FoundPair {
	const encode = (name: string | null) => (name === null ? null : encodeRow(makeRow(id, name)));
	const [ours, theirs] = [encode(prod), encode(dev)];
	const state = ours === null ? 'added' : theirs === null ? 'removed' : 'conflict';
	return {
		key: encodeRow([{kind: 'integer', text: String(id)}]),
		prod: ours,
		dev: theirs,
		prodDigest: ours && digest(ours),
		devDigest: theirs && digest(theirs),
		copies: 1,
		state,
		base: null,
	};
}

/** A store whose tables hold the given pairs, each in one lane. */
export function makeStore(
	context: TestContext,
	tables: Readonly<Record<string, readonly FoundPair[]>>,
): RunStore {
	const store = RunStore.create(path.join(makeFolder(context), 'test.run'), identity);
	context.after(() => store.close());
	store.scan.recordTables(
		Object.entries(tables).map(([name, pairs]) => ({
			name,
			layout: makeLayout(name),
			status: 'waiting',
			reason: '',
			prodTotal: pairs.length,
			devTotal: pairs.length,
		})),
	);
	Object.values(tables).forEach((pairs, index) => {
		store.scan.recordLanes(index + 1, [{keyed: true, after: null, upTo: null}]);
		const lane = store.scan.listLanes().find(({tableNumber}) => tableNumber === index + 1);
		if (!lane) throw new Error('The lane was not recorded');
		store.scan.recordSegment(lane, {
			cursor: null,
			done: true,
			counts: {prodRows: pairs.length, devRows: pairs.length},
			found: [packFound(pairs)],
			version: '1',
		});
	});
	return store;
}
