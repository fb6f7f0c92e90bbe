import {setImmediate} from 'node:timers/promises';

/** A long loop's way of letting keys, timers and the screen have their turn. */
export type Turns = {
	/** True once the loop has held the thread for long enough; cheap to ask for every row. */
	isDue(): boolean;
	/** Waits for one turn of the event loop. */
	take(): Promise<void>;
};

/** @param milliseconds How long the loop may hold the thread. */
export function createTurns(milliseconds = 20): Turns {
	let began = performance.now();
	return {
		isDue: () => performance.now() - began >= milliseconds,
		async take() {
			await setImmediate();
			began = performance.now();
		},
	};
}
