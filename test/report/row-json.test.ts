import assert from 'node:assert/strict';
import test from 'node:test';
import {changeToJson} from '../../source/report/row-json.ts';
import {layout, makeRow} from './fixture.ts';

test('a line tells both sides by column, what changed, and which kinds are not evident', () => {
	assert.deepEqual(changeToJson(makeRow(), layout), {
		table: 'item',
		key: {id: 7},
		state: 'conflict',
		prod: {id: 7, price: 1, data: {hex: '00ff'}},
		dev: {id: 7, price: '9007199254740993', data: null, note: 'NULL'},
		base: null,
		changed: ['price', 'data', 'note'],
		resolution: null,
		copies: 1,
		kinds: {prod: {price: 'real'}, dev: {price: 'integer'}},
	});
});

test('a default and a composed row both say what will happen', () => {
	const added = changeToJson(makeRow({state: 'added', prod: null, take: 'theirs'}), layout);
	assert.deepEqual(added['resolution'], {
		take: 'theirs',
		level: 'default',
		by: 'default',
		cells: null,
	});
	const composed = makeRow({
		take: 'manual',
		resolution: {
			take: 'manual',
			level: 'cell',
			by: 'person',
			cells: new Map([[1, {kind: 'real', text: '2'}]]),
		},
	});
	assert.deepEqual(changeToJson(composed, layout)['resolution'], {
		take: 'manual',
		level: 'cell',
		by: 'person',
		cells: {price: 2},
		kinds: {price: 'real'},
	});
});

test('without a key the whole row is the key', () => {
	const {prod} = makeRow();
	const row = makeRow({state: 'removed', key: prod ?? [], dev: null, copies: 3});
	const line = changeToJson(row, {...layout, key: {kind: 'rows', columns: [], reason: ''}});
	assert.deepEqual(line['key'], {id: 7, price: 1, data: {hex: '00ff'}});
	assert.equal(line['copies'], 3);
});
