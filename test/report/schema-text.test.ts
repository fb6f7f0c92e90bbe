import assert from 'node:assert/strict';
import test from 'node:test';
import type {SchemaChange} from '../../source/model/schema-change.ts';
import {
	countSchemaChanges,
	indentWithBlanks,
	listSchemaChanges,
} from '../../source/report/schema-text.ts';
import {printPlain} from './fixture.ts';

const alter: SchemaChange = {
	id: 'alter column artist.name',
	action: 'alter',
	object: 'column',
	table: 'artist',
	name: 'name',
	prod: 'name TEXT NOT NULL',
	dev: 'name TEXT',
	details: ['NOT NULL → NULL'],
	needs: null,
	hazards: [],
};
const drop: SchemaChange = {
	...alter,
	id: 'drop index artist_name',
	action: 'drop',
	object: 'index',
	name: 'artist_name',
	prod: 'CREATE INDEX artist_name\nON artist (name)',
	dev: null,
	details: [],
	needs: 'dropIndex',
};

test('changes are one a line with what must be allowed', () => {
	assert.equal(
		printPlain(listSchemaChanges([alter, drop], {definitions: false})),
		[
			'  ~ column artist.name: NOT NULL → NULL',
			'  - index artist_name on artist  (needs --allow dropIndex)',
		].join('\n'),
	);
});

test('definitions of several lines stay readable below their change', () => {
	assert.equal(
		printPlain(listSchemaChanges([drop], {definitions: true}))
			.split('\n')
			.slice(1)
			.join('\n'),
		['      - CREATE INDEX artist_name', '      - ON artist (name)'].join('\n'),
	);
});

test('what may be a rename is told with the definitions', () => {
	const hazards = [{kind: 'mayBeRename', message: 'Dev has b just like it.'}] as const;
	const lines = listSchemaChanges([{...drop, hazards}], {definitions: true});
	assert.match(printPlain(lines), /\n {6}! Dev has b just like it\.$/);
});

test('the indent of SQL stays an indent, also where it is commented out', () => {
	assert.deepEqual(['\t\ta', '-- \ta', '-- a\tb', 'a\tb'].map(indentWithBlanks), [
		'    a',
		'--   a',
		'-- a\tb',
		'a\tb',
	]);
});

test('changes are counted by what they are', () => {
	assert.equal(countSchemaChanges([alter, drop]), '2 changes: ~ 1 different, - 1 only on prod');
	assert.equal(countSchemaChanges([alter]), '1 change: ~ 1 different');
});
