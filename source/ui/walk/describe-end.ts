import type {Side} from '../../config/config.ts';
import type {ExitCode} from '../../model/errors.ts';
import {makeSafe} from '../../report/safe-text.ts';
import {hasCompared} from './find-obstacle.ts';
import type {WalkState} from './walk-state.ts';

/** How the walk ended. */
export type WalkEnd = {
	readonly exitCode: ExitCode;
	readonly state: WalkState;
	/** Databases that were typed in, which the next start can't know. */
	readonly typed: readonly Side[];
};

/**
What stays on the terminal after the walk: which run is kept and how to go on with it.
Empty when there is nothing to go on with.
*/
export function describeEnd({state, typed}: WalkEnd, command: string): string {
	const {run, apply, sides} = state;
	if (run.kind !== 'open') return '';
	const names = [sides.prod, sides.dev].map((side) => ('name' in side ? makeSafe(side.name) : ''));
	if (apply.kind === 'applied') {
		const {receipt, undo} = apply.paths;
		return [
			`Run ${run.id} was applied to ${names[0] ?? ''}.`,
			...(receipt === null ? [] : [`Receipt: ${receipt}`]),
			...(undo === null ? [] : [`Undo with: deepdiff-db undo ${quote(undo)}`]),
			'',
		].join('\n');
	}
	const flags = typed.flatMap((side) => {
		const open = sides[side];
		return 'address' in open ? [`--${side} ${quote(open.address)}`] : [];
	});
	// What was typed in the walk stands for what the command line named before.
	const start = typed.reduce(
		(text, side) => text.replace(new RegExp(` --${side} (?:'[^']*'|\\S+)`), ''),
		command,
	);
	const again = [start, ...flags, `--run ${run.id}`].join(' ');
	return [
		`Run ${run.id} kept (${names.join(' → ')}: ${describeStand(state)}).`,
		`Continue with: ${again}`,
		'',
	].join('\n');
}

function describeStand(state: WalkEnd['state']): string {
	if (state.plan.kind === 'ready') return 'planned';
	if (state.scan.kind === 'done') return 'compared';
	return hasCompared(state) ? 'partly compared' : 'rows not compared yet';
}

/** For a shell: as it is where nothing in it is special. */
function quote(text: string): string {
	const safe = makeSafe(text);
	return /^[\w@%+=:,./-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", String.raw`'\''`)}'`;
}
