import {useEffect, useMemo, useReducer} from 'react';
import type {RunStore} from '../../../store/run-store.ts';
import {RowsDesk} from './rows-desk.ts';

/** The desk of a run, as long as the screen stands. */
export function useRowsDesk(store: RunStore): RowsDesk {
	return useMemo(() => new RowsDesk(store), [store]);
}

/** Where a screen stood when it was left, for as long as its run is open. */
export class Places<State> {
	readonly #states = new WeakMap<RunStore, State>();

	find(store: RunStore): State | undefined {
		return this.#states.get(store);
	}

	keep(store: RunStore, state: State): void {
		this.#states.set(store, state);
	}
}

/**
A reducer whose state is there again when the screen is drawn again for the same run. What
must survive the program itself is in the store.

@param begin Makes the state to begin with, from the one that was left if there was one.
*/
export function useKeptReducer<State, Action>(
	reduce: (state: State, ...actions: readonly Action[]) => State,
	places: Places<State>,
	store: RunStore,
	begin: (left: State | undefined) => State,
): [State, (...actions: readonly Action[]) => void] {
	const [state, dispatch] = useReducer(
		(before: State, actions: readonly Action[]) => reduce(before, ...actions),
		undefined,
		() => begin(places.find(store)),
	);
	useEffect(() => places.keep(store, state), [places, store, state]);
	return [state, (...actions) => dispatch(actions)];
}
