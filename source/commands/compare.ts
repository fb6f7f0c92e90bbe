import {
	compareRun,
	takeRun,
	type ComparisonResult,
	type TakeOptions,
} from '../engine/compare-run.ts';
import {ScanControl} from '../engine/scan/scan-control.ts';
import type {Session} from '../engine/session.ts';
import {InterruptedError} from '../model/errors.ts';
import {formatCount} from '../report/number-text.ts';
import type {HeldRun} from '../store/run-directory.ts';
import type {CommandContext} from './context.ts';
import {note, warn} from './print.ts';
import {ScanDisplay} from './scan-display.ts';
import {suggest} from './suggest.ts';

/**
Takes up or makes the run of a session and tells which. Whoever asked closes it.

@throws {UsageError | SchemaChangedError | LockedError | StoreError} See takeRun.
*/
export async function takeRunAloud(
	context: CommandContext,
	session: Session,
	options: TakeOptions,
): Promise<HeldRun> {
	const {run, origin, passedOver} = takeRun(session, options);
	const {id} = run.store.identity;
	if (passedOver) {
		await warn(
			context,
			`The unfinished run ${passedOver.id} is left as it is: ${passedOver.reason}. A new run begins.`,
		);
	}
	await note(
		context,
		origin === 'continued' ? `Run ${id} is taken up where it stood.` : `Run ${id}`,
	);
	return run;
}

/**
Compares the rows of a run with progress on stderr.

@throws {InterruptedError} After a signal, when the segments under way are on disk.
*/
export async function compareAloud(
	context: CommandContext,
	session: Session,
	{store}: HeldRun,
): Promise<ComparisonResult> {
	const control = new ScanControl();
	const stop = () => control.stop();
	context.signal.addEventListener('abort', stop);
	if (context.signal.aborted) stop();
	const display = new ScanDisplay(context);
	try {
		const steps = compareRun(session, store, control, {
			patience: session.config.performance.reconnectSeconds * 1000,
		});
		let step = await steps.next();
		while (!step.done) {
			await display.show(step.value);
			step = await steps.next();
		}
		await display.end();
		const result = step.value;
		if (result.status === 'stopped') throw explainInterruption(context, store.identity.id, result);
		for (const note of result.notes) await warn(context, note);
		if (result.changedMeanwhile) {
			await warn(
				context,
				'A database was written to while it was compared: rows that were read before may differ by now.',
			);
		}
		return result;
	} finally {
		await display.end();
		context.signal.removeEventListener('abort', stop);
	}
}

function explainInterruption(
	context: CommandContext,
	id: string,
	{tables}: ComparisonResult,
): InterruptedError {
	const done = tables.reduce((sum, table) => sum + Math.max(table.prodRows, table.devRows), 0);
	return new InterruptedError(
		`Interrupted. Run ${id} keeps what was compared so far (${formatCount(done)} rows).`,
		{hint: `Continue with: ${suggest(context, 'diff')}`},
	);
}
