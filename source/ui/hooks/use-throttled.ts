import {useEffect, useRef, useState} from 'react';

/** Eight a second: quick enough for the eye, cheap enough for a slow line. */
export const progressInterval = 125;

/**
The newest value, at most once an interval; the last one always arrives.

For progress: draw from this instead of from the value itself.
*/
export function useThrottled<T>(value: T, interval = progressInterval): T {
	const [shown, setShown] = useState(value);
	const newest = useRef(value);
	const timer = useRef<NodeJS.Timeout | undefined>(undefined);

	useEffect(() => {
		newest.current = value;
		timer.current ??= setTimeout(() => {
			timer.current = undefined;
			setShown(newest.current);
		}, interval);
	}, [value, interval]);

	useEffect(
		() => () => {
			clearTimeout(timer.current);
			timer.current = undefined;
		},
		[],
	);

	return shown;
}
