import {useReducer} from 'react';
import {
	fitList,
	initialListState,
	reduceList,
	type ListAction,
	type ListBounds,
	type ListState,
} from '../components/list-state.ts';

/** A list that a component keeps for itself. */
export type List = {
	readonly state: ListState;
	readonly bounds: ListBounds;
	readonly dispatch: (action: ListAction) => void;
};

/**
Keeps where a list stands. It follows its bounds: a list that got shorter or a
terminal that was resized needs no action.

A screen whose own reducer holds a `ListState` needs no hook: it calls
`reduceList` there and `fitList` before drawing.
*/
export function useList(bounds: ListBounds, initial: ListState = initialListState): List {
	const [state, dispatch] = useReducer(
		(before: ListState, {action, at}: {action: ListAction; at: ListBounds}) =>
			reduceList(before, action, at),
		initial,
	);
	return {
		state: fitList(state, bounds),
		bounds,
		dispatch: (action) => dispatch({action, at: bounds}),
	};
}
