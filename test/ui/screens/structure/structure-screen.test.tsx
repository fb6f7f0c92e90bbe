import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ReactElement} from 'react';
import type {Statement} from '../../../../source/model/plan.ts';
import type {SchemaChoice} from '../../../../source/store/schema-choices.ts';
import {
	StructureScreen,
	type StructureActions,
} from '../../../../source/ui/screens/structure/structure-screen.tsx';
import {renderScreen} from '../../render-screen.tsx';
import {makeChoice} from '../../walk/walk-fixture.ts';
import {recordCalls} from '../record-calls.ts';

const names = ['chooseChanges', 'allowChange', 'previewChange', 'next', 'back', 'say'] as const;

const statement: Statement = {
	phase: 'alter',
	kind: 'ddl',
	table: 'artist',
	summary: 'drop artist.legacy',
	sql: "ALTER TABLE artist\nDROP COLUMN legacy -- 'gone'",
	undo: null,
	expects: null,
	needs: 'dropColumn',
	hazards: [],
	row: null,
};

const choices: readonly SchemaChoice[] = [
	makeChoice({id: 'alter column artist.name'}),
	makeChoice({
		id: 'drop column artist.legacy',
		action: 'drop',
		name: 'legacy',
		prod: 'legacy BLOB',
		dev: null,
		details: [],
		needs: 'dropColumn',
		hazards: [{kind: 'dropsData', message: 'All values in legacy are lost.'}],
	}),
	makeChoice({
		id: 'create table tag',
		action: 'create',
		object: 'table',
		table: 'tag',
		name: 'tag',
		prod: null,
		dev: 'CREATE TABLE tag (\n\tid INTEGER PRIMARY KEY\n)',
		details: [],
	}),
];

const record = () => recordCalls<StructureActions>(names, {previewChange: () => [statement]});
const asked = (calls: readonly (readonly unknown[])[]) =>
	calls.filter(([name]) => name !== 'previewChange');

const draw = (
	actions: StructureActions,
	changes = choices,
	allowed: readonly 'dropColumn'[] = [],
): ReactElement => (
	<StructureScreen
		walk={{changes, allowed: new Set(allowed)}}
		actions={actions}
		columns={80}
		rows={18}
		isActive
	/>
);

test('it lists the changes by table, and the one under the cursor at a glance', async () => {
	const {actions} = record();
	const screen = renderScreen(draw(actions));
	await screen.waitFor('›   ✓ ~ column');
	screen.press('down');
	assert.equal(
		await screen.waitFor('- column artist.legacy'),
		[
			'DeepDiff DB [Connect]› Structure › Scan › Differences › Conflicts › Plan › Apply',
			'',
			'  artist                                                           2 of 2 ticked',
			'    ✓ ~ column      name  NOT NULL → NULL',
			'›   ✓ - column      legacy                                    locked: dropColumn',
			'  tag                                                              1 of 1 ticked',
			'    ✓ + table       tag',
			'',
			'',
			'',
			'',
			'3 changes: +1 ~1 -1 · 3 ticked, 1 of them locked                             3/5',
			'- column artist.legacy  only on prod',
			'  prod now                             │  dev',
			'- legacy BLOB                          │',
			'',
			'',
			'-- can not be undone:',
			'ALTER TABLE artist  … 1 more line: enter, then s',
			'Locked: it is planned commented out until o allows dropColumn.',
			'',
			'',
			'space tick  enter look  o allow  a all  n none  / search  tab next  esc back',
		].join('\n'),
	);
	screen.unmount();
});

test('space takes a change over or leaves it out, on a table all of its changes', async () => {
	const {actions, calls} = record();
	const screen = renderScreen(draw(actions));
	await screen.waitFor('›   ✓ ~ column');
	screen.press('up', 'space', 'down', 'space', 'n', 'a', 'down', 'o', 'tab', 'escape');
	await screen.waitFor(() => calls.some(([name]) => name === 'back'));
	assert.deepEqual(asked(calls), [
		['chooseChanges', ['alter column artist.name', 'drop column artist.legacy'], false],
		['chooseChanges', ['alter column artist.name'], false],
		['chooseChanges', choices.map(({change}) => change.id), false],
		['chooseChanges', choices.map(({change}) => change.id), true],
		['allowChange', 'drop column artist.legacy', true],
		['next'],
		['back'],
	]);
	screen.unmount();
});

test('a gate that needs no opening says so', async () => {
	const {actions, calls} = record();
	const screen = renderScreen(draw(actions, choices, ['dropColumn']));
	await screen.waitFor('dropColumn allowed');
	screen.press('o', 'down', 'o');
	await screen.waitFor(() => asked(calls).length === 2);
	assert.deepEqual(
		asked(calls).map(([, message]) => message),
		[
			{kind: 'warning', text: 'This destroys nothing: it needs no permission.'},
			{kind: 'warning', text: 'Changes of this kind are allowed already.'},
		],
	);
	screen.unmount();
});

test('one change shows both definitions, all warnings and the whole SQL', async () => {
	const {actions} = record();
	const screen = renderScreen(draw(actions));
	await screen.waitFor('›   ✓ ~ column');
	screen.press('down', 'return');
	const definitions = await screen.waitFor('s/enter SQL');
	assert.match(
		definitions,
		/✓ ticked: prod gets dev’s {2}locked: dropColumn\nLocked: .*\nAll values in legacy are lost\./,
	);
	assert.match(definitions, /- legacy BLOB +│/);
	screen.press('s', '/');
	screen.type('legacy');
	screen.press('return');
	const sql = await screen.waitFor(/›DROP COLUMN \[legacy\] -- 'gone';/);
	assert.match(sql, /-- can not be undone:/);
	screen.press('escape');
	await screen.waitFor('›   ✓ - column');
	screen.unmount();
});

test('a search narrows the list while one types, and only what is listed is ticked', async () => {
	const {actions, calls} = record();
	const screen = renderScreen(draw(actions));
	await screen.waitFor('›   ✓ ~ column');
	screen.press('/');
	screen.type('TAG');
	const narrowed = await screen.waitFor('1 listed');
	assert.doesNotMatch(narrowed, /column/);
	screen.press('return', 'n', 'escape');
	await screen.waitFor((frame) => frame.includes('column') && asked(calls).length === 1);
	assert.deepEqual(asked(calls), [['chooseChanges', ['create table tag'], false]]);
	screen.unmount();
});

test('equal structures say so and lead on', async () => {
	const {actions, calls} = record();
	const screen = renderScreen(draw(actions, []));
	await screen.waitFor(
		'The structures are equal: there is nothing to choose. tab goes on to Scan.',
	);
	screen.press('space', 'tab');
	await screen.waitFor(() => calls.length === 2);
	assert.deepEqual(calls, [['say', {kind: 'warning', text: 'There is nothing listed.'}], ['next']]);
	screen.unmount();
});

test('definitions too long to stand beside each other are stacked where they differ', async () => {
	const {actions} = record();
	const long = (kinds: string) =>
		`CHECK (length(description) BETWEEN 1 AND 2000 AND coalesce(kind, 'none') IN (${kinds}))`;
	const change = makeChoice({
		id: 'alter check kind',
		object: 'check',
		name: 'kind',
		prod: long("'a'"),
		dev: long("'a', 'b'"),
		details: ['expression'],
	});
	const screen = renderScreen(draw(actions, [change]));
	const frame = await screen.waitFor('prod now');
	assert.match(frame, /- prod now {2}\+ dev\n- ….*IN \('a'\)\)\n\+ ….*IN \('a'\[, 'b'\]\)\)/);
	screen.unmount();
});
