/** Where a text stands: line `top` and column `left` are the first ones drawn. */
export type ScrollState = {readonly top: number; readonly left: number};

/** Lines that there are, lines and columns that fit, columns of the widest line. */
export type ScrollBounds = {
	readonly count: number;
	readonly height: number;
	readonly width: number;
	readonly widest: number;
};

export type ScrollAction =
	| {readonly type: 'up' | 'down' | 'pageUp' | 'pageDown' | 'halfUp' | 'halfDown'}
	| {readonly type: 'first' | 'last' | 'left' | 'right'}
	/** Brings a line into sight. */
	| {readonly type: 'show'; readonly line: number};

export const initialScrollState: ScrollState = {top: 0, left: 0};

/** Columns that one step to the side moves: a step of one takes forever on long lines. */
const sideStep = 8;

/** The state after an action, always within the bounds. */
export function reduceScroll(
	state: ScrollState,
	action: ScrollAction,
	bounds: ScrollBounds,
): ScrollState {
	const fitted = fitScroll(state, bounds);
	const {top, left} = fitted;
	const page = Math.max(1, bounds.height - 1);
	const half = Math.max(1, Math.floor(bounds.height / 2));
	const move = (change: Partial<ScrollState>): ScrollState =>
		fitScroll({...fitted, ...change}, bounds);
	switch (action.type) {
		case 'up':
			return move({top: top - 1});
		case 'down':
			return move({top: top + 1});
		case 'pageUp':
			return move({top: top - page});
		case 'pageDown':
			return move({top: top + page});
		case 'halfUp':
			return move({top: top - half});
		case 'halfDown':
			return move({top: top + half});
		case 'first':
			return move({top: 0, left: 0});
		case 'last':
			return move({top: bounds.count});
		case 'left':
			return move({left: left - sideStep});
		case 'right':
			return move({left: left + sideStep});
		case 'show': {
			const isInSight = action.line >= top && action.line < top + bounds.height;
			return isInSight ? fitted : move({top: action.line - Math.floor(bounds.height / 3)});
		}
		default:
			return action satisfies never;
	}
}

/** Brings a state into bounds that changed. */
export function fitScroll(state: ScrollState, bounds: ScrollBounds): ScrollState {
	const top = clamp(state.top, bounds.count - Math.max(1, bounds.height));
	const left = clamp(state.left, bounds.widest - Math.max(1, bounds.width));
	return top === state.top && left === state.left ? state : {top, left};
}

function clamp(number: number, high: number): number {
	return Math.max(0, Math.min(Math.trunc(number), high));
}
