import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readDatabase} from '../fixture.ts';
import {everyKind} from '../every-kind.ts';
import {planMigration} from './migration.ts';

test('two databases that were made alike do not differ in anything', async (context) => {
	const {changes, prod} = await planMigration(context, everyKind, everyKind);
	assert.deepEqual(changes, []);
	const {objects, notCompared} = await readDatabase(prod);
	assert.deepEqual(
		objects.map(({kind, name}) => `${kind} ${name}`),
		['event ev', 'function fn', 'procedure pr', 'sequence sq'],
	);
	assert.deepEqual(notCompared, []);
});

test('an empty database gets one of everything, and loses it again', async (context) => {
	const {applyAndUndo} = await planMigration(context, '', everyKind);
	await applyAndUndo();
});

test('a database loses one of everything', async (context) => {
	const {apply, prod, statements} = await planMigration(context, everyKind, '');
	await apply();
	const {tables, views, triggers, objects} = await readDatabase(prod);
	assert.deepEqual([...tables, ...views, ...triggers, ...objects], []);
	const needed = new Set(statements.map(({needs}) => needs));
	assert.deepEqual([...needed].sort(), [
		'dropEvent',
		'dropRoutine',
		'dropSequence',
		'dropTable',
		'dropView',
		null,
	]);
});
