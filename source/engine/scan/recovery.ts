import {ConnectionError, ConnectionLostError} from '../../model/errors.ts';

/** Why a scan waits by itself. */
export type Trouble = {
	readonly message: string;
	/** Milliseconds until the next try; 0 while one is under way. */
	readonly retryIn: number;
};

/** At first as if the connection alone was lost, then as if the server was. */
const usualPauses = [200, 1000, 3000, 10_000, 30_000];

/** After so many losses of the same segment in a row, the server is not simply back. */
const quickLosses = 3;

export type RecoveryOptions = {
	/** Opens both sides once; throws ConnectionError while one of them stays away. */
	readonly reopen: () => Promise<void>;
	/** Milliseconds without any progress until it gives up; null: never. */
	readonly patience: number | null;
	/** Milliseconds to wait before each try; the last stays. */
	readonly pauses?: readonly number[];
};

/**
Waits out connections that were lost: a few quick tries, then slow ones, with the reason for
whoever watches. All lanes that lost theirs wait together.
*/
export class Recovery {
	readonly #options: RecoveryOptions;
	#under: Promise<boolean> | null = null;
	#losses = 0;
	#lostAt = 0;
	#trouble: {readonly message: string; readonly until: number} | null = null;
	#wake: () => void = () => undefined;
	#isStopped = false;

	constructor(options: RecoveryOptions) {
		this.#options = options;
	}

	get trouble(): Trouble | null {
		if (!this.#trouble) return null;
		const {message, until} = this.#trouble;
		return {message, retryIn: Math.max(0, until - performance.now())};
	}

	/** A segment reached the disk: whatever was lost is back. */
	progress(): void {
		this.#losses = 0;
		this.#trouble = null;
	}

	/** Tries at once. */
	tryAgain(): void {
		this.#wake();
	}

	stop(): void {
		this.#isStopped = true;
		this.#wake();
	}

	/**
	Waits until the databases can be reached again.

	@returns False when it was stopped meanwhile.
	@throws What was lost, when it stays away for longer than the patience.
	*/
	async waitOut(error: ConnectionError): Promise<boolean> {
		this.#under ??= this.#wait(error).finally(() => {
			this.#under = null;
		});
		return this.#under;
	}

	async #wait(error: ConnectionError): Promise<boolean> {
		if (this.#losses === 0) this.#lostAt = performance.now();
		this.#losses++;
		let last = error;
		for (let attempt = Math.max(0, this.#losses - quickLosses); ; attempt++) {
			const {patience, pauses = usualPauses} = this.#options;
			if (patience !== null && performance.now() - this.#lostAt > patience) throw giveUp(last);
			const pause = pauses[Math.min(attempt, pauses.length - 1)] ?? 0;
			// The first is over before anybody could read it.
			if (attempt > 0) this.#trouble = {message: last.message, until: performance.now() + pause};
			await this.#sleep(pause);
			if (this.#isStopped) return false;
			try {
				await this.#options.reopen();
				this.#trouble = null;
				return true;
			} catch (failure) {
				if (!(failure instanceof ConnectionError)) throw failure;
				last = failure;
			}
		}
	}

	async #sleep(milliseconds: number): Promise<void> {
		if (this.#isStopped) return;
		await new Promise<void>((resolve) => {
			const timer = setTimeout(resolve, milliseconds);
			this.#wake = () => {
				clearTimeout(timer);
				resolve();
			};
		});
	}
}

/**
Whether a scan waits for the databases after this error.

@param hasRecovered Once a server was away, one that can't be reached has gone away again.
*/
export function isLost(error: unknown, hasRecovered: boolean): error is ConnectionError {
	return error instanceof ConnectionLostError || (hasRecovered && error instanceof ConnectionError);
}

function giveUp(error: ConnectionError): ConnectionLostError {
	return new ConnectionLostError(error.message, {
		hint: `${error.hint} What was compared is kept: go on with the same command once the database is back.`.trim(),
		cause: error,
	});
}
