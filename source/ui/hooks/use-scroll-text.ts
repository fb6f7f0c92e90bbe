import {useReducer} from 'react';
import {
	fitScrollText,
	initialScrollTextState,
	reduceScrollText,
	type ScrollTextAction,
	type ScrollTextState,
	type TextView,
} from '../components/scroll-text-state.ts';

/** A text view that a component keeps for itself. */
export type ScrollTextHandle = {
	readonly state: ScrollTextState;
	readonly view: TextView;
	readonly dispatch: (action: ScrollTextAction) => void;
};

/** Keeps where a text stands and what is searched in it. It follows its view's size. */
export function useScrollText(
	view: TextView,
	initial: ScrollTextState = initialScrollTextState,
): ScrollTextHandle {
	const [state, dispatch] = useReducer(
		(before: ScrollTextState, {action, at}: {action: ScrollTextAction; at: TextView}) =>
			reduceScrollText(before, action, at),
		initial,
	);
	return {
		state: fitScrollText(state, view),
		view,
		dispatch: (action) => dispatch({action, at: view}),
	};
}
