import assert from 'node:assert/strict';
import {test} from 'node:test';
import {describeEnd, type WalkEnd} from '../../../source/ui/walk/describe-end.ts';
import {bothOpen, makeTable, openedRun, walkThrough} from './walk-fixture.ts';

const end = (state: WalkEnd['state'], typed: WalkEnd['typed'] = []): WalkEnd => ({
	exitCode: 0,
	state,
	typed,
});

test('without a run nothing is said', () => {
	assert.equal(describeEnd(end(walkThrough(...bothOpen)), 'deepdiff-db'), '');
});

test('a run that is kept is told with the command that goes on with it', () => {
	const started = walkThrough(...openedRun());
	assert.equal(
		describeEnd(end(started), 'deepdiff-db'),
		[
			'Run 20261123-080000-ab12 kept (prod.db → dev.db: rows not compared yet).',
			'Continue with: deepdiff-db --run 20261123-080000-ab12',
			'',
		].join('\n'),
	);
	const partly = walkThrough(...openedRun({tables: [makeTable({name: 'artist', prodRows: 5})]}));
	assert.match(
		describeEnd(end(partly, ['dev']), "deepdiff-db --config x.yaml --dev 'old one.db'"),
		/partly compared\)\.\nContinue with: deepdiff-db --config x\.yaml --dev \/srv\/dev\.db --run 2026/,
	);
});

test('a path that a shell would take apart is quoted, and one with escapes can not drive the terminal', () => {
	const state = walkThrough(
		{type: 'sideNamed', side: 'prod', name: 'o\u001B[2J.db', address: "/srv/it's here.db"},
		...openedRun().slice(1),
	);
	const text = describeEnd(end(state, ['prod']), 'deepdiff-db');
	assert.match(text, /--prod '\/srv\/it'\\''s here\.db'/);
	assert.ok(!text.includes('\u001B'));
});
