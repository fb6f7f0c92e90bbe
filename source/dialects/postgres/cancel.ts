import {connect} from 'node:net';
import {once} from 'node:events';
import type {ServerSettings} from '../../model/connection-settings.ts';

/** The protocol's number of a cancel request (manual, "Message Formats"). */
const cancelCode = 80_877_102;

/** What the server told a connection to cancel it by; the driver's types leave both out. */
type Cancellable = {readonly processID: number; readonly secretKey: number};

/**
Asks the server to stop what a connection is running; done once the server has passed it on. It
needs no account: a connection of its own carries the secret of the other.
*/
export async function cancelStatement(raw: unknown, settings: ServerSettings): Promise<void> {
	// Both are there once a connection is open (pg 8, lib/client.js).
	const {processID, secretKey} = raw as Cancellable;
	const message = Buffer.alloc(16);
	message.writeInt32BE(message.length, 0);
	message.writeInt32BE(cancelCode, 4);
	message.writeInt32BE(processID, 8);
	message.writeInt32BE(secretKey, 12);
	const {host, port, socketPath} = settings;
	const socket =
		socketPath === undefined ? connect(port, host) : connect(`${socketPath}/.s.PGSQL.${port}`);
	if (settings.connectTimeout > 0) {
		socket.setTimeout(settings.connectTimeout, () => socket.destroy());
	}
	socket.resume();
	socket.end(message);
	await once(socket, 'close');
}
