import assert from 'node:assert/strict';
import test from 'node:test';
import {explainError} from '../../source/commands/explain-error.ts';
import * as errors from '../../source/model/errors.ts';
import {printPlain} from '../report/fixture.ts';

test('a mistake of the person gets a sentence and a hint, no stack', () => {
	const {lines, exitCode} = explainError(
		new errors.ConfigurationError('No prod.', {hint: 'Give --prod.', cause: new Error('inner')}),
	);
	assert.equal(printPlain(lines), 'error: No prod.\nGive --prod.');
	assert.equal(exitCode, 78);
});

test('several mistakes stand on a line each', () => {
	const {lines} = explainError(new errors.ConfigurationError('2 mistakes:\n  - one\n  - two'));
	assert.equal(printPlain(lines), 'error: 2 mistakes:\n  - one\n  - two');
});

test('every class of error has its exit code', () => {
	const codes = [
		errors.DeepDiffError,
		errors.UsageError,
		errors.ConfigurationError,
		errors.ConnectionError,
		errors.LockedError,
		errors.StoreError,
		errors.UnresolvedError,
		errors.PackError,
		errors.TargetChangedError,
		errors.ApplyError,
		errors.InterruptedError,
	].map((kind) => explainError(new kind('x')).exitCode);
	assert.deepEqual(codes, [2, 64, 78, 2, 2, 2, 3, 2, 4, 2, 130]);
});

test('an interruption is no error', () => {
	assert.equal(
		printPlain(explainError(new errors.InterruptedError('Interrupted.')).lines),
		'Interrupted.',
	);
});

test('a bug of ours keeps its stack and its causes and asks for a report', () => {
	const bug = new TypeError('boom', {cause: new RangeError('deep')});
	const {lines, exitCode} = explainError(bug);
	const text = printPlain(lines);
	assert.equal(exitCode, 2);
	assert.match(text, /this is a bug/);
	assert.match(text, /TypeError: boom\n +at /);
	assert.match(text, /caused by: RangeError: deep/);
	assert.match(text, /Please report it/);
});

test('something that is no error at all is told too', () => {
	assert.match(printPlain(explainError('just text').lines), /just text/);
});
