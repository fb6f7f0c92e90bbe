import {displayName, type ServerSettings} from '../../model/connection-settings.ts';
import {
	ConnectionError,
	ConnectionLostError,
	LockedError,
	SchemaChangedError,
} from '../../model/errors.ts';
import {
	explainNetworkError,
	makeClosedError,
	makeLostError,
	makeTimeOutError,
	readCode,
	type Stage,
} from '../server/explain-network-error.ts';

/**
Turns an error of the server or the driver into one that tells a person what to do; any other
comes back as it is. Codes: PostgreSQL's appendix A, "Error Codes".
*/
export function explainError(error: unknown, settings: ServerSettings, stage: Stage): unknown {
	if (!(error instanceof Error)) return error;
	const network = explainNetworkError(error, settings, stage);
	if (network) return network;
	const code = readCode(error);
	if (code === null) return explainDriver(error, settings, stage);
	return explainCode(code, error, settings) ?? error;
}

/** The server's own message with its detail, as a sentence without its full stop. */
export function readMessage(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const detail = 'detail' in error && typeof error.detail === 'string' ? error.detail : '';
	return [error.message, detail]
		.filter((text) => text !== '')
		.map((text) => text.replace(/\.$/, ''))
		.join('. ');
}

function explainCode(code: string, error: Error, settings: ServerSettings): Error | null {
	const name = displayName(settings);
	const say = (message: string, hint: string) => new ConnectionError(message, {hint, cause: error});
	switch (code) {
		case '28P01':
		case '28000':
			return explainAccount(error, settings);
		case '3D000':
			return say(
				`There is no database ${settings.database} on the server of ${name}.`,
				'Check its spelling; upper and lower case differ.',
			);
		case '53300':
			return say(
				`${name} takes no more connections.`,
				'Wait until others have gone, or lower the number of parallel connections under performance.',
			);
		case '57P03':
			return say(`${name} is starting, stopping or recovering.`, 'Wait a moment and try again.');
		case '57P01':
		case '57P02':
		case '57P05':
		case '25P03':
		case '25P04':
			return lost(
				`${name} ended the connection: ${readMessage(error)}.`,
				'Look into the server’s log for who or what ended it, and go on when it is back.',
				error,
			);
		case '40001':
			// On a standby, replay takes away rows or locks that a long snapshot still needs.
			return lost(
				`${name} gave up a query: ${readMessage(error)}.`,
				'Try again; on a standby, switch on hot_standby_feedback or raise max_standby_streaming_delay.',
				error,
			);
		case '57014':
			return say(
				`${name} gave up a statement: ${readMessage(error)}.`,
				'Raise statementTimeout in the configuration, or look for who cancelled it.',
			);
		case '55P03':
		case '40P01':
			return new LockedError(`${name} is locked by somebody else: ${readMessage(error)}.`, {
				hint: 'Wait until the others have finished, or raise lockTimeout in the configuration.',
				cause: error,
			});
		case '25006':
			return say(
				`${name} is read-only: ${readMessage(error)}.`,
				'A standby can only be read: connect to the primary.',
			);
		case '42501':
			return say(
				`${name} refuses: ${readMessage(error)}.`,
				'`deepdiff-db check` lists the rights that are missing with the statements that give them.',
			);
		case '53100':
		case '53200':
			return say(
				`${name} has no room to go on: ${readMessage(error)}.`,
				'Free space on the server’s disk or memory.',
			);
		case '42P01':
		case '42703':
		case '3F000':
			return new SchemaChangedError(
				`The structure of ${name} changed meanwhile: ${readMessage(error)}.`,
				{hint: 'Start the comparison anew.', cause: error},
			);
		default:
			return code.startsWith('08') ? makeLostError(settings, error) : null;
	}
}

function explainAccount(error: Error, settings: ServerSettings): ConnectionError {
	const name = displayName(settings);
	const entry = /no pg_hba\.conf entry/.test(error.message);
	if (entry) {
		const isClear = /no encryption|SSL off/.test(error.message);
		return new ConnectionError(`${name} does not let this machine in: ${readMessage(error)}.`, {
			hint: isClear
				? 'The server may insist on TLS: set tls.mode to require, or have pg_hba.conf changed.'
				: 'Have the server’s pg_hba.conf changed, or use another account or database.',
			cause: error,
		});
	}
	if (/certificate/.test(error.message)) {
		return new ConnectionError(`${name} asks for a client certificate: ${readMessage(error)}.`, {
			hint: 'Name its files as tls.cert and tls.key in the configuration.',
			cause: error,
		});
	}
	return new ConnectionError(`${name} refuses the account or its password.`, {
		hint: 'Check user and password. Use a variable (${PROD_PASSWORD}), passwordFile or passwordPrompt.',
		cause: error,
	});
}

/** The driver's own errors have no code, only words (pg 8, lib/connection.js and lib/client.js). */
function explainDriver(error: Error, settings: ServerSettings, stage: Stage): Error {
	const name = displayName(settings);
	const {message} = error;
	if (/does not support SSL/.test(message)) {
		return new ConnectionError(`${name} has no TLS.`, {
			hint: 'Switch it on in the server, or set tls.mode to prefer or disable.',
			cause: error,
		});
	}
	if (/^SASL|password must be a string/i.test(message)) {
		return new ConnectionError(`${name} wants a password, and none was given or it does not fit.`, {
			hint: 'Use password with a variable (${PROD_PASSWORD}), passwordFile or passwordPrompt.',
			cause: error,
		});
	}
	if (/timeout expired|timeout exceeded|Timeout acquiring/i.test(message)) {
		return makeTimeOutError(settings, error);
	}
	if (/establishing an SSL connection/.test(message)) return makeClosedError(settings, error);
	if (/terminated|not queryable|was closed|ended unexpectedly/i.test(message)) {
		return stage === 'open' ? makeLostError(settings, error) : makeClosedError(settings, error);
	}
	return error;
}

function lost(message: string, hint: string, cause: Error): ConnectionLostError {
	return new ConnectionLostError(message, {hint, cause});
}
