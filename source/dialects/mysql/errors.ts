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
comes back as it is. Numbers: MySQL's and MariaDB's "Server Error Message Reference".
*/
export function explainError(error: unknown, settings: ServerSettings, stage: Stage): unknown {
	if (!(error instanceof Error)) return error;
	const number = 'errno' in error && typeof error.errno === 'number' ? error.errno : null;
	const explained = number === null ? null : explainNumber(number, error, settings);
	return (
		explained ??
		explainDriver(error, settings, stage) ??
		explainNetworkError(error, settings, stage) ??
		error
	);
}

/** The server's own message as a sentence without its full stop. */
export function readMessage(error: unknown): string {
	return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}

function explainNumber(number: number, error: Error, settings: ServerSettings): Error | null {
	const name = displayName(settings);
	const say = (message: string, hint: string) => new ConnectionError(message, {hint, cause: error});
	switch (number) {
		case 1045:
		case 1698:
		case 1862:
		case 1820:
		case 3118:
		case 4151:
			return explainAccount(number, error, settings);
		case 1049:
			return say(
				`There is no database ${settings.database} on the server of ${name}.`,
				'Check its spelling; on some servers upper and lower case differ.',
			);
		case 1129:
		case 1130:
			return say(
				`${name} does not let this machine in: ${readMessage(error)}.`,
				'Have an account made for this host, or the host unblocked with FLUSH HOSTS.',
			);
		case 1040:
		case 1203:
		case 1226:
			return say(
				`${name} takes no more connections.`,
				'Wait until others have gone, or lower the number of parallel connections under performance.',
			);
		case 3159:
			return say(`${name} insists on TLS.`, 'Set tls.mode to require or verify-full.');
		case 1205:
		case 1213:
		case 3572:
			return new LockedError(`${name} is locked by somebody else: ${readMessage(error)}.`, {
				hint: 'Wait until the others have finished, or raise lockTimeout in the configuration.',
				cause: error,
			});
		case 1290:
		case 1792:
		case 1836:
			return say(
				`${name} is read-only: ${readMessage(error)}.`,
				'A replica can only be read: connect to the primary.',
			);
		case 1317:
		case 1969:
		case 3024:
			return say(
				`${name} gave up a statement: ${readMessage(error)}.`,
				'Raise statementTimeout in the configuration, or look for who cancelled it.',
			);
		case 1044:
		case 1142:
		case 1143:
		case 1227:
		case 1370:
			return say(
				`${name} refuses: ${readMessage(error)}.`,
				'`deepdiff-db check` lists the rights that are missing with the statements that give them.',
			);
		case 1021:
		case 1114:
			return say(
				`${name} has no room to go on: ${readMessage(error)}.`,
				'Free space on the server’s disk.',
			);
		case 1153:
			return say(
				`${name} refuses a statement that is too large for it.`,
				'Raise max_allowed_packet on the server.',
			);
		case 1054:
		case 1146:
		case 1356:
		case 1412:
			return new SchemaChangedError(
				`The structure of ${name} changed meanwhile: ${readMessage(error)}.`,
				{hint: 'Start the comparison anew.', cause: error},
			);
		case 1053:
		case 1079:
		case 1152:
		case 1158:
		case 1159:
		case 1160:
		case 1161:
		case 1184:
		case 1927:
		case 4031:
			return new ConnectionLostError(`${name} ended the connection: ${readMessage(error)}.`, {
				hint: 'Look into the server’s log for who or what ended it, and go on when it is back.',
				cause: error,
			});
		default:
			return null;
	}
}

function explainAccount(number: number, error: Error, settings: ServerSettings): ConnectionError {
	const name = displayName(settings);
	if (number === 1820 || number === 1862) {
		return new ConnectionError(`The password of ${name} has expired.`, {
			hint: 'Have a new one set with ALTER USER.',
			cause: error,
		});
	}
	if (number === 3118 || number === 4151) {
		return new ConnectionError(`The account of ${name} is locked.`, {
			hint: 'Have it unlocked with ALTER USER … ACCOUNT UNLOCK.',
			cause: error,
		});
	}
	return new ConnectionError(`${name} refuses the account or its password.`, {
		hint: 'Check user and password. Use a variable (${PROD_PASSWORD}), passwordFile or passwordPrompt; the account may also insist on TLS or a client certificate.',
		cause: error,
	});
}

/** What mysql2 itself says (lib/commands/client_handshake.js, lib/base/connection.js). */
function explainDriver(error: Error, settings: ServerSettings, stage: Stage): Error | null {
	const name = displayName(settings);
	const lose = () =>
		stage === 'open' ? makeLostError(settings, error) : makeClosedError(settings, error);
	switch (readCode(error)) {
		case 'HANDSHAKE_NO_SSL_SUPPORT':
			return new ConnectionError(`${name} has no TLS.`, {
				hint: 'Switch it on in the server, or set tls.mode to prefer or disable.',
				cause: error,
			});
		case 'HANDSHAKE_SSL_ERROR':
			return explainNetworkError(restoreTlsCode(error), settings, stage);
		case 'PROTOCOL_CONNECTION_LOST':
		case 'PROTOCOL_UNEXPECTED_PACKET':
		case 'PROTOCOL_ERROR':
			return lose();
		case 'ETIMEDOUT':
			return stage === 'open' ? lose() : makeTimeOutError(settings, error);
		case null:
			return /closed state/.test(error.message) ? lose() : null;
		default:
			return null;
	}
}

/** The driver writes its own code over that of Node, whose words stay. */
function restoreTlsCode(error: Error): Error {
	const known: readonly (readonly [RegExp, string])[] = [
		[/altnames/, 'ERR_TLS_CERT_ALTNAME_INVALID'],
		[/has expired/, 'CERT_HAS_EXPIRED'],
		[/not yet valid/, 'CERT_NOT_YET_VALID'],
		[/self-signed|unable to (?:get|verify)/, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
	];
	const code = known.find(([words]) => words.test(error.message))?.[1] ?? 'ERR_TLS_HANDSHAKE';
	return Object.assign(new Error(error.message, {cause: error}), {code});
}
