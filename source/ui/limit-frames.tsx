import {useLayoutEffect, useRef, type ReactElement} from 'react';
import {Box, type DOMElement} from 'ink';
import {createThrottle} from './throttle.ts';

const frameInterval = 1000 / 30;

/**
Makes Ink lay its tree out as text at most 30 times a second, the last change always.

In debug mode Ink does so after every change, which costs milliseconds each time:
too much for keys typed ahead or progress that comes quickly. The first change
after a rest is drawn at once.
*/
export function LimitFrames(): ReactElement {
	const element = useRef<DOMElement>(null);
	useLayoutEffect(() => {
		const root = findRoot(element.current);
		const draw = root?.onRender;
		if (root === undefined || draw === undefined) return undefined;
		const throttle = createThrottle(draw, frameInterval);
		root.onRender = () => throttle.push(undefined);
		return () => {
			throttle.cancel();
			root.onRender = draw;
		};
	}, []);
	return <Box ref={element} display="none" />;
}

function findRoot(element: DOMElement | null): DOMElement | undefined {
	let root = element ?? undefined;
	while (root?.parentNode !== undefined) root = root.parentNode;
	return root;
}
