import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import test from 'node:test';
import {quote, suggest} from '../../source/commands/suggest.ts';
import {noFlags} from './fixture.ts';

test('a suggested command repeats how the databases were named', () => {
	const flags = {...noFlags, prod: './my prod.db', dev: 'sqlite:./d.db', output: 'o', run: 'x'};
	assert.equal(
		suggest({flags}, 'rows'),
		"deepdiff-db rows --prod './my prod.db' --dev sqlite:./d.db --output o",
	);
});

test('a shell takes a quoted word as it was', () => {
	for (const word of ["it's", 'a b', '$HOME', '`x`', '"', '', 'a\nb', '*']) {
		assert.equal(execFileSync('sh', ['-c', `printf %s ${quote(word)}`], {encoding: 'utf8'}), word);
	}
});
