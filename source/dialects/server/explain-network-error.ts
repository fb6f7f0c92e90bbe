import {displayName, type ServerSettings} from '../../model/connection-settings.ts';
import {ConnectionError, ConnectionLostError} from '../../model/errors.ts';

/** Whether the connection had been made when the error came. */
export type Stage = 'connecting' | 'open';

/**
Tells what keeps two machines from speaking: what every driver passes on from Node's sockets and
TLS. Null for an error that is not of this kind.
*/
export function explainNetworkError(
	error: unknown,
	settings: ServerSettings,
	stage: Stage,
): ConnectionError | null {
	const cause = pickCause(error);
	const code = readCode(cause);
	if (code === null) return null;
	const found = explainCode(code, settings);
	if (found) return new ConnectionError(...withCause(found, error));
	if (tlsCodes.test(code))
		return new ConnectionError(...withCause(explainTls(code, settings), error));
	if (!lostCodes.has(code)) return null;
	return stage === 'open' ? makeLostError(settings, error) : makeClosedError(settings, error);
}

export function makeLostError(settings: ServerSettings, cause: unknown): ConnectionLostError {
	return new ConnectionLostError(`The connection to ${displayName(settings)} was lost.`, {
		hint: 'Check that the server is running and the network is up.',
		cause,
	});
}

/** The server, or something in between, hung up before it let us in. */
export function makeClosedError(settings: ServerSettings, cause: unknown): ConnectionError {
	return new ConnectionError(`${displayName(settings)} closed the connection while it was made.`, {
		hint: 'Check that host and port are those of the database, and whether a firewall stands in between.',
		cause,
	});
}

export function makeTimeOutError(settings: ServerSettings, cause: unknown): ConnectionError {
	const seconds = settings.connectTimeout / 1000;
	const within = seconds > 0 ? ` within ${seconds} s` : '';
	return new ConnectionError(`${displayName(settings)} does not answer${within}.`, {
		hint: 'Check host, port and firewall, or raise connectTimeout in the configuration.',
		cause,
	});
}

/** An error's code, as Node and most drivers give it. */
export function readCode(error: unknown): string | null {
	return error instanceof Error && 'code' in error && typeof error.code === 'string'
		? error.code
		: null;
}

/** Node tries all addresses of a host and then throws what each of them said. */
function pickCause(error: unknown): unknown {
	return error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
}

type Explanation = {readonly message: string; readonly hint: string};

function withCause({message, hint}: Explanation, cause: unknown) {
	return [message, {hint, cause}] as const;
}

const lostCodes = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_DESTROYED']);

function explainCode(code: string, settings: ServerSettings): Explanation | null {
	const {host, socketPath} = settings;
	const name = displayName(settings);
	switch (code) {
		case 'ECONNREFUSED':
			return {
				message: `${name} can't be reached: nothing listens there.`,
				hint: 'Check that the server is running, and host and port.',
			};
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return {
				message: `The host ${host} is not known.`,
				hint: 'Check how it is spelled, and whether this machine can resolve names.',
			};
		case 'EHOSTUNREACH':
		case 'ENETUNREACH':
			return {
				message: `There is no way to the host ${host}.`,
				hint: 'Check the network, and whether a VPN or a tunnel is needed.',
			};
		case 'ETIMEDOUT': {
			const {message, hint} = makeTimeOutError(settings, undefined);
			return {message, hint};
		}
		case 'ENOENT':
			return {
				message: `There is no socket at ${socketPath ?? host}.`,
				hint: 'Check socketPath, and that the server is running on this machine.',
			};
		case 'EACCES':
			return {
				message: `The socket at ${socketPath ?? host} may not be used by this account.`,
				hint: 'Check its permissions, or connect by host and port.',
			};
		default:
			return null;
	}
}

/** Of Node (`ERR_TLS_…`, `ERR_SSL_…`, `ERR_OSSL_…`), and OpenSSL's reasons to doubt a certificate. */
const tlsCodes =
	/^(?:ERR_(?:TLS|SSL|OSSL)_|EPROTO$|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA)/;

function explainTls(code: string, settings: ServerSettings): Explanation {
	const name = displayName(settings);
	switch (code) {
		case 'ERR_TLS_CERT_ALTNAME_INVALID':
		case 'HOSTNAME_MISMATCH':
			return {
				message: `The certificate of ${name} is for another host than ${settings.host}.`,
				hint: 'Use the name that the certificate was made for, or tls.mode verify-ca.',
			};
		case 'CERT_HAS_EXPIRED':
		case 'CERT_NOT_YET_VALID':
			return {
				message: `The certificate of ${name} is ${code === 'CERT_HAS_EXPIRED' ? 'out of date' : 'not valid yet'}.`,
				hint: 'Have the server’s certificate renewed, and check this machine’s clock.',
			};
		case 'SELF_SIGNED_CERT_IN_CHAIN':
		case 'DEPTH_ZERO_SELF_SIGNED_CERT':
		case 'UNABLE_TO_GET_ISSUER_CERT':
		case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
		case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
		case 'CERT_UNTRUSTED':
		case 'CERT_SIGNATURE_FAILURE':
			return {
				message: `The certificate of ${name} is not signed by an authority that is trusted.`,
				hint: 'Name the authority’s certificate as tls.ca in the configuration.',
			};
		default:
			return {
				message: `No encrypted connection to ${name} could be made (${code}).`,
				hint: 'Check tls in the configuration: mode, ca, cert and key.',
			};
	}
}
