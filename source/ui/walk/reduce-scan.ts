import {withoutPlan} from './reduce-plan.ts';
import type {ScanEvent} from './walk-event.ts';
import type {WalkState} from './walk-state.ts';

/** Tables are chosen and compared. */
export function reduceScan(state: WalkState, event: ScanEvent): WalkState {
	if (state.run.kind !== 'open') return state;
	const {scan} = state;
	switch (event.type) {
		case 'tablesChosen':
			// Another choice of tables is another comparison: a plan of the one before is stale.
			if (!canChooseTables(state) || state.step !== 'scan') return state;
			return {...withoutPlan(state), tables: event.tables, scan: {kind: 'choosing'}, meter: null};
		case 'scanStarted': {
			const canStart = canChooseTables(state) && scan.kind !== 'done';
			if (!canStart || state.step !== 'scan') return state;
			return {
				...withoutPlan(state),
				scan: {kind: 'running', isPaused: false, isStopping: false, trouble: null},
				meter: null,
			};
		}
		case 'scanProgressed': {
			if (scan.kind !== 'running') return state;
			const {trouble, tables} = event.progress;
			return {...state, tables, meter: event.progress, scan: {...scan, trouble}};
		}
		case 'scanPaused':
			if (scan.kind !== 'running' || scan.isStopping) return state;
			return {...state, scan: {...scan, isPaused: event.isPaused}};
		case 'scanStopping':
			if (scan.kind !== 'running') return state;
			return {...state, scan: {...scan, isPaused: false, isStopping: true}};
		case 'scanEnded': {
			if (scan.kind !== 'running') return state;
			const {isComplete, changedMeanwhile, notes, settled, tables} = event;
			return {
				...state,
				tables,
				// What was said while it ran (that it runs, mostly) is no longer so.
				message: undefined,
				scan: isComplete ? {kind: 'done', changedMeanwhile, notes, settled} : {kind: 'stopped'},
			};
		}
		case 'scanFailed': {
			const isExpected = scan.kind === 'running' || (scan.kind === 'failed' && scan.isRetrying);
			if (!isExpected) return state;
			const {problem, remedy} = event;
			return {...state, scan: {kind: 'failed', problem, remedy, isRetrying: false}};
		}
		case 'scanRetrying':
			return scan.kind === 'failed' ? {...state, scan: {...scan, isRetrying: true}} : state;
		default:
			return event satisfies never;
	}
}

/** Not while something works on the run, nor once it was applied. */
export function canChooseTables({scan, plan, pack, apply}: WalkState): boolean {
	const isBusy =
		scan.kind === 'running' ||
		plan.kind === 'making' ||
		pack.kind === 'writing' ||
		apply.kind === 'running';
	return !isBusy && apply.kind !== 'applied';
}
