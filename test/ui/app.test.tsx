import assert from 'node:assert/strict';
import {test, type TestContext} from 'node:test';
import {App} from '../../source/ui/app.tsx';
import {appBindings} from '../../source/ui/app-keys.ts';
import {findClashes} from '../../source/ui/keymap.ts';
import {steps} from '../../source/ui/components/steps.ts';
import {listBindings} from '../../source/ui/components/list-keys.ts';
import {connectBindings} from '../../source/ui/screens/connect/connect-keys.ts';
import {listBindingsFor} from '../../source/ui/screens/scan/scan-keys.ts';
import {
	definitionBindings,
	moveBindings,
	sideBindings,
	sqlBindings,
	structureBindings,
	textBindings,
} from '../../source/ui/screens/structure/structure-keys.ts';
import {renderScreen, type RenderedScreen} from './render-screen.tsx';
import {makePair, startRun, type FollowedWalk} from './walk/real-walk.ts';

async function open(context: TestContext): Promise<FollowedWalk & {screen: RenderedScreen}> {
	const walk = await startRun(context, makePair(context));
	const screen = renderScreen(<App controller={walk.controller} onRepaint={() => undefined} />);
	context.after(() => screen.unmount());
	await screen.waitFor('[Structure]');
	return {...walk, screen};
}

test('the header names the step, both databases and the run', async (context) => {
	const {controller, screen} = await open(context);
	const {run} = controller.getState();
	assert.ok(run.kind === 'open');
	const [, second = ''] = screen.lines();
	assert.match(second, /^prod prod\.db → dev dev\.db +run /);
	assert.ok(second.endsWith(`run ${run.id}`));
	for (const line of screen.lines()) assert.ok(line.length <= 80, line);
	assert.equal(screen.lines().length, 23);
});

test('a step that can not be entered says why until the next key, which still counts', async (context) => {
	const {screen} = await open(context);
	screen.press('6');
	await screen.waitFor('Compare the rows first: a plan needs all of them.');
	screen.press('3');
	const scan = await screen.waitFor('[Scan]');
	assert.doesNotMatch(scan, /a plan needs all of them/);
});

test('the help lists the keys of the screen and those of the program, with what hinders them', async (context) => {
	const {screen} = await open(context);
	screen.press('?');
	const help = await screen.waitFor('esc closes the help');
	assert.match(help, /^Structure$/m);
	assert.match(help, /space {2}Take over or leave out/);
	screen.press('G');
	const end = await screen.waitFor('Everywhere');
	assert.match(end, /6 {2}Go to Plan — Compare the rows first/);
	// While it is open, a key of the screen under it does nothing.
	screen.press('n', 'escape');
	assert.match(await screen.waitFor('ticked'), /· 1 ticked/);
});

test('in a terminal that is too small q still leaves', async (context) => {
	const {controller, screen} = await open(context);
	screen.resize(60, 20);
	await screen.waitFor('DeepDiff DB needs 80×24');
	screen.press('q');
	assert.equal((await controller.ended).exitCode, 0);
});

test('a bigger terminal shows more', async (context) => {
	const {screen} = await open(context);
	screen.resize(120, 40);
	await screen.waitFor(() => screen.lines().length === 39);
	assert.match(screen.lines()[0] ?? '', /Apply$/);
});

test('no screen has two meanings for one key, and none hides a key of the program', () => {
	const scans = [
		listBindingsFor({kind: 'choosing'}),
		listBindingsFor({kind: 'running', isPaused: false, isStopping: false, trouble: null}),
		listBindingsFor({kind: 'stopped'}),
		listBindingsFor({
			kind: 'failed',
			problem: {message: '', hint: ''},
			remedy: 'anew',
			isRetrying: false,
		}),
		listBindingsFor({kind: 'done', changedMeanwhile: false, notes: [], settled: 0}),
	];
	const tables: readonly (readonly {readonly keys: readonly string[]}[])[] = [
		connectBindings,
		[...structureBindings, ...moveBindings],
		[...definitionBindings, ...sideBindings],
		[...sqlBindings, ...textBindings],
		...scans.map((bindings) => [...bindings, ...listBindings]),
	];
	for (const table of tables) assert.deepEqual(findClashes([...table, ...appBindings]), []);
	assert.equal(appBindings.filter(({command}) => command.type === 'goTo').length, steps.length);
});
