import {setTimeout} from 'node:timers/promises';

/** As long as a wait for the load limit may go on without looking at what was asked meanwhile. */
const waitMilliseconds = 100;

/**
Where the lanes of one thread pass between and within their segments: it holds them while the
scan is paused and while they are too fast, and tells them when to end.
*/
export class Gate {
	readonly #maxRowsPerSecond: number;
	readonly #skipped = new Set<number>();
	#pause: {readonly promise: Promise<void>; readonly end: () => void} | null = null;
	#isStopped = false;
	/** When what was read so far is within the limit. */
	#freeAt = 0;

	/** @param maxRowsPerSecond Of all lanes together, for each side; 0 is no limit. */
	constructor(maxRowsPerSecond: number) {
		this.#maxRowsPerSecond = maxRowsPerSecond;
	}

	pause(): void {
		if (this.#pause) return;
		let end: () => void = () => undefined;
		const promise = new Promise<void>((resolve) => {
			end = resolve;
		});
		this.#pause = {promise, end};
	}

	resume(): void {
		this.#pause?.end();
		this.#pause = null;
	}

	skip(tableNumber: number): void {
		this.#skipped.add(tableNumber);
	}

	stop(): void {
		this.#isStopped = true;
		this.resume();
	}

	get isStopped(): boolean {
		return this.#isStopped;
	}

	/** Whether a table's lanes should end where they are. */
	hasEnded(tableNumber: number): boolean {
		return this.#isStopped || this.#skipped.has(tableNumber);
	}

	/**
	Waits as long as it must after so many rows of the larger side.

	@returns False when the lane should end.
	*/
	async pass(tableNumber: number, rows: number): Promise<boolean> {
		if (this.#maxRowsPerSecond > 0) {
			const now = performance.now();
			this.#freeAt = Math.max(now, this.#freeAt) + (rows / this.#maxRowsPerSecond) * 1000;
			const until = this.#freeAt;
			for (;;) {
				const left = until - performance.now();
				if (left <= 0 || this.hasEnded(tableNumber)) break;
				await setTimeout(Math.min(left, waitMilliseconds));
			}
		}
		while (this.#pause && !this.hasEnded(tableNumber)) await this.#pause.promise;
		return !this.hasEnded(tableNumber);
	}
}
