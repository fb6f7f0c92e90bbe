import {createRedactor, type Redactor} from '../../config/redact.ts';
import {DeepDiffError} from '../../model/errors.ts';
import type {Problem} from '../screens/screen-props.ts';
import {reduceWalk} from '../workflow.ts';
import type {WalkEvent} from './walk-event.ts';
import type {WalkState} from './walk-state.ts';

/**
What the parts of the controller share: the state and its listeners, the work under way,
and what becomes of its errors.
*/
export class WalkContext {
	readonly redactor: Redactor = createRedactor();
	/** Rejects with the first error that is a fault of the program. */
	readonly crashed: Promise<never>;
	/** Ends the walk with a fault of the program. */
	readonly crash: (error: unknown) => void;
	#state: WalkState;
	readonly #listeners = new Set<() => void>();
	readonly #work = new Set<Promise<void>>();

	constructor(start: WalkState) {
		this.#state = start;
		let crash: (error: unknown) => void = () => undefined;
		this.crashed = new Promise((_, reject) => {
			crash = reject;
		});
		this.crash = crash;
		// Whoever wants to know awaits it.
		this.crashed.catch(() => undefined);
	}

	get state(): WalkState {
		return this.#state;
	}

	dispatch(event: WalkEvent): void {
		const next = reduceWalk(this.#state, event);
		if (next === this.#state) return;
		this.#state = next;
		for (const listener of this.#listeners) listener();
	}

	subscribe(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	}

	/** Runs work that nobody waits for; an error that it lets through is the program's fault. */
	start(work: () => Promise<void>): void {
		const running = work()
			.catch(this.crash)
			.finally(() => {
				this.#work.delete(running);
			});
		this.#work.add(running);
	}

	/** Until nothing that was started is under way. */
	async settle(): Promise<void> {
		while (this.#work.size > 0) await Promise.all(this.#work);
	}

	/** An error as a screen shows it. @throws The error itself when it is a fault of the program. */
	describe(error: unknown): Problem {
		if (!(error instanceof DeepDiffError)) throw error;
		return {
			message: this.redactor.redact(error.message),
			hint: this.redactor.redact(error.hint),
		};
	}
}
