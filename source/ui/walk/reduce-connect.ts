import type {Side} from '../../config/config.ts';
import {findObstacle} from './find-obstacle.ts';
import type {RunEvent, SideEvent} from './walk-event.ts';
import type {SideState, WalkState} from './walk-state.ts';

/** Databases are named, opened or not, counted. */
export function reduceSide(state: WalkState, event: SideEvent): WalkState {
	const {side} = event;
	const before = state.sides[side];
	switch (event.type) {
		case 'sideNamed':
			// What is open belongs to the run: it is closed first.
			if (state.run.kind !== 'none') return state;
			return {
				...setSide(state, side, {
					kind: 'connecting',
					name: event.name,
					address: event.address,
					isLocked: false,
				}),
				offers: [],
				runProblem: null,
			};
		case 'sideOpened': {
			if (before.kind !== 'connecting') return state;
			const {name, address} = before;
			const {facts} = event;
			return setSide(state, side, {kind: 'open', name, address, facts, rows: 0, isCounted: false});
		}
		case 'sideFailed': {
			// Also one that was open: it may turn out to be the other side's database.
			if (before.kind === 'none' || state.run.kind !== 'none') return state;
			const {name, address} = before;
			return {
				...setSide(state, side, {kind: 'failed', name, address, problem: event.problem}),
				offers: [],
			};
		}
		case 'sideLocked':
			if (before.kind !== 'connecting') return state;
			return setSide(state, side, {...before, isLocked: true});
		case 'sideDropped':
			if (state.run.kind !== 'none') return state;
			return {...setSide(state, side, {kind: 'none'}), offers: [], runProblem: null};
		case 'rowsCounted':
			if (before.kind !== 'open') return state;
			return setSide(state, side, {...before, rows: event.rows, isCounted: event.isComplete});
		default:
			return event satisfies never;
	}
}

/** Runs are offered, taken, refused, put away. */
export function reduceRun(state: WalkState, event: RunEvent): WalkState {
	switch (event.type) {
		case 'runsFound':
			return state.run.kind === 'none'
				? {...state, offers: event.offers, offeredAt: event.at}
				: state;
		case 'runOpening':
			if (!canOpenRun(state)) return state;
			return {...state, run: {kind: 'opening'}, runProblem: null};
		case 'runOpened': {
			if (state.run.kind !== 'opening') return state;
			const {id, origin, changes, tables, isCompared, step} = event;
			const opened: WalkState = {
				...forgetRun(state),
				message: undefined,
				run: {kind: 'open', id, origin},
				changes,
				tables,
				scan: isCompared ? compared : {kind: 'choosing'},
			};
			return findObstacle(opened, step) === undefined ? {...opened, step} : opened;
		}
		case 'runRefused':
			if (state.run.kind !== 'opening') return state;
			return {...state, run: {kind: 'none'}, runProblem: event.problem};
		case 'runClosed': {
			const isBusy = state.scan.kind === 'running' || state.apply.kind === 'running';
			if (state.run.kind !== 'open' || isBusy) return state;
			return {...forgetRun(state), step: 'connect'};
		}
		case 'changesChosen':
			return state.run.kind === 'open' ? {...state, changes: event.changes} : state;
		default:
			return event satisfies never;
	}
}

/** Both databases are open, and so is the base where there is one. */
export function canOpenRun({sides, run}: Pick<WalkState, 'sides' | 'run'>): boolean {
	const {prod, dev, base} = sides;
	const hasBase = base.kind === 'open' || base.kind === 'none';
	return run.kind === 'none' && prod.kind === 'open' && dev.kind === 'open' && hasBase;
}

const compared = {kind: 'done', changedMeanwhile: false, notes: [], settled: 0} as const;

function setSide(state: WalkState, side: Side, next: SideState): WalkState {
	return {...state, sides: {...state.sides, [side]: next}};
}

function forgetRun(state: WalkState): WalkState {
	return {
		...state,
		run: {kind: 'none'},
		runProblem: null,
		changes: [],
		tables: [],
		scan: {kind: 'choosing'},
		meter: null,
		plan: {kind: 'none'},
		pack: {kind: 'not written'},
		apply: {kind: 'ready'},
	};
}
