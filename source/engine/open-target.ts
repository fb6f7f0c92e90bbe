import {fillPassword} from '../config/fill-password.ts';
import type {Connection, ServerFacts, Traits} from '../dialects/dialect.ts';
import {loadDialect} from '../dialects/registry.ts';
import {displayName, type ConnectionSettings} from '../model/connection-settings.ts';

/** The database that a pack is applied to, opened for writing. */
export type Target = {
	/** Display name, never with a password: what a person types to confirm. */
	readonly name: string;
	readonly connection: Connection;
	readonly facts: ServerFacts;
	readonly traits: Traits;
};

/**
Opens a database for writing; the caller closes its connection.

@throws {ConnectionError | LockedError} With a hint for the person.
*/
export async function openTarget(
	configured: ConnectionSettings,
	signal: AbortSignal,
): Promise<Target> {
	const settings = await fillPassword(configured, undefined);
	const dialect = await loadDialect(settings);
	const connection = await dialect.connect(settings, {access: 'write', signal});
	try {
		const facts = await connection.describe();
		return {name: displayName(settings), connection, facts, traits: dialect.traits};
	} catch (error) {
		await connection.close();
		throw error;
	}
}
