import type {LineSource} from '../../report/cell-text.ts';
import {
	fitScroll,
	initialScrollState,
	reduceScroll,
	type ScrollAction,
	type ScrollBounds,
	type ScrollState,
} from './scroll-state.ts';
import {findLine} from './text-search.ts';
import {makeSafe} from '../../report/safe-text.ts';
import {measureText} from '../../report/text-width.ts';

/** What a text view is over: its lines and the space that it has. */
export type TextView = {
	readonly source: LineSource;
	readonly height: number;
	readonly width: number;
};

export type ScrollTextState = ScrollState & {
	/** What is looked for; empty when nothing is. */
	readonly query: string;
	/** The line that was found last. */
	readonly matchLine: number | undefined;
};

export type ScrollTextAction =
	| ScrollAction
	/** Looks for a text, from the first line in sight on. */
	| {readonly type: 'search'; readonly query: string}
	| {readonly type: 'nextMatch' | 'previousMatch' | 'clearSearch'};

export const initialScrollTextState: ScrollTextState = {
	...initialScrollState,
	query: '',
	matchLine: undefined,
};

/** The state after an action, always within the view. */
export function reduceScrollText(
	state: ScrollTextState,
	action: ScrollTextAction,
	view: TextView,
): ScrollTextState {
	switch (action.type) {
		case 'search':
			return showMatch({...state, query: action.query}, state.top, 1, view);
		case 'nextMatch':
			return showMatch(state, (state.matchLine ?? state.top - 1) + 1, 1, view);
		case 'previousMatch':
			return showMatch(state, (state.matchLine ?? state.top) - 1, -1, view);
		case 'clearSearch':
			return {...state, query: '', matchLine: undefined};
		case 'up':
		case 'down':
		case 'pageUp':
		case 'pageDown':
		case 'halfUp':
		case 'halfDown':
		case 'first':
		case 'last':
		case 'left':
		case 'right':
		case 'show':
			return {...state, ...reduceScroll(state, action, measureView(state, view))};
		default:
			return action satisfies never;
	}
}

/** Brings a state into a view that changed. */
export function fitScrollText(state: ScrollTextState, view: TextView): ScrollTextState {
	const fitted = fitScroll(state, measureView(state, view));
	return fitted === state ? state : {...state, ...fitted};
}

function showMatch(
	state: ScrollTextState,
	start: number,
	step: 1 | -1,
	view: TextView,
): ScrollTextState {
	const matchLine = findLine(view.source, state.query, start, step);
	if (matchLine === undefined) return {...fitScrollText(state, view), matchLine};
	const bounds = measureView(state, view);
	return {...state, ...reduceScroll(state, {type: 'show', line: matchLine}, bounds), matchLine};
}

/** Columns that the lines may take; the first one points to the line that was found. */
export function measureTextWidth({width}: {readonly width: number}): number {
	return Math.max(1, width - 1);
}

/** Only lines in sight are measured: how far to the side one may go depends on them. */
function measureView(state: ScrollState, view: TextView): ScrollBounds {
	const {source, height} = view;
	let widest = 0;
	const top = Math.max(0, Math.min(state.top, source.count - height));
	for (let line = top; line < Math.min(source.count, top + height); line++) {
		widest = Math.max(widest, measureLine(source.line(line)));
	}
	return {count: source.count, height, width: measureTextWidth(view), widest};
}

/** A very long line is not worth measuring exactly. */
function measureLine(text: string): number {
	return text.length > 10_000 ? text.length : measureText(makeSafe(text));
}
