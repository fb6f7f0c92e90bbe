import assert from 'node:assert/strict';
import test from 'node:test';
import type {ForeignKey, Table} from '../../../source/model/catalog.ts';
import {orderTables} from '../../../source/engine/plan/order-tables.ts';

function makeTable(name: string, ...parents: string[]): Table {
	const foreignKeys = parents.map((referencedTable): ForeignKey => ({
		name: null,
		columns: ['parent'],
		referencedTable,
		referencedColumns: [],
		onUpdate: 'NO ACTION',
		onDelete: 'NO ACTION',
		match: 'NONE',
		deferral: 'not deferrable',
	}));
	const nothing = {columns: [], uniques: [], checks: [], indexes: [], options: []};
	return {name, definition: '', primaryKey: null, foreignKeys, ...nothing};
}

const order = (...tables: Table[]) =>
	orderTables(tables, (name) => name.toLowerCase()).map(({name}) => name);

test('parents come before children, and names decide where nothing else does', () => {
	assert.deepEqual(
		order(
			makeTable('track', 'album', 'genre'),
			makeTable('genre'),
			makeTable('album', 'Artist'),
			makeTable('artist'),
		),
		['artist', 'album', 'genre', 'track'],
	);
});

test('a cycle and a table that refers to itself have one fixed order', () => {
	const tables = [makeTable('b', 'a'), makeTable('a', 'b', 'a'), makeTable('c', 'b')];
	assert.deepEqual(order(...tables), ['b', 'a', 'c']);
	assert.deepEqual(order(...tables.toReversed()), ['b', 'a', 'c']);
});

test('a very long chain of tables is ordered', () => {
	const tables = Array.from({length: 20_000}, (_, index) =>
		makeTable(`t${index}`, `t${index + 1}`),
	);
	assert.equal(order(...tables)[0], 't19999');
});
