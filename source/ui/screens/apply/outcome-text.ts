import type {Receipt} from '../../../model/receipt.ts';
import {describeReceipt} from '../../../report/receipt-text.ts';
import type {Spans} from '../../../report/spans.ts';
import type {ApplyState, TriggerChoice} from '../screen-props.ts';
import {triggerWords} from './intent-text.ts';

type Of<K extends ApplyState['kind']> = Extract<ApplyState, {readonly kind: K}>;

/** @param triggers What is chosen now; the rehearsal may have been with something else. */
export function describeRehearsal(receipt: Receipt, triggers: TriggerChoice): Spans[] {
	return [
		...describeReceipt(receipt),
		[],
		[{text: 'Nothing was changed.', tone: 'strong'}],
		...(receipt.triggers === triggers
			? []
			: [[{text: 'Since then you chose otherwise about triggers.', tone: 'warning' as const}]]),
		[{text: `Triggers (t): ${triggerWords[triggers]}.`}],
		[],
		[{text: 'a applies it for real; r rehearses again.'}],
	];
}

/** What was done, where it is written down, and how it is taken back. */
export function describeApplied({receipt, paths}: Of<'applied'>): Spans[] {
	return [
		...describeReceipt(receipt),
		[],
		...(paths.receipt === null
			? [[{text: 'The receipt could not be written.', tone: 'warning' as const}]]
			: [[{text: 'Receipt  ', tone: 'muted' as const}, {text: paths.receipt}]]),
		...(paths.report === null
			? []
			: [[{text: 'Report   ', tone: 'muted' as const}, {text: paths.report}]]),
		...(paths.undo === null
			? [[{text: 'Nothing of it can be undone: there is no undo pack.', tone: 'warning' as const}]]
			: [
					[{text: 'Undo     ', tone: 'muted' as const}, {text: paths.undo}],
					[],
					[{text: 'To take it all back:'}],
					[{text: `deepdiff-db undo ${quoteForShell(paths.undo)}`, tone: 'accent' as const}],
				]),
		[],
		[{text: 'enter leaves the program.'}],
	];
}

/** What failed, why, and what can be done next. */
export function describeFailure({mode, problem}: Of<'failed'>, triggers: TriggerChoice): Spans[] {
	const what = mode === 'rehearse' ? 'The rehearsal failed.' : 'Applying it failed.';
	// The engine speaks to the command line too; here a key does what its option does.
	const isAboutTriggers = /--triggers/.test(problem.hint);
	return [
		[{text: what, tone: 'danger'}],
		[],
		...splitLines(problem.message).map((text): Spans => [{text}]),
		...splitLines(problem.hint).map((text): Spans => [{text, tone: 'accent'}]),
		[],
		[
			{text: 'Triggers (t): ', tone: isAboutTriggers ? 'warning' : 'plain'},
			{text: `${triggerWords[triggers]}.`},
		],
		[{text: 'If prod has changed since it was read: 3 scans it again, 4 shows the differences.'}],
		[{text: 'r rehearses again, a applies, esc goes back to the plan.'}],
	];
}

function splitLines(text: string): string[] {
	return text === '' ? [] : text.split(/\r\n|\r|\n/);
}

/** A path as a shell takes it, however it is named. */
export function quoteForShell(path: string): string {
	return /^[\w./~+,:@%-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
