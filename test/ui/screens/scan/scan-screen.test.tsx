import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ReactElement} from 'react';
import {ScanScreen, type ScanActions} from '../../../../source/ui/screens/scan/scan-screen.tsx';
import type {WalkEvent} from '../../../../source/ui/walk/walk-event.ts';
import type {WalkState} from '../../../../source/ui/walk/walk-state.ts';
import {renderScreen} from '../../render-screen.tsx';
import {makeLayout, makeTable, openedRun, walkThrough} from '../../walk/walk-fixture.ts';
import {recordCalls} from '../record-calls.ts';

const names = [
	'chooseTables',
	'startScan',
	'pauseScan',
	'skipTable',
	'stopScan',
	'retryScan',
	'scanAnew',
	'next',
	'back',
	'say',
] as const;

const record = () => recordCalls<ScanActions>(names);

const draw = (walk: WalkState, actions: ScanActions): ReactElement => (
	<ScanScreen walk={walk} actions={actions} columns={80} rows={18} isActive />
);

const tables = [
	makeTable({name: 'album', prodTotal: 347, devTotal: 1350}),
	makeTable({
		name: 'artist',
		layout: {
			...makeLayout('artist'),
			key: {
				kind: 'unique index',
				columns: ['name'],
				reason: 'it has no primary key; compared by unique name',
			},
			leftOut: [{column: 'updated', reason: 'ignored by the configuration'}],
		},
	}),
	makeTable({
		name: 'log',
		layout: null,
		status: 'not compared',
		reason: 'exists only on prod',
		prodTotal: null,
		devTotal: null,
	}),
];

const started: readonly WalkEvent[] = [
	...openedRun({tables}),
	{type: 'stepEntered', step: 'scan'},
	{type: 'scanStarted'},
	{
		type: 'scanProgressed',
		progress: {
			kind: 'progress',
			isPaused: false,
			trouble: null,
			rowsDone: 675,
			rowsTotal: 1460,
			rowsPerSecond: 12_345.6,
			secondsLeft: 12,
			differences: 1205,
			checkpointAge: 420,
			tables: [
				makeTable({
					name: 'album',
					status: 'scanning',
					prodTotal: 347,
					devTotal: 1350,
					prodRows: 300,
					devRows: 675,
					counts: {added: 3, removed: 2, conflict: 1200},
				}),
				...tables.slice(1),
			],
		},
	},
];

test('before the scan it says how each table will be compared', async () => {
	const {actions, calls} = record();
	const screen = renderScreen(draw(walkThrough(...openedRun({tables})), actions));
	await screen.waitFor('› ✓ album');
	screen.press('down');
	assert.equal(
		await screen.waitFor('› ✓ artist'),
		[
			'DeepDiff DB [Connect]› Structure › Scan › Differences › Conflicts › Plan › Apply',
			'',
			'All tables                 ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░   0 %',
			"2 tables of 2 ticked · 1 table can't be compared",
			'   table                           prod         dev  compared',
			'  ✓ album                          347       1,350  by primary key id',
			'› ✓ artist                         100         110  by unique name',
			'    log                                             exists only on prod',
			'',
			'',
			'',
			'',
			'',
			'',
			'',
			'',
			'                                                                             2/3',
			'artist: it has no primary key; compared by unique name. 2 columns compared. Not',
			'compared: updated (ignored by the configuration).',
			'Nothing is changed by comparing. enter starts; it can be stopped at any time.',
			'',
			'',
			'enter start  space tick  a all  n none  / search  tab next  esc back',
		].join('\n'),
	);
	screen.press('space', 'n', 'a', 'down', 'space', 'return');
	await screen.waitFor(() => calls.some(([name]) => name === 'startScan'));
	assert.deepEqual(calls, [
		['chooseTables', ['artist'], false],
		['chooseTables', ['album', 'artist', 'log'], false],
		['chooseTables', ['album', 'artist', 'log'], true],
		['say', {kind: 'warning', text: "log can't be compared: exists only on prod."}],
		['startScan'],
	]);
	screen.unmount();
});

test('while it runs it shows a bar a table, the speed, the time left, what was found', async () => {
	const {actions, calls} = record();
	const screen = renderScreen(draw(walkThrough(...started), actions));
	const frame = await screen.waitFor('rows/s');
	assert.deepEqual(frame.split('\n').slice(2, 8), [
		'All tables                 █████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░  46 %',
		'12,346 rows/s · 12 s left · 1,205 differences so far · saved 0.4 s ago',
		'  + dev only  - prod only  ! conflict',
		'› ✓ album                 ██████████░░░░░░░░░░  50 % +3 -2 !1,200',
		'  ✓ artist                ░░░░░░░░░░░░░░░░░░░░   0 % waiting',
		'    log                    exists only on prod',
	]);
	assert.match(frame, /p pause {2}s skip table {2}x stop and keep/);
	screen.press('p', 's', 'x');
	await screen.waitFor(() => calls.length === 3);
	screen.rerender(draw(walkThrough(...started, {type: 'scanPaused', isPaused: true}), actions));
	await screen.waitFor(/^paused · /m);
	screen.press('p');
	await screen.waitFor(() => calls.length === 4);
	assert.deepEqual(calls, [
		['pauseScan', true],
		['skipTable', 'album'],
		['stopScan'],
		['pauseScan', false],
	]);
	screen.unmount();
});

test('a failure says what happened, that nothing is lost, and how to go on', async () => {
	const {actions, calls} = record();
	const problem = {
		message: 'Table album of prod is no longer what it was when the run began.',
		hint: 'Compare anew.',
	};
	const failed = walkThrough(...started, {type: 'scanFailed', problem, remedy: 'anew'});
	const screen = renderScreen(draw(failed, actions));
	const frame = await screen.waitFor('no longer what it was');
	assert.match(
		frame.replaceAll('\n', ' '),
		/What was compared is kept; N compares anew in a new run\./,
	);
	screen.press('r', 'N', 'escape');
	await screen.waitFor(() => calls.length === 3);
	assert.deepEqual(calls, [['retryScan'], ['scanAnew'], ['back']]);
	screen.unmount();
});

test('when it is done it says so, and warns when a side was written to meanwhile', async () => {
	const {actions} = record();
	const screen = renderScreen(
		draw(
			walkThrough(...started, {
				type: 'scanEnded',
				isComplete: true,
				changedMeanwhile: true,
				notes: [],
				settled: 1,
				tables: tables.map((table) => ({...table, status: table.layout ? 'done' : table.status})),
			}),
			actions,
		),
	);
	const frame = await screen.waitFor('All ticked tables are compared.');
	assert.match(frame, /A database was written to while it was compared/);
	assert.match(frame, /1 row settled by the configuration/);
	assert.match(frame, /tab\/enter next {2}N anew/);
	screen.unmount();
});

test('more tables than rows scroll, and a search narrows them', async () => {
	const {actions, calls} = record();
	const many = Array.from({length: 60}, (_, index) =>
		makeTable({name: `table_${String(index).padStart(2, '0')}`}),
	);
	const screen = renderScreen(draw(walkThrough(...openedRun({tables: many})), actions));
	await screen.waitFor('table_00');
	screen.press('G');
	const end = await screen.waitFor('60/60');
	assert.match(end, /› ✓ table_59/);
	assert.doesNotMatch(end, /table_00/);
	screen.press('/');
	screen.type('_1');
	screen.press('return');
	await screen.waitFor('10/10');
	screen.press('n', 'escape');
	await screen.waitFor('/60');
	assert.deepEqual(calls, [['chooseTables', many.slice(10, 20).map(({name}) => name), false]]);
	screen.unmount();
});
