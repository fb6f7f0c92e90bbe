import assert from 'node:assert/strict';
import {fileURLToPath} from 'node:url';
import {test, type TestContext} from 'node:test';
import {Terminal, type TerminalOptions} from './terminal.ts';

const fixture = fileURLToPath(new URL('fixture-app.tsx', import.meta.url));

function start(
	context: TestContext,
	args: readonly string[] = [],
	options: TerminalOptions = {},
): Terminal {
	const command = [process.execPath, '--import', 'tsx', fixture, ...args] as const;
	const terminal = new Terminal(command, options);
	context.after(() => terminal.dispose());
	return terminal;
}

test('a cursor move in a list of 100,000 rows costs less than 350 bytes at 80×24', async (context) => {
	const terminal = start(context);
	await terminal.waitFor('› row 0 ');
	terminal.press('j');
	await terminal.waitFor('2/100,000');
	const before = terminal.transcript.length;
	terminal.press('j');
	await terminal.waitFor('3/100,000');
	const cost = Buffer.byteLength(terminal.transcript.slice(before));
	context.diagnostic(`${cost} bytes`);
	assert.ok(cost < 350, `${cost} bytes`);
});

test('keys that arrive together all count, and each sees what the one before it did', async (context) => {
	const terminal = start(context);
	await terminal.waitFor('› row 0 ');
	terminal.type('jjjG');
	await terminal.waitFor('› row 99999 ');
	terminal.type('gjj/some text\r');
	await terminal.waitFor('searched for some text');
	assert.match(terminal.screen(), /› row 2 /);
	terminal.type('?jq\u001B[6~');
	await terminal.waitFor(/› +row 18 /);
});

test('a paste is text for a field and no command for a list', async (context) => {
	const terminal = start(context);
	await terminal.waitFor('› row 0 ');
	terminal.paste('qqq');
	terminal.press('j', '/');
	await terminal.waitFor('2/100,000');
	terminal.paste('two\nlines');
	terminal.press('return');
	await terminal.waitFor('searched for two lines');
});

test('the screen follows a resize and says what it needs when it is too small', async (context) => {
	const terminal = start(context);
	await terminal.waitFor('› row 0 ');
	terminal.press('j', 'j');
	await terminal.waitFor('3/100,000');
	terminal.resize(60, 20);
	await terminal.waitFor(/60×20; DeepDiff DB needs 80×24/);
	assert.doesNotMatch(terminal.screen(), /row 2/);
	terminal.press('j');
	terminal.resize(120, 40);
	await terminal.waitFor('› row 2 ');
	assert.equal(terminal.lines().length, 40);
	assert.equal(terminal.lines().at(-1), '');
	assert.match(terminal.lines()[38] ?? '', /\? help/);
	terminal.resize(70, 24);
	await terminal.waitFor('needs 80×24');
	terminal.press('q');
	const {exitCode} = await terminal.exit;
	assert.equal(exitCode, 0);
});

test('quitting gives the terminal back as it was', async (context) => {
	const terminal = start(context);
	await terminal.waitFor('› row 0 ');
	assert.equal(terminal.isAlternate, true);
	terminal.press('q');
	assert.deepEqual(await terminal.exit, {exitCode: 0, signal: 0});
	assertRestored(terminal);
	assert.equal(terminal.screen(), 'ended');
});

for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const) {
	test(`${signal} gives the terminal back and ends the program by that signal`, async (context) => {
		const terminal = start(context);
		await terminal.waitFor('› row 0 ');
		terminal.kill(signal);
		const {signal: ended} = await terminal.exit;
		assert.ok(ended > 0);
		assertRestored(terminal);
	});

	test(`${signal} is left to a program that wants to save first`, async (context) => {
		const terminal = start(context, ['--patient']);
		await terminal.waitFor('› row 0 ');
		terminal.kill(signal);
		assert.deepEqual(await terminal.exit, {exitCode: 130, signal: 0});
		assertRestored(terminal);
		assert.match(terminal.screen(), new RegExp(`saved on ${signal}`));
	});
}

test('Ctrl-C is a key like any other', async (context) => {
	const terminal = start(context);
	await terminal.waitFor('› row 0 ');
	terminal.press('ctrl+c', 'j');
	await terminal.waitFor('2/100,000');
});

test('an exception in a component gives the terminal back and is told', async (context) => {
	const terminal = start(context);
	await terminal.waitFor('› row 0 ');
	terminal.press('ctrl+t');
	await terminal.exit;
	assertRestored(terminal);
	assert.match(terminal.screen(), /failed: Error: The screen broke\./);
});

test('an exception that nobody catches gives the terminal back before it is printed', async (context) => {
	const terminal = start(context);
	await terminal.waitFor('› row 0 ');
	terminal.press('ctrl+x');
	const {exitCode} = await terminal.exit;
	assert.equal(exitCode, 1);
	assertRestored(terminal);
	assert.match(terminal.screen(), /Error: Nobody caught this\./);
});

test('process.exit gives the terminal back and keeps its code', async (context) => {
	const terminal = start(context);
	await terminal.waitFor('› row 0 ');
	terminal.press('ctrl+e');
	assert.equal((await terminal.exit).exitCode, 7);
	assertRestored(terminal);
});

test('a warning does not break the screen and is told afterwards', async (context) => {
	const terminal = start(context);
	await terminal.waitFor('› row 0 ');
	terminal.press('ctrl+w', 'j');
	await terminal.waitFor('2/100,000');
	assert.doesNotMatch(terminal.transcript, /Mind the gap/);
	terminal.press('q');
	await terminal.exit;
	assert.match(terminal.screen(), /Mind the gap\./);
});

test('a stopped program gives the terminal back and draws itself again when it goes on', async (context) => {
	const terminal = start(context);
	await terminal.waitFor('› row 0 ');
	terminal.kill('SIGTSTP');
	await terminal.waitFor(() => !terminal.isAlternate);
	terminal.kill('SIGCONT');
	await terminal.waitFor('› row 0 ');
	assert.equal(terminal.isAlternate, true);
	terminal.press('j');
	await terminal.waitFor('2/100,000');
});

test('without colour nothing but glyphs tells the selected row', async (context) => {
	const terminal = start(context, ['--no-color'], {env: {NO_COLOR: '1'}});
	await terminal.waitFor('› row 0 ');
	const styles = terminal.transcript.split('\u001B[').map((part) => /^[\d;]*m/.exec(part)?.[0]);
	// Colours are 30 to 49 and 90 to 107.
	const colors = styles.filter((style) => /(?:^|;)(?:[34]\d|9\d|10\d)[;m]/.test(style ?? ''));
	assert.deepEqual(colors, []);
});

/** Cursor, wrapping and pastes as before, and the person's own screen. */
function assertRestored(terminal: Terminal): void {
	assert.equal(terminal.isAlternate, false);
	for (const mode of ['?25h', '?7h', '?2004l']) {
		assert.ok(
			terminal.transcript.lastIndexOf(mode) > terminal.transcript.lastIndexOf('?1049h'),
			`${mode} is missing`,
		);
	}
}
