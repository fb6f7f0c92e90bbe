export type Throttle<T> = {
	/** Keeps the value; an older one that was not passed on yet is forgotten. */
	push(value: T): void;
	/** Passes on what is kept now instead of later. */
	flush(): void;
	/** Forgets what is kept. */
	cancel(): void;
};

/**
Passes on the newest of many values at most once an interval, the first at once
and the last always.

For listening to a step's progress outside React: thousands of events a second
become a few updates.
*/
export function createThrottle<T>(onValue: (value: T) => void, interval: number): Throttle<T> {
	let kept: {readonly value: T} | undefined;
	let timer: NodeJS.Timeout | undefined;

	const pass = (): void => {
		if (kept === undefined) {
			timer = undefined;
			return;
		}
		const {value} = kept;
		kept = undefined;
		timer = setTimeout(pass, interval);
		onValue(value);
	};
	const stop = (): void => {
		clearTimeout(timer);
		timer = undefined;
	};

	return {
		push(value) {
			kept = {value};
			if (timer === undefined) pass();
		},
		flush() {
			stop();
			if (kept !== undefined) pass();
		},
		cancel() {
			stop();
			kept = undefined;
		},
	};
}
