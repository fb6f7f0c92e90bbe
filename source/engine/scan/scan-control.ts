import type {LaneScanner} from '../worker-pool.ts';
import type {Recovery} from './recovery.ts';

/** What a listener may ask of a scan under way. */
export class ScanControl {
	#scanner: LaneScanner | null = null;
	#recovery: Recovery | null = null;
	#skip: (table: string) => void = () => undefined;
	#isPaused = false;
	#isStopped = false;

	get isPaused(): boolean {
		return this.#isPaused;
	}

	get isStopped(): boolean {
		return this.#isStopped;
	}

	/** As soon as it may: between two segments, or within one whose rows come as a stream. */
	pause(): void {
		this.#isPaused = true;
		this.#scanner?.pause();
	}

	resume(): void {
		this.#isPaused = false;
		this.#scanner?.resume();
	}

	/** Where the scan waits for a database that stays away: tries it at once. */
	tryAgain(): void {
		this.#recovery?.tryAgain();
	}

	/** Leaves a table out after the segment under way; the result says so. */
	skip(table: string): void {
		this.#skip(table);
	}

	/** Ends after the segments under way; what was compared is kept. */
	stop(): void {
		this.#isStopped = true;
		this.#scanner?.stop();
	}

	/** The scan lends itself to this control; only compareRows calls it. */
	attach(scanner: LaneScanner, recovery: Recovery, skip: (table: string) => void): void {
		this.#scanner = scanner;
		this.#recovery = recovery;
		this.#skip = skip;
		if (this.#isPaused) scanner.pause();
		if (this.#isStopped) scanner.stop();
	}
}
