import type {Connection} from '../../dialects/dialect.ts';
import {InterruptedError} from '../../model/errors.ts';
import type {Pack} from '../pack/read-pack.ts';
import {createTurns} from '../take-turns.ts';

export type ApplyPhase =
	'check' | 'before' | 'structure' | 'run' | 'verify' | 'foreign keys' | 'commit' | 'roll back';

/** How an apply stands; a whole picture each time, so that a listener may miss some. */
export type ApplyEvent = {
	readonly phase: ApplyPhase;
	/** Statements, in `before` and `verify` those that were looked at. */
	readonly done: number;
	readonly total: number;
	/** Of the statement under way. */
	readonly summary: string;
	readonly perSecond: number;
};

/** What every step of an apply has at hand. */
export type ApplyContext = {
	readonly pack: Pack;
	readonly connection: Connection;
	readonly signal: AbortSignal;
};

const eventMilliseconds = 100;

/** Counts through one phase, gives way to others, and makes an event now and then. */
export class PhaseMeter {
	readonly #phase: ApplyPhase;
	readonly #total: number;
	readonly #signal: AbortSignal;
	readonly #turns = createTurns();
	readonly #began = performance.now();
	#told = Number.NEGATIVE_INFINITY;

	constructor(phase: ApplyPhase, total: number, signal: AbortSignal) {
		this.#phase = phase;
		this.#total = total;
		this.#signal = signal;
	}

	/** @throws {InterruptedError} On abort. */
	async *step(done: number, summarise: () => string): AsyncGenerator<ApplyEvent, void> {
		this.assertWanted();
		if (performance.now() - this.#told >= eventMilliseconds || done === this.#total) {
			this.#told = performance.now();
			yield this.read(done, summarise());
		}
		if (this.#turns.isDue()) await this.#turns.take();
		this.assertWanted();
	}

	read(done: number, summary: string): ApplyEvent {
		const seconds = (performance.now() - this.#began) / 1000;
		const perSecond = seconds > 0 ? Math.round(done / seconds) : 0;
		return {phase: this.#phase, done, total: this.#total, summary, perSecond};
	}

	assertWanted(): void {
		if (this.#signal.aborted) throw new InterruptedError('Stopped: nothing was changed.');
	}
}
