import type {ApplyWalkEvent, PlanEvent} from './walk-event.ts';
import type {WalkState} from './walk-state.ts';

/** The plan is made, gated, written. */
export function reducePlan(state: WalkState, event: PlanEvent): WalkState {
	const {plan, pack, apply} = state;
	switch (event.type) {
		case 'kindAllowed': {
			const allowed = new Set(state.allowed);
			if (event.isAllowed) allowed.add(event.kind);
			else allowed.delete(event.kind);
			return {...state, allowed};
		}
		case 'planStarted': {
			const isBusy = pack.kind === 'writing' || apply.kind === 'running';
			if (state.step !== 'plan' || isBusy) return state;
			return {...withoutPlan(state), plan: {kind: 'making', progress: null}};
		}
		case 'planProgressed':
			if (plan.kind !== 'making') return state;
			return {...state, plan: {kind: 'making', progress: event.progress}};
		case 'planMade':
			if (plan.kind !== 'making') return state;
			return {...state, plan: {kind: 'ready', summary: event.summary}};
		case 'planFailed': {
			if (plan.kind !== 'making') return state;
			const {problem, unresolved} = event;
			return {...state, plan: {kind: 'failed', problem, unresolved}};
		}
		case 'planDropped':
			// Where the pack is being used, it is no longer the plan that counts.
			if (apply.kind === 'running' || apply.kind === 'applied' || state.step === 'apply')
				return state;
			return withoutPlan(state);
		case 'packWriting':
			if (plan.kind !== 'ready' || apply.kind === 'running') return state;
			if (state.step === 'apply') return state;
			return {...state, pack: {kind: 'writing'}};
		case 'packWritten':
			return pack.kind === 'writing'
				? {...state, pack: {kind: 'written', paths: event.paths}}
				: state;
		case 'packFailed':
			return pack.kind === 'writing'
				? {...state, pack: {kind: 'failed', problem: event.problem}}
				: state;
		default:
			return event satisfies never;
	}
}

/** The pack is rehearsed and applied. */
export function reduceApply(state: WalkState, event: ApplyWalkEvent): WalkState {
	const {apply} = state;
	switch (event.type) {
		case 'applyStarted':
			if (state.step !== 'apply' || apply.kind === 'running' || apply.kind === 'applied') {
				return state;
			}
			return {...state, apply: {kind: 'running', mode: event.mode, event: null, isStopping: false}};
		case 'applyProgressed':
			if (apply.kind !== 'running') return state;
			return {...state, apply: {...apply, event: event.event}};
		case 'applyStopping':
			return apply.kind === 'running' ? {...state, apply: {...apply, isStopping: true}} : state;
		case 'rehearsed':
			if (apply.kind !== 'running' || apply.mode !== 'rehearse') return state;
			return {...state, apply: {kind: 'rehearsed', receipt: event.receipt}};
		case 'applied': {
			if (apply.kind !== 'running' || apply.mode !== 'apply') return state;
			const {receipt, paths} = event;
			return {...state, apply: {kind: 'applied', receipt, paths}};
		}
		case 'applyFailed':
			if (apply.kind !== 'running') return state;
			return {...state, apply: {kind: 'failed', mode: apply.mode, problem: event.problem}};
		default:
			return event satisfies never;
	}
}

/** A plan that no longer says what was chosen takes its pack and its rehearsal with it. */
export function withoutPlan(state: WalkState): WalkState {
	return {
		...state,
		plan: {kind: 'none'},
		pack: {kind: 'not written'},
		apply: {kind: 'ready'},
	};
}
