import type {AllowKind} from '../../../model/schema-change.ts';
import type {LineSource} from '../../../report/cell-text.ts';
import {
	reduceList,
	initialListState,
	type ListAction,
	type ListState,
} from '../../components/list-state.ts';
import {
	initialScrollTextState,
	reduceScrollText,
	type ScrollTextAction,
	type ScrollTextState,
} from '../../components/scroll-text-state.ts';
import {
	reduceTextField,
	startTextField,
	type TextFieldAction,
	type TextFieldState,
} from '../../components/text-field-state.ts';
import {findInPlan} from './find-in-plan.ts';
import {
	fitCursor,
	initialCursor,
	reduceCursor,
	type CursorAction,
	type PlanCursor,
	type PlanPlace,
	type PlanShape,
} from './plan-cursor.ts';
import type {PlanDocument} from './plan-document.ts';

/** `sql` is the plan itself; the others stand over it and `esc` closes them. */
export type PlanView = 'sql' | 'statement' | 'overview' | 'gates';

export type PlanScreenState = {
	readonly view: PlanView;
	readonly cursor: PlanCursor;
	/** The search field, while it is open. */
	readonly field: TextFieldState | undefined;
	/** What is looked for in the plan; empty when nothing is. */
	readonly query: string;
	readonly match: PlanMatch;
	/** Of the statement or the overview, whichever is open. */
	readonly text: ScrollTextState;
	readonly gates: ListState;
};

export type PlanMatch =
	| {readonly kind: 'none'}
	| {readonly kind: 'missing'}
	| {readonly kind: 'found'; readonly at: PlanPlace}
	/** Looked through up to `next` without a match; it began at `from`. */
	| {
			readonly kind: 'stopped';
			readonly from: PlanPlace;
			readonly next: number;
			readonly step: 1 | -1;
	  };

export type PlanCommand =
	| CursorAction
	| {readonly type: 'open'; readonly view: Exclude<PlanView, 'sql'>}
	| {readonly type: 'close'}
	| {readonly type: 'openSearch'}
	| {readonly type: 'field'; readonly action: TextFieldAction}
	| {readonly type: 'search'; readonly query: string}
	| {readonly type: 'closeSearch'}
	| {readonly type: 'nextMatch' | 'previousMatch'}
	| {readonly type: 'text'; readonly action: ScrollTextAction}
	| {readonly type: 'gates'; readonly action: ListAction};

/** What the state is over: the plan and the room that it is drawn on. */
export type PlanContext = {
	readonly document: PlanDocument;
	/** Rows for the plan's lines. */
	readonly height: number;
	/** The open text's lines, and the room for them. */
	readonly source: LineSource;
	readonly textHeight: number;
	readonly width: number;
	readonly gates: number;
};

export const initialPlanState: PlanScreenState = {
	view: 'sql',
	cursor: initialCursor,
	field: undefined,
	query: '',
	match: {kind: 'none'},
	text: initialScrollTextState,
	gates: initialListState,
};

/** A destructive kind with what it holds back or lets run. */
export type Gate = {
	readonly kind: AllowKind;
	readonly isOpen: boolean;
	readonly commented: number;
	/** Above 0 also while it is closed: changes of the structure are opened one by one too. */
	readonly running: number;
};

export function reducePlanScreen(
	state: PlanScreenState,
	command: PlanCommand,
	context: PlanContext,
): PlanScreenState {
	switch (command.type) {
		case 'open':
			return {...state, view: command.view, text: initialScrollTextState, field: undefined};
		case 'close':
			return {...state, view: 'sql', field: undefined};
		case 'openSearch':
			return {...state, field: startTextField()};
		case 'closeSearch':
			return {...state, field: undefined};
		case 'field':
			return state.field === undefined
				? state
				: {...state, field: reduceTextField(state.field, command.action)};
		case 'search':
			return search({...state, field: undefined}, command.query, context);
		case 'nextMatch':
			return look(state, 1, context);
		case 'previousMatch':
			return look(state, -1, context);
		case 'text': {
			const view = {source: context.source, height: context.textHeight, width: context.width};
			return {...state, text: reduceScrollText(state.text, command.action, view)};
		}
		case 'gates': {
			const bounds = {count: context.gates, height: context.textHeight};
			return {...state, gates: reduceList(state.gates, command.action, bounds)};
		}
		case 'down':
		case 'up':
		case 'pageDown':
		case 'pageUp':
		case 'halfDown':
		case 'halfUp':
		case 'first':
		case 'last':
		case 'left':
		case 'right':
		case 'nextStatement':
		case 'previousStatement':
		case 'nextSection':
		case 'previousSection':
		case 'jump':
			return {...state, cursor: reduceCursor(state.cursor, command, shapeOf(context))};
		default:
			return command satisfies never;
	}
}

/** The plan's text as its cursor sees it. */
export function shapeOf({document, height}: Pick<PlanContext, 'document' | 'height'>): PlanShape {
	return {
		count: document.count,
		height,
		lines: (statement) => document.block(statement)?.count ?? 1,
		section: (statement) => document.section(statement),
	};
}

/** An empty search forgets the one before it. */
function search(state: PlanScreenState, query: string, context: PlanContext): PlanScreenState {
	if (state.view !== 'sql') {
		const action: ScrollTextAction = query === '' ? {type: 'clearSearch'} : {type: 'search', query};
		return reducePlanScreen(state, {type: 'text', action}, context);
	}
	if (query === '') return {...state, query, match: {kind: 'none'}};
	// From the line under the cursor on, this line included.
	const {statement, line} = fitCursor(state.cursor, shapeOf(context));
	return show({...state, query}, {statement, line: line - 1}, 1, undefined, context);
}

function look(state: PlanScreenState, step: 1 | -1, context: PlanContext): PlanScreenState {
	if (state.view !== 'sql') {
		const type = step === 1 ? 'nextMatch' : 'previousMatch';
		return reducePlanScreen(state, {type: 'text', action: {type}}, context);
	}
	if (state.query === '') return state;
	const {match} = state;
	const isResumed = match.kind === 'stopped' && match.step === step;
	const {statement, line} = isResumed ? match.from : fitCursor(state.cursor, shapeOf(context));
	return show(state, {statement, line}, step, isResumed ? match.next : undefined, context);
}

function show(
	state: PlanScreenState,
	from: PlanPlace,
	step: 1 | -1,
	resumed: number | undefined,
	context: PlanContext,
): PlanScreenState {
	const result = findInPlan(context.document, state.query, {from, step, resumed});
	switch (result.kind) {
		case 'found': {
			const {at} = result;
			const cursor = reduceCursor(state.cursor, {type: 'jump', to: at}, shapeOf(context));
			return {...state, match: {kind: 'found', at}, cursor};
		}
		case 'stopped':
			return {...state, match: {kind: 'stopped', from, next: result.next, step}};
		case 'missing':
			return {...state, match: {kind: 'missing'}};
		default:
			return result satisfies never;
	}
}
