import type {Address} from './address.ts';
import type {Certificates} from './certificates.ts';
import type {ServerProcess} from './server-process.ts';

export type StartOptions = {
	/** PostgreSQL's major version. @default the machine's newest */
	readonly version?: 18 | undefined;
	/**
	What clients must bring, over TCP: nothing, TLS, or TLS with a certificate of their own (and
	the password).

	@default no TLS
	*/
	readonly tls?: 'offered' | 'required' | 'client certificate' | undefined;
	/** More arguments of the server's program: `['-c', 'max_connections=5']`. */
	readonly args?: readonly string[];
};

export type Running = {
	readonly address: Address;
	readonly process: ServerProcess;
	/** Present with `tls`. */
	readonly certificates: Certificates | undefined;
};
