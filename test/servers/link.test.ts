import assert from 'node:assert/strict';
import {once} from 'node:events';
import {connect, createServer, type AddressInfo, type Socket} from 'node:net';
import test, {type TestContext} from 'node:test';
import {openLink, type Link} from './link.ts';
import {servers} from './servers.ts';
import {waitUntil} from './wait-until.ts';

/** Answers each byte with the byte as often as asked for. */
async function startEcho(context: TestContext, times = 1) {
	const server = createServer((socket) => {
		socket.on('error', () => undefined);
		socket.on('data', (bytes) => socket.write(Buffer.concat(Array<Buffer>(times).fill(bytes))));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	context.after(() => server.close());
	return {host: '127.0.0.1', port: (server.address() as AddressInfo).port};
}

async function join(context: TestContext, {address}: Link): Promise<Socket> {
	const socket = connect(address);
	context.after(() => socket.destroy());
	await once(socket, 'connect');
	return socket;
}

/** How a connection ends: the error's code, or `end`. */
function breakOf(socket: Socket): Promise<string> {
	return new Promise((resolve) => {
		socket.on('error', (error) => resolve('code' in error ? String(error.code) : error.message));
		socket.on('close', () => resolve('end'));
	});
}

test('bytes pass unchanged and are counted in both directions', async (context) => {
	const link = await openLink(context, await startEcho(context, 3));
	const socket = await join(context, link);

	socket.write('abcd');
	let answer = '';
	socket.on('data', (bytes) => (answer += String(bytes)));
	await waitUntil(() => answer.length === 12, 'all is answered');

	assert.equal(answer, 'abcdabcdabcd');
	assert.deepEqual([link.sent, link.received, link.connections], [4, 12, 1]);
});

test('an answer takes the round trip at least', async (context) => {
	const link = await openLink(context, await startEcho(context), {roundTrip: 60});
	const socket = await join(context, link);

	const asked = performance.now();
	socket.write('?');
	await once(socket, 'data');

	assert.ok(performance.now() - asked >= 60);
});

test('the bandwidth is shared by all connections', async (context) => {
	const link = await openLink(context, await startEcho(context, 1000), {bandwidth: 8e6});
	const sockets = [await join(context, link), await join(context, link)];

	const asked = performance.now();
	for (const socket of sockets) {
		socket.resume();
		socket.write(Buffer.alloc(100));
	}
	await waitUntil(() => link.received === 200_000, 'all arrived');

	// 200 KB at 1 MB a second.
	assert.ok(performance.now() - asked >= 199);
});

test('a cut resets open connections and serves new ones', async (context) => {
	const link = await openLink(context, await startEcho(context));
	const socket = await join(context, link);
	const broken = breakOf(socket);
	await waitUntil(() => link.connections === 1, 'the link has seen it');

	link.cut();
	assert.equal(await broken, 'ECONNRESET');
	await waitUntil(() => link.connections === 0, 'the link has seen the end');

	const again = await join(context, link);
	again.write('!');
	assert.equal(String((await once(again, 'data'))[0]), '!');
});

test('a link is cut after so many bytes', async (context) => {
	const link = await openLink(context, await startEcho(context, 1000));
	const socket = await join(context, link);
	socket.resume();
	link.cutAfter(50_000);

	const broken = breakOf(socket);
	const writing = setInterval(() => socket.write('x'), 1);
	context.after(() => clearInterval(writing));
	await broken;
	await waitUntil(() => link.connections === 0, 'the link has seen the end');

	assert.ok(link.received >= 50_000);
});

test('while it refuses, no new connection lasts', async (context) => {
	const link = await openLink(context, await startEcho(context));
	link.refuse();
	assert.equal(await breakOf(connect(link.address)), 'ECONNRESET');

	link.accept();
	const socket = await join(context, link);
	socket.write('!');
	await once(socket, 'data');
});

test('a stalled link holds everything back until it goes on', async (context) => {
	const echo = await startEcho(context);
	const link = await openLink(context, echo);
	const socket = await join(context, link);
	const other = await join(context, await openLink(context, echo));
	link.stall();
	let answer = '';
	socket.on('data', (bytes) => (answer += String(bytes)));
	socket.write('held');
	other.write('not held');
	await once(other, 'data');
	assert.equal(answer, '');

	link.resume();
	await waitUntil(() => answer === 'held', 'it arrived');
});

test('databases work through it', async (context) => {
	for (const server of [await servers.postgres(), await servers.mariadb()]) {
		const {host, port} = server.address;
		const link = await openLink(context, {host, port}, {roundTrip: 2});
		const through = server.at(link.address);
		const session = await through.open();
		const [row] = await session.query(`SELECT '${'x'.repeat(10_000)}' AS text`);
		await session.close();
		assert.equal(row?.['text']?.length, 10_000);
		assert.ok(link.received > 10_000 && link.sent > 10_000);
	}
});
