import assert from 'node:assert/strict';
import {test} from 'node:test';
import {HelpOverlay} from '../../../source/ui/components/help-overlay.tsx';
import {listBindings} from '../../../source/ui/components/list-keys.ts';
import {describeBindings, type HelpGroup, type KeyBinding} from '../../../source/ui/keymap.ts';
import {renderScreen} from '../render-screen.tsx';

const deciding: readonly KeyBinding<string>[] = [
	{keys: ['t'], name: 'theirs', description: "Take dev's version", command: 'theirs'},
	{
		keys: ['u', 'ctrl+z'],
		name: 'undo',
		description: 'Undo',
		command: 'undo',
		disabledReason: () => 'nothing was decided yet',
	},
];

const groups: readonly HelpGroup[] = [
	{title: 'Deciding', hints: describeBindings(deciding, undefined)},
	{title: 'Empty', hints: []},
	{title: 'List', hints: describeBindings(listBindings, undefined)},
];

test('the help shows every key of the tables, grouped, and why one can not act', () => {
	const screen = renderScreen(
		<HelpOverlay groups={groups} width={60} height={14} onClose={() => undefined} />,
	);
	assert.deepEqual(screen.lines(), [
		'Deciding',
		"      t  Take dev's version",
		'   u/^z  Undo — nothing was decided yet',
		'',
		'List',
		'    ↓/j  Next row',
		'    ↑/k  Previous row',
		'pgdn/^f  One screen down',
		'pgup/^b  One screen up',
		'     ^d  Half a screen down',
		'     ^u  Half a screen up',
		' home/g  First row',
		'  end/G  Last row',
		`${' '.repeat(41)}esc closes the help`,
	]);
});

test('a help that does not fit scrolls', async () => {
	const screen = renderScreen(
		<HelpOverlay groups={groups} width={60} height={6} onClose={() => undefined} />,
	);
	assert.equal(screen.lines().length, 6);
	assert.match(screen.frame(), /1-5\/13 {2}esc closes the help$/);
	screen.press('G');
	await screen.waitFor('9-13/13');
	assert.match(screen.frame(), /Last row/);
});

for (const key of ['escape', '?', 'q', 'return']) {
	test(`${key} closes the help`, async () => {
		let closed = 0;
		const screen = renderScreen(
			<HelpOverlay groups={groups} width={60} height={6} onClose={() => closed++} />,
		);
		screen.press(key);
		await screen.waitFor(() => closed === 1);
	});
}
