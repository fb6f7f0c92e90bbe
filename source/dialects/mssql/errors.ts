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
comes back as it is. Numbers: "Database Engine events and errors".
*/
export function explainError(error: unknown, settings: ServerSettings, stage: Stage): unknown {
	if (!(error instanceof Error)) return error;
	return (
		explainNumber(readNumber(error), error, settings) ??
		explainDriver(error, settings, stage) ??
		explainNetworkError(error, settings, stage) ??
		error
	);
}

/** The server's own message as a sentence without its full stop. */
export function readMessage(error: unknown): string {
	return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}

/** Null: the server did not say it. */
function readNumber(error: Error): number | null {
	return 'number' in error && typeof error.number === 'number' ? error.number : null;
}

function explainNumber(
	number: number | null,
	error: Error,
	settings: ServerSettings,
): Error | null {
	const name = displayName(settings);
	const say = (message: string, hint: string) => new ConnectionError(message, {hint, cause: error});
	switch (number) {
		case 18452:
		case 18456:
		case 18470:
		case 18486:
		case 18487:
		case 18488:
			return explainLogin(number, error, settings);
		case 4060:
		case 911:
			return say(
				`There is no database ${settings.database} on the server of ${name}, or the account may not open it.`,
				'Check its spelling, and that the login has a user in it.',
			);
		case 40615:
			return say(
				`${name} does not let this machine in: ${readMessage(error)}.`,
				'Have its address added to the server’s firewall rules.',
			);
		case 40613:
		case 17142:
		case 17809:
			return say(`${name} takes no connections now: ${readMessage(error)}.`, 'Try again later.');
		case 1205:
		case 1222:
		case 3960:
			return new LockedError(`${name} is locked by somebody else: ${readMessage(error)}.`, {
				hint: 'Wait until the others have finished, or raise lockTimeout in the configuration.',
				cause: error,
			});
		case 3906:
		case 3908:
			return say(
				`${name} is read-only: ${readMessage(error)}.`,
				'A secondary replica can only be read: connect to the primary.',
			);
		case 229:
		case 230:
		case 262:
		case 297:
		case 300:
		case 916:
		case 1088:
			return say(
				`${name} refuses: ${readMessage(error)}.`,
				'`deepdiff-db check` lists the rights that are missing with the statements that give them.',
			);
		case 1105:
		case 1101:
		case 9002:
		case 40544:
			return say(
				`${name} has no room to go on: ${readMessage(error)}.`,
				'Free space in its files or its log.',
			);
		case 207:
		case 208:
		case 3952:
		case 3961:
			return new SchemaChangedError(
				`The structure of ${name} changed meanwhile: ${readMessage(error)}.`,
				{hint: 'Start the comparison anew.', cause: error},
			);
		case 596:
		case 6005:
		case 40197:
		case 40501:
			return new ConnectionLostError(`${name} ended the connection: ${readMessage(error)}.`, {
				hint: 'Look into the server’s log for who or what ended it, and go on when it is back.',
				cause: error,
			});
		case null:
		default:
			return null;
	}
}

function explainLogin(number: number, error: Error, settings: ServerSettings): ConnectionError {
	const name = displayName(settings);
	if (number === 18487 || number === 18488) {
		return new ConnectionError(`The password of ${name} has expired.`, {
			hint: 'Have a new one set with ALTER LOGIN.',
			cause: error,
		});
	}
	if (number === 18470 || number === 18486) {
		return new ConnectionError(`The account of ${name} is disabled or locked.`, {
			hint: 'Have it opened with ALTER LOGIN … ENABLE or … UNLOCK.',
			cause: error,
		});
	}
	return new ConnectionError(`${name} refuses the account or its password.`, {
		hint: 'Check user and password. Use a variable (${PROD_PASSWORD}), passwordFile or passwordPrompt; the server must take SQL Server logins, not Windows’ alone.',
		cause: error,
	});
}

/** What tedious itself says (its `ConnectionError` and `RequestError` codes). */
function explainDriver(error: Error, settings: ServerSettings, stage: Stage): Error | null {
	const name = displayName(settings);
	const lose = () =>
		stage === 'open' ? makeLostError(settings, error) : makeClosedError(settings, error);
	switch (readCode(error)) {
		case 'ELOGIN':
			return explainLogin(0, error, settings);
		case 'EINSTLOOKUP':
			return new ConnectionError(`The host of ${name} tells of no instance of that name.`, {
				hint: 'Give the port instead: the SQL Server Browser may be off or behind a firewall (UDP 1434).',
				cause: error,
			});
		case 'EENCRYPT':
			return new ConnectionError(`${name} insists on TLS.`, {
				hint: 'Set tls.mode to require or verify-full.',
				cause: error,
			});
		case 'ETIMEOUT':
			if (stage === 'connecting') return makeTimeOutError(settings, error);
			return new ConnectionError(`${name} gave up a statement after its time was over.`, {
				hint: 'Raise statementTimeout in the configuration.',
				cause: error,
			});
		case 'ESOCKET':
			// Node's own error stands behind it.
			return (
				(error.cause instanceof Error ? explainNetworkError(error.cause, settings, stage) : null) ??
				lose()
			);
		case 'ECLOSE':
		case 'EINVALIDSTATE':
			return lose();
		case null:
		default:
			return null;
	}
}
