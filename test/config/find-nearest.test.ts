import assert from 'node:assert/strict';
import {test} from 'node:test';
import {findNearest} from '../../source/config/find-nearest.ts';

const known = ['tables', 'columns', 'dropTable', 'dropTrigger', 'deleteRows', 'prod', 'dev'];

test('a misspelt word finds the one that was meant', () => {
	const cases: [string, string][] = [
		['tabels', 'tables'],
		['table', 'tables'],
		['colums', 'columns'],
		['drop_table', 'dropTable'],
		['DROPTABLE', 'dropTable'],
		['deleteRow', 'deleteRows'],
		['prdo', 'prod'],
		['de', 'dev'],
	];
	for (const [word, meant] of cases) assert.equal(findNearest(word, known), meant);
});

test('a word that resembles nothing finds nothing', () => {
	for (const word of ['zebra', 'x', 'password', ''])
		assert.equal(findNearest(word, known), undefined);
	assert.equal(findNearest('tables', []), undefined);
});
