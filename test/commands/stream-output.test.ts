import assert from 'node:assert/strict';
import {Writable} from 'node:stream';
import test from 'node:test';
import {StreamOutput} from '../../source/commands/stream-output.ts';

function makeStream(fail?: string) {
	let text = '';
	const stream = new Writable({
		write(chunk: Buffer, _encoding, done) {
			if (fail !== undefined) {
				done(Object.assign(new Error(fail), {code: fail}));
				return;
			}
			text += chunk.toString();
			done();
		},
	});
	return {stream, read: () => text};
}

const options = {redact: (text: string) => text.replaceAll('s3cret', '***'), wantsColor: true};

test('passwords are taken out of messages, not out of what a database holds', async () => {
	const {stream, read} = makeStream();
	const output = new StreamOutput(stream, options);
	await output.write('a s3cret b ');
	await output.writeExact('a s3cret b');
	assert.equal(read(), 'a *** b a s3cret b');
});

test('a reader that went away is no error; what follows is dropped', async () => {
	const output = new StreamOutput(makeStream('EPIPE').stream, options);
	await output.write('x');
	assert.equal(output.isClosed, true);
	await output.write('y');
});

test('a full disk is told', async () => {
	const output = new StreamOutput(makeStream('ENOSPC').stream, options);
	await assert.rejects(output.write('x'), {name: 'DeepDiffError', message: /ENOSPC/});
});

test('colour is for terminals, unless the configuration says otherwise', () => {
	const {stream} = makeStream();
	const pipe = new StreamOutput(stream, options);
	const terminal = new StreamOutput(Object.assign(makeStream().stream, {isTTY: true}), options);
	const forbidden = new StreamOutput(Object.assign(makeStream().stream, {isTTY: true}), {
		...options,
		wantsColor: false,
	});
	assert.deepEqual([pipe.hasColor, terminal.hasColor, forbidden.hasColor], [false, true, false]);
	terminal.chooseColor('never');
	pipe.chooseColor('always');
	assert.deepEqual([pipe.hasColor, terminal.hasColor], [true, false]);
});
