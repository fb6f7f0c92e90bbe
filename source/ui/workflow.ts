import type {AllowKind} from '../model/schema-change.ts';
import {findObstacle} from './walk/find-obstacle.ts';
import {reduceApply, reducePlan} from './walk/reduce-plan.ts';
import {reduceRun, reduceSide} from './walk/reduce-connect.ts';
import {reduceScan} from './walk/reduce-scan.ts';
import type {WalkEvent} from './walk/walk-event.ts';
import type {WalkState} from './walk/walk-state.ts';

/** The walk before anything was connected. */
export function startWalk(allowed: ReadonlySet<AllowKind>): WalkState {
	return {
		step: 'connect',
		sides: {prod: {kind: 'none'}, dev: {kind: 'none'}, base: {kind: 'none'}},
		offers: [],
		offeredAt: 0,
		run: {kind: 'none'},
		runProblem: null,
		changes: [],
		tables: [],
		scan: {kind: 'choosing'},
		meter: null,
		allowed,
		plan: {kind: 'none'},
		pack: {kind: 'not written'},
		apply: {kind: 'ready'},
		message: undefined,
		isEnding: false,
	};
}

/**
The whole walk, from what happened. An event that does not fit where the walk stands (a
step's answer that came after the person had gone on) changes nothing.
*/
export function reduceWalk(state: WalkState, event: WalkEvent): WalkState {
	switch (event.type) {
		case 'sideNamed':
		case 'sideOpened':
		case 'sideFailed':
		case 'sideLocked':
		case 'sideDropped':
		case 'rowsCounted':
			return reduceSide(state, event);
		case 'runsFound':
		case 'runOpening':
		case 'runOpened':
		case 'runRefused':
		case 'runClosed':
		case 'changesChosen':
			return reduceRun(state, event);
		case 'tablesChosen':
		case 'scanStarted':
		case 'scanProgressed':
		case 'scanPaused':
		case 'scanStopping':
		case 'scanEnded':
		case 'scanFailed':
		case 'scanRetrying':
			return reduceScan(state, event);
		case 'kindAllowed':
		case 'planStarted':
		case 'planProgressed':
		case 'planMade':
		case 'planFailed':
		case 'planDropped':
		case 'packWriting':
		case 'packWritten':
		case 'packFailed':
			return reducePlan(state, event);
		case 'applyStarted':
		case 'applyProgressed':
		case 'applyStopping':
		case 'rehearsed':
		case 'applied':
		case 'applyFailed':
			return reduceApply(state, event);
		case 'stepEntered':
			return findObstacle(state, event.step) === undefined ? {...state, step: event.step} : state;
		case 'said':
			return {...state, message: event.message};
		case 'messageRead':
			return state.message === undefined ? state : {...state, message: undefined};
		case 'ending':
			return {...state, isEnding: true};
		default:
			return event satisfies never;
	}
}
