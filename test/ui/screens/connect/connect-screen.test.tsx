import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ReactElement} from 'react';
import {
	ConnectScreen,
	type ConnectActions,
} from '../../../../source/ui/screens/connect/connect-screen.tsx';
import type {Problem} from '../../../../source/ui/screens/screen-props.ts';
import type {WalkEvent} from '../../../../source/ui/walk/walk-event.ts';
import type {WalkState} from '../../../../source/ui/walk/walk-state.ts';
import {renderScreen} from '../../render-screen.tsx';
import {
	bothOpen,
	makeFacts,
	makeOffer,
	openedRun,
	problem,
	walkThrough,
} from '../../walk/walk-fixture.ts';
import {recordCalls} from '../record-calls.ts';

const names = [
	'nameSide',
	'retrySide',
	'continueRun',
	'startRun',
	'putRunAway',
	'goTo',
	'next',
	'say',
] as const;

const record = (refusal: Problem | null = null) =>
	recordCalls<ConnectActions>(names, {nameSide: () => refusal});

const draw = (walk: WalkState, actions: ConnectActions): ReactElement => (
	<ConnectScreen walk={walk} actions={actions} columns={80} rows={18} isActive />
);

const offered: WalkEvent = {
	type: 'runsFound',
	offers: [makeOffer(), makeOffer({id: '20261120-080000-cd34', stage: 'scanning', rowsDone: 45})],
	at: Date.parse('2026-11-23T08:12:30.000Z'),
};

test('it shows both databases, what they are, and the runs that can be continued', async () => {
	const {actions} = record();
	const screen = renderScreen(draw(walkThrough(...bothOpen, offered), actions));
	assert.equal(
		await screen.waitFor('Start anew'),
		[
			'DeepDiff DB [Connect]› Structure › Scan › Differences › Conflicts › Plan › Apply',
			'',
			'  prod  the database that will be changed',
			'        /srv/prod.db',
			'        ✓ SQLite 3.53.2 · 14 tables · 52,310 rows · 12 MB · writable',
			'',
			'  dev   the database whose changes are taken over',
			'        /srv/dev.db',
			'        ✓ SQLite 3.53.2 · 15 tables · 1,204 rows so far · 12 MB · read-only',
			'',
			'  base  none (optional): then every row that both hold and differs is a conflict',
			'',
			'  Unfinished runs of this pair',
			'› Continue run 20261123-080000-ab12  begun 12 min ago',
			'    all rows compared: 120 differences, 12 of 40 conflicts settled',
			'  Continue run 20261120-080000-cd34  begun 12 min ago',
			'    45 % of the rows compared, 120 differences so far',
			'  Start anew  reads both, changes nothing',
			'',
			'',
			'',
			'',
			'enter choose  e edit  r retry  tab next',
		].join('\n'),
	);
	screen.unmount();
});

test('the cursor stands on what is to do next, and enter does it', async () => {
	const {actions, calls} = record();
	const screen = renderScreen(draw(walkThrough(), actions));
	await screen.waitFor('› prod');
	screen.rerender(draw(walkThrough(...bothOpen), actions));
	await screen.waitFor('› Start a run');
	screen.press('return');
	screen.rerender(draw(walkThrough(...bothOpen, offered), actions));
	await screen.waitFor('› Continue run 20261123-080000-ab12');
	screen.press('down', 'return', 'down', 'tab');
	await screen.waitFor(() => calls.length === 3);
	assert.deepEqual(calls, [['startRun'], ['continueRun', '20261120-080000-cd34'], ['startRun']]);
	screen.unmount();
});

test('a database that can not be opened says why, and is corrected right there', async () => {
	const {actions, calls} = record();
	const failed = walkThrough(...bothOpen, {type: 'sideFailed', side: 'prod', problem});
	const screen = renderScreen(draw(failed, actions));
	const frame = await screen.waitFor('› prod');
	assert.match(frame, /There is no file shop\.db\.\n {8}Check the path\.\n {8}e corrects it here/);
	screen.press('r', 'e');
	await screen.waitFor('› /srv/prod.db▏');
	screen.press('ctrl+u');
	screen.type('./other.db');
	await screen.waitFor('› ./other.db▏');
	screen.press('return');
	await screen.waitFor((text) => !text.includes('▏'));
	assert.deepEqual(calls, [
		['retrySide', 'prod'],
		['nameSide', 'prod', './other.db'],
	]);
	screen.unmount();
});

test('what can not be understood stays in the field with the reason', async () => {
	const refusal = {
		message: 'dev names an unknown kind of database.',
		hint: 'Did you mean "mysql"?',
	};
	const {actions, calls} = record(refusal);
	const screen = renderScreen(draw(walkThrough(...bothOpen.slice(0, 1)), actions));
	await screen.waitFor('› dev');
	screen.press('return');
	screen.type('mysq://x');
	screen.press('return');
	await screen.waitFor(
		/› mysq:\/\/x▏\n {8}dev names an unknown kind of database\.\n {8}Did you mean/,
	);
	screen.press('escape');
	await screen.waitFor((text) => !text.includes('▏'));
	assert.deepEqual(calls, [['nameSide', 'dev', 'mysq://x']]);
	screen.unmount();
});

test('a run that was refused says why beside the other choices', async () => {
	const {actions} = record();
	const walk = walkThrough(
		...bothOpen,
		offered,
		{type: 'runOpening'},
		{
			type: 'runRefused',
			problem: {
				message:
					"Run 20261123-080000-ab12 can't be taken up: the structure of a database has changed since.",
				hint: 'Compare anew with `deepdiff-db diff --fresh`.',
			},
		},
	);
	const screen = renderScreen(draw(walk, actions));
	// The cursor stays in sight although there are more rows than fit.
	const frame = await screen.waitFor('Compare anew with');
	assert.match(frame, /has changed since\./);
	assert.match(frame, /› Continue run 20261123-080000-ab12/);
	screen.unmount();
});

test('with a run that is open it goes on, or puts the run away', async () => {
	const {actions, calls} = record();
	const screen = renderScreen(draw(walkThrough(...openedRun()), actions));
	await screen.waitFor('› Go on with it  run 20261123-080000-ab12');
	screen.press('return', 'down', 'return');
	await screen.waitFor(() => calls.length === 2);
	assert.deepEqual(calls, [['next'], ['putRunAway']]);
	screen.unmount();
});

test('what a database says of itself can not drive the terminal', async () => {
	const {actions} = record();
	const walk = walkThrough(
		...bothOpen.slice(0, 2),
		{type: 'sideOpened', side: 'prod', facts: makeFacts({notes: ['evil \u001B[2J note']})},
		{type: 'sideFailed', side: 'dev', problem: {message: 'bad \u0007 name', hint: ''}},
	);
	const screen = renderScreen(draw(walk, actions));
	const frame = await screen.waitFor('evil');
	// eslint-disable-next-line no-control-regex
	assert.doesNotMatch(frame, /[\u0000-\u0009\u000B-\u001F]/);
	screen.unmount();
});
