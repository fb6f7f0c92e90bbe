import {setTimeout as sleep} from 'node:timers/promises';

/**
Looks again and again until the condition holds.

@param what The condition in words, for the error.
@param timeout Milliseconds.
*/
export async function waitUntil(
	condition: () => boolean | Promise<boolean>,
	what: string,
	timeout = 60_000,
): Promise<void> {
	const deadline = performance.now() + timeout;
	while (!(await condition())) {
		if (performance.now() > deadline) {
			throw new Error(`It did not come true within ${timeout / 1000} s that ${what}.`);
		}
		await sleep(20);
	}
}
