import {useEffect, useLayoutEffect, useRef, useState} from 'react';
import {useStdin} from 'ink';
import {findKeyQueue, type KeyLayer} from '../key-queue.ts';
import type {Key} from '../key-parser.ts';

export type UseKeysOptions = {
	/** @default true */
	readonly isActive?: boolean;
	/** @default 'screen' */
	readonly layer?: KeyLayer;
	/** Typed characters that arrive together come as one `paste`. @default false */
	readonly acceptsText?: boolean;
};

/**
Listens to keys, one at a time; see key-queue.ts for who is asked first.

The handler always sees the state that the key before it led to.

@param onKey Returns whether it took the key; otherwise the layers below are asked.
*/
export function useKeys(
	onKey: (key: Key) => boolean,
	{isActive = true, layer = 'screen', acceptsText = false}: UseKeysOptions = {},
): void {
	const {internal_eventEmitter: input, setRawMode, isRawModeSupported} = useStdin();
	const handler = useRef(onKey);
	const pending = useRef<(() => void) | undefined>(undefined);
	const [, requestCommit] = useState(0);

	useLayoutEffect(() => {
		handler.current = onKey;
	}, [onKey]);

	// Runs after each commit of this component: if a key asked for one, here it is.
	useEffect(() => {
		pending.current?.();
		pending.current = undefined;
	});

	useEffect(() => {
		if (!isActive || !isRawModeSupported) return undefined;
		setRawMode(true);
		return () => setRawMode(false);
	}, [isActive, isRawModeSupported, setRawMode]);

	useEffect(() => {
		if (!isActive) return undefined;
		const unsubscribe = findKeyQueue(input).subscribe({
			layer,
			acceptsText,
			onKey: (key) => handler.current(key),
			afterCommit(done) {
				pending.current = done;
				requestCommit((count) => count + 1);
			},
		});
		return () => {
			unsubscribe();
			// The key closed what listened to it: its commit is this one.
			pending.current?.();
			pending.current = undefined;
		};
	}, [input, isActive, layer, acceptsText]);
}
