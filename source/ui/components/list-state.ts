/** Where a list stands: row `cursor` is selected, row `offset` is the first one drawn. */
export type ListState = {
	readonly cursor: number;
	readonly offset: number;
	/** Where a range began that now reaches to the cursor. */
	readonly anchor: number | undefined;
};

/** What the list stands in: so many rows there are, so many fit on the screen. */
export type ListBounds = {readonly count: number; readonly height: number};

export type ListAction =
	| {readonly type: 'up' | 'down' | 'pageUp' | 'pageDown' | 'halfUp' | 'halfDown'}
	| {readonly type: 'first' | 'last'}
	/** Selects a row and brings it into the middle if it was out of sight. */
	| {readonly type: 'jump'; readonly index: number}
	/** Begins a range at the cursor, or ends the one that was begun. */
	| {readonly type: 'toggleMark'}
	| {readonly type: 'clearMark'};

/** Rows of a range, both ends included. */
export type ListRange = {readonly from: number; readonly to: number};

export const initialListState: ListState = {cursor: 0, offset: 0, anchor: undefined};

/** The state after an action. It is always within the bounds, whatever it was before. */
export function reduceList(state: ListState, action: ListAction, bounds: ListBounds): ListState {
	const fitted = fitList(state, bounds);
	const {cursor, anchor} = fitted;
	const page = Math.max(1, bounds.height - 1);
	const half = Math.max(1, Math.floor(bounds.height / 2));
	switch (action.type) {
		case 'up':
			return moveCursor(fitted, cursor - 1, bounds);
		case 'down':
			return moveCursor(fitted, cursor + 1, bounds);
		case 'pageUp':
			return turnPage(fitted, -page, bounds);
		case 'pageDown':
			return turnPage(fitted, page, bounds);
		case 'halfUp':
			return turnPage(fitted, -half, bounds);
		case 'halfDown':
			return turnPage(fitted, half, bounds);
		case 'first':
			return moveCursor(fitted, 0, bounds);
		case 'last':
			return moveCursor(fitted, bounds.count - 1, bounds);
		case 'jump':
			return jumpTo(fitted, action.index, bounds);
		case 'toggleMark':
			return {...fitted, anchor: anchor === undefined && bounds.count > 0 ? cursor : undefined};
		case 'clearMark':
			return {...fitted, anchor: undefined};
		default:
			return action satisfies never;
	}
}

/**
Brings a state into bounds that changed: rows were filtered away or the terminal
was resized. The cursor stays on its row if it can, and always in sight.
*/
export function fitList(state: ListState, {count, height}: ListBounds): ListState {
	const last = Math.max(0, count - 1);
	const cursor = clamp(state.cursor, 0, last);
	const rows = Math.max(1, height);
	// The window is moved as little as possible, and never past the end.
	const offset = clamp(
		clamp(state.offset, cursor - rows + 1, cursor),
		0,
		Math.max(0, count - rows),
	);
	const anchor =
		state.anchor === undefined || count === 0 ? undefined : clamp(state.anchor, 0, last);
	const isFitted = cursor === state.cursor && offset === state.offset && anchor === state.anchor;
	return isFitted ? state : {cursor, offset, anchor};
}

/** The rows that are marked, or nothing. */
export function findMarkedRange({cursor, anchor}: ListState): ListRange | undefined {
	if (anchor === undefined) return undefined;
	return {from: Math.min(cursor, anchor), to: Math.max(cursor, anchor)};
}

/** The rows that an action is for: the marked ones, or the one under the cursor. */
export function findChosenRange(state: ListState): ListRange {
	return findMarkedRange(state) ?? {from: state.cursor, to: state.cursor};
}

function moveCursor(state: ListState, cursor: number, bounds: ListBounds): ListState {
	return fitList({...state, cursor}, bounds);
}

/** The window moves with the cursor, so the eye keeps its place. */
function turnPage(state: ListState, rows: number, bounds: ListBounds): ListState {
	return fitList({...state, cursor: state.cursor + rows, offset: state.offset + rows}, bounds);
}

function jumpTo(state: ListState, index: number, bounds: ListBounds): ListState {
	const isInSight = index >= state.offset && index < state.offset + bounds.height;
	const offset = isInSight ? state.offset : index - Math.floor(bounds.height / 2);
	return fitList({...state, cursor: index, offset}, bounds);
}

function clamp(number: number, low: number, high: number): number {
	const whole = Number.isNaN(number) ? low : Math.trunc(number);
	return Math.max(low, Math.min(high, whole));
}
