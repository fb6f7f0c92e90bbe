import {setTimeout} from 'node:timers/promises';
import {fillPassword} from '../config/fill-password.ts';
import type {ConnectionSettings} from '../model/connection-settings.ts';
import {LockedError} from '../model/errors.ts';
import {openConnection} from './open-connection.ts';
import {openSide, type OpenSide} from './session.ts';

/** How long one try may hold the thread, and how long the next one waits. */
const tryMilliseconds = 50;
const pauseMilliseconds = 250;

type PatientOptions = {
	/** Ends the waiting with the lock's error. */
	readonly isWanted: () => boolean;
	/** Told once that somebody else holds the database. */
	readonly onWait: () => void;
};

/**
Connects to one side as `openSide` does. A driver that runs in this process waits for a lock
on this very thread, so the lock is asked for in short tries: keys and the screen stay alive.

@throws {LockedError} When it is still held after the configured time.
@throws {ConnectionError} With a hint for the person.
*/
export async function openPatiently(
	configured: ConnectionSettings,
	{isWanted, onWait}: PatientOptions,
): Promise<OpenSide> {
	const settings = await fillPassword(configured, undefined);
	const {lockTimeout} = settings;
	const began = performance.now();
	const isOver = () => lockTimeout > 0 && performance.now() - began >= lockTimeout;
	for (let attempt = 0; ; attempt++) {
		try {
			await tryToRead({...settings, lockTimeout: tryMilliseconds});
			return await openSide(settings);
		} catch (error) {
			if (!(error instanceof LockedError) || isOver() || !isWanted()) throw error;
			if (attempt === 0) onWait();
			await setTimeout(pauseMilliseconds);
		}
	}
}

async function tryToRead(settings: ConnectionSettings): Promise<void> {
	const connection = await openConnection(settings);
	try {
		await connection.describe();
	} finally {
		await connection.close();
	}
}
