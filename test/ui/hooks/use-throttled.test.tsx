import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Text} from 'ink';
import type {ReactElement} from 'react';
import {useThrottled} from '../../../source/ui/hooks/use-throttled.ts';
import {createThrottle} from '../../../source/ui/throttle.ts';
import {renderScreen} from '../render-screen.tsx';

test('the first value passes at once, the newest of many after the interval, the last always', (context) => {
	context.mock.timers.enable({apis: ['setTimeout']});
	const passed: number[] = [];
	const throttle = createThrottle((value: number) => passed.push(value), 125);
	for (let value = 1; value <= 10; value++) throttle.push(value);
	assert.deepEqual(passed, [1]);
	context.mock.timers.tick(124);
	assert.deepEqual(passed, [1]);
	context.mock.timers.tick(1);
	assert.deepEqual(passed, [1, 10]);
	context.mock.timers.tick(1000);
	assert.deepEqual(passed, [1, 10]);
	throttle.push(11);
	assert.deepEqual(passed, [1, 10, 11]);
});

test('a thousand values in a second become at most nine', (context) => {
	context.mock.timers.enable({apis: ['setTimeout']});
	const passed: number[] = [];
	const throttle = createThrottle((value: number) => passed.push(value), 125);
	for (let value = 0; value < 1000; value++) {
		throttle.push(value);
		context.mock.timers.tick(1);
	}
	throttle.flush();
	assert.ok(passed.length <= 9, String(passed.length));
	assert.equal(passed.at(-1), 999);
});

test('what is cancelled never comes', (context) => {
	context.mock.timers.enable({apis: ['setTimeout']});
	const passed: number[] = [];
	const throttle = createThrottle((value: number) => passed.push(value), 125);
	throttle.push(1);
	throttle.push(2);
	throttle.cancel();
	context.mock.timers.tick(1000);
	assert.deepEqual(passed, [1]);
});

test('a component draws the newest value once an interval', async (context) => {
	context.mock.timers.enable({apis: ['setTimeout']});
	const drawn: number[] = [];
	function Progress({value}: {readonly value: number}): ReactElement {
		const shown = useThrottled(value);
		if (drawn.at(-1) !== shown) drawn.push(shown);
		return <Text>{shown}</Text>;
	}
	const screen = renderScreen(<Progress value={0} />);
	for (let value = 1; value <= 50; value++) screen.rerender(<Progress value={value} />);
	assert.deepEqual(drawn, [0]);
	context.mock.timers.tick(125);
	await screen.waitFor('50');
	assert.deepEqual(drawn, [0, 50]);
	screen.unmount();
});
