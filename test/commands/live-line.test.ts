import assert from 'node:assert/strict';
import test from 'node:test';
import {LiveLine} from '../../source/commands/live-line.ts';
import {MemoryOutput} from './fixture.ts';

test('on a terminal the live line is drawn over and leaves nothing behind', async () => {
	const output = new MemoryOutput({isTerminal: true});
	const live = new LiveLine(output, {isQuiet: false});
	await live.draw([{text: 'one'}]);
	await live.draw([{text: 'x'.repeat(200)}]);
	await live.keep([{text: 'lasting'}]);
	await live.end();
	const clear = '\r\u001B[2K';
	assert.equal(output.text, `one${clear}${'x'.repeat(98)}…${clear}lasting\n`);
});

test('elsewhere only lasting lines are written, and quietly not even those', async () => {
	const pipe = new MemoryOutput();
	const quiet = new MemoryOutput({isTerminal: true});
	for (const live of [new LiveLine(pipe, {isQuiet: false}), new LiveLine(quiet, {isQuiet: true})]) {
		await live.draw([{text: 'live'}]);
		await live.keep([{text: 'lasting'}]);
		await live.end();
	}
	assert.equal(pipe.text, 'lasting\n');
	assert.equal(quiet.text, '');
});
