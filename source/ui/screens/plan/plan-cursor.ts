import type {ListAction} from '../../components/list-state.ts';

/** A line of the plan's text: statements count from 1, their lines from 0. */
export type PlanPlace = {readonly statement: number; readonly line: number};

/** Where the reader stands: on which line, on which row of the screen that line is drawn. */
export type PlanCursor = PlanPlace & {
	readonly row: number;
	/** First column shown of SQL that is wider than the screen. */
	readonly left: number;
};

/** What a cursor needs to know of the text; `lines` is asked for near the cursor only. */
export type PlanShape = {
	/** Statements. */
	readonly count: number;
	readonly height: number;
	readonly lines: (statement: number) => number;
	readonly section: (statement: number) => {readonly first: number; readonly last: number};
};

export type CursorAction =
	| Exclude<ListAction, {readonly type: 'jump' | 'toggleMark' | 'clearMark'}>
	| {readonly type: 'left' | 'right'}
	| {readonly type: 'nextStatement' | 'previousStatement' | 'nextSection' | 'previousSection'}
	/** Brings a line into the middle if it is out of sight. */
	| {readonly type: 'jump'; readonly to: PlanPlace};

export const initialCursor: PlanCursor = {statement: 1, line: 0, row: 0, left: 0};

const sideStep = 8;
/** Nobody reads further to the side; the statement's own view breaks its lines. */
const mostLeft = 4000;

/** The cursor after an action, always inside the text and with no empty rows that could be filled. */
export function reduceCursor(
	cursor: PlanCursor,
	action: CursorAction,
	shape: PlanShape,
): PlanCursor {
	const fitted = fitCursor(cursor, shape);
	if (shape.count === 0) return fitted;
	const page = Math.max(1, shape.height - 1);
	const half = Math.max(1, Math.floor(shape.height / 2));
	switch (action.type) {
		case 'down':
			return move(fitted, 1, 1, shape);
		case 'up':
			return move(fitted, -1, -1, shape);
		// The text moves under the cursor, so the eye keeps its place.
		case 'pageDown':
			return move(fitted, page, 0, shape);
		case 'pageUp':
			return move(fitted, -page, 0, shape);
		case 'halfDown':
			return move(fitted, half, 0, shape);
		case 'halfUp':
			return move(fitted, -half, 0, shape);
		case 'first':
			return jump(fitted, {statement: 1, line: 0}, shape);
		case 'last':
			return jump(fitted, {statement: shape.count, line: Number.MAX_SAFE_INTEGER}, shape);
		case 'nextStatement':
			return fitted.statement === shape.count
				? fitted
				: jump(fitted, {statement: fitted.statement + 1, line: 0}, shape);
		case 'previousStatement': {
			const {statement, line} = fitted;
			return jump(fitted, {statement: line > 0 ? statement : statement - 1, line: 0}, shape);
		}
		case 'nextSection': {
			const next = shape.section(fitted.statement).last + 1;
			return next > shape.count ? fitted : jump(fitted, {statement: next, line: 0}, shape, 0);
		}
		case 'previousSection': {
			const {first} = shape.section(fitted.statement);
			const isAtStart = fitted.statement === first && fitted.line === 0;
			const to = isAtStart && first > 1 ? shape.section(first - 1).first : first;
			return jump(fitted, {statement: to, line: 0}, shape, 0);
		}
		case 'left':
			return {...fitted, left: Math.max(0, fitted.left - sideStep)};
		case 'right':
			return {...fitted, left: Math.min(mostLeft, fitted.left + sideStep)};
		case 'jump':
			return jump(fitted, action.to, shape);
		default:
			return action satisfies never;
	}
}

/** Brings a cursor into a text or a screen that changed. */
export function fitCursor(cursor: PlanCursor, shape: PlanShape): PlanCursor {
	if (shape.count === 0) return initialCursor;
	const statement = clamp(cursor.statement, 1, shape.count);
	const line = clamp(cursor.line, 0, shape.lines(statement) - 1);
	const place = {statement, line};
	const height = Math.max(1, shape.height);
	const above = countLines(place, -(height - 1), shape);
	const below = countLines(place, height - 1, shape);
	// The window is filled where the text allows it, from the end on and then from the top.
	const lowest = Math.min(above, Math.max(0, height - 1 - below));
	const row = clamp(cursor.row, lowest, Math.min(height - 1, above));
	const isFitted = statement === cursor.statement && line === cursor.line && row === cursor.row;
	return isFitted ? cursor : {...cursor, ...place, row};
}

/** The lines that are drawn, from the top on. */
export function listShown(cursor: PlanCursor, shape: PlanShape): readonly PlanPlace[] {
	if (shape.count === 0) return [];
	const fitted = fitCursor(cursor, shape);
	const shown: PlanPlace[] = [];
	let {place} = walk(fitted, -fitted.row, shape);
	while (shown.length < shape.height) {
		shown.push(place);
		const next = walk(place, 1, shape);
		if (next.walked === 0) break;
		place = next.place;
	}
	return shown;
}

function move(cursor: PlanCursor, lines: number, rows: number, shape: PlanShape): PlanCursor {
	const {place} = walk(cursor, lines, shape);
	return fitCursor({...cursor, ...place, row: cursor.row + rows}, shape);
}

/** @param row Where the line goes; without it the text moves only if the line is out of sight. */
function jump(cursor: PlanCursor, to: PlanPlace, shape: PlanShape, row?: number): PlanCursor {
	const place = {
		statement: clamp(to.statement, 1, shape.count),
		line: clamp(to.line, 0, shape.lines(clamp(to.statement, 1, shape.count)) - 1),
	};
	const shown = listShown(cursor, shape);
	const seen = shown.findIndex((other) => isSamePlace(other, place));
	const target = row ?? (seen === -1 ? Math.floor(shape.height / 3) : seen);
	return fitCursor({...cursor, ...place, row: target}, shape);
}

export function isSamePlace(a: PlanPlace, b: PlanPlace): boolean {
	return a.statement === b.statement && a.line === b.line;
}

/** Goes up to so many lines down, or up when negative, as far as there are lines. */
function walk(
	from: PlanPlace,
	lines: number,
	shape: PlanShape,
): {place: PlanPlace; walked: number} {
	let {statement, line} = from;
	let left = Math.abs(lines);
	while (left > 0) {
		if (lines > 0) {
			const room = shape.lines(statement) - 1 - line;
			const step = Math.min(room, left);
			line += step;
			left -= step;
			if (left === 0 || statement === shape.count) break;
			statement++;
			line = 0;
		} else {
			const step = Math.min(line, left);
			line -= step;
			left -= step;
			if (left === 0 || statement === 1) break;
			statement--;
			line = shape.lines(statement) - 1;
		}
		left--;
	}
	return {place: {statement, line}, walked: Math.abs(lines) - left};
}

function countLines(from: PlanPlace, lines: number, shape: PlanShape): number {
	return walk(from, lines, shape).walked;
}

function clamp(number: number, low: number, high: number): number {
	return Math.max(low, Math.min(high, number));
}
