import type {StepId} from '../components/steps.ts';
import type {WalkState} from './walk-state.ts';

/** Why a step can't be entered now, as one sentence; undefined when it can. */
export function findObstacle(state: WalkState, step: StepId): string | undefined {
	if (step === state.step) return undefined;
	if (state.isEnding) return 'The program is ending.';
	if (state.scan.kind === 'running') {
		return 'The scan is running: stop it first with x; what was compared is kept.';
	}
	if (state.apply.kind === 'running') {
		return 'The target is being worked on: wait, or stop it with x; then everything is rolled back.';
	}
	if (step === 'connect') return undefined;
	if (state.run.kind !== 'open') return explainMissingRun(state);
	if (state.apply.kind === 'applied' && step !== 'apply') {
		return 'This run was applied. To see what still differs, start a new one from Connect (1).';
	}
	switch (step) {
		case 'structure':
		case 'scan':
			return undefined;
		case 'differences':
		case 'conflicts':
			return hasCompared(state) ? undefined : 'No rows were compared yet: start the scan first.';
		case 'plan':
			return state.scan.kind === 'done' ? undefined : explainUnfinishedScan(state);
		case 'apply':
			return explainMissingPack(state);
		default:
			return step satisfies never;
	}
}

/** Whether there is anything to look at, be it only of some tables. */
export function hasCompared({scan, tables}: Pick<WalkState, 'scan' | 'tables'>): boolean {
	return scan.kind === 'done' || tables.some(({prodRows, devRows}) => prodRows + devRows > 0);
}

function explainMissingRun({sides, run}: WalkState): string {
	if (run.kind === 'opening') return 'The run is being opened.';
	for (const side of ['prod', 'dev'] as const) {
		if (sides[side].kind === 'none') return `Name ${side} first: press enter on it.`;
		if (sides[side].kind === 'connecting') return `Still connecting to ${side}.`;
		if (sides[side].kind === 'failed') return `${side} is not open: correct it, or try again.`;
	}
	if (sides.base.kind === 'failed') return 'base is not open: correct it, or try again.';
	return 'Continue a run or start a new one first.';
}

function explainUnfinishedScan({scan}: WalkState): string {
	return scan.kind === 'choosing'
		? 'Compare the rows first: a plan needs all of them.'
		: 'The scan is not finished: go on with it, or leave out the tables that are left.';
}

function explainMissingPack({scan, plan, pack}: WalkState): string | undefined {
	if (scan.kind !== 'done') return 'There is no plan yet: compare the rows first.';
	if (plan.kind === 'making') return 'The plan is being made.';
	if (plan.kind !== 'ready') return 'There is no plan yet: make it first (6).';
	if (pack.kind === 'writing') return 'The pack is being written.';
	return pack.kind === 'written' ? undefined : 'The plan is not written yet: go on from Plan (6).';
}
