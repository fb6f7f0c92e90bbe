import {applyPack, type ApplyEvent} from '../../engine/apply/apply-pack.ts';
import {writeReceipt} from '../../engine/apply/write-receipt.ts';
import {openTarget} from '../../engine/open-target.ts';
import {readPack} from '../../engine/pack/read-pack.ts';
import {readPlanSummary} from '../../engine/plan/plan-summary.ts';
import {summariseRun} from '../../engine/summarise-run.ts';
import {DeepDiffError} from '../../model/errors.ts';
import type {Receipt} from '../../model/receipt.ts';
import {writeReport} from '../../report/write-report.ts';
import {progressInterval} from '../hooks/use-throttled.ts';
import type {ApplyMode, TriggerChoice} from '../screens/screen-props.ts';
import {createThrottle} from '../throttle.ts';
import type {OpenRun} from './open-run.ts';
import type {WalkContext} from './walk-context.ts';

/** Rehearses and applies the pack that was written. */
export class PackApplier {
	readonly #context: WalkContext;
	#abort = new AbortController();

	constructor(context: WalkContext) {
		this.#context = context;
	}

	start(run: OpenRun, mode: ApplyMode, triggers: TriggerChoice): void {
		const {pack} = this.#context.state;
		if (pack.kind !== 'written') return;
		this.#context.dispatch({type: 'applyStarted', mode});
		if (this.#context.state.apply.kind !== 'running') return;
		const abort = new AbortController();
		this.#abort = abort;
		this.#context.start(async () => {
			try {
				const receipt = await this.#run(run, pack.paths.sql, {mode, triggers}, abort.signal);
				if (mode === 'rehearse') this.#context.dispatch({type: 'rehearsed', receipt});
				else await this.#file(run, receipt, pack.paths.undoSql);
			} catch (error) {
				this.#context.dispatch({type: 'applyFailed', problem: this.#context.describe(error)});
			}
		});
	}

	/** Everything is rolled back. */
	stop(): void {
		this.#context.dispatch({type: 'applyStopping'});
		this.#abort.abort();
	}

	async #run(
		{session, store}: OpenRun,
		path: string,
		{mode, triggers}: {readonly mode: ApplyMode; readonly triggers: TriggerChoice},
		signal: AbortSignal,
	): Promise<Receipt> {
		const throttle = createThrottle(
			(event: ApplyEvent) => this.#context.dispatch({type: 'applyProgressed', event}),
			progressInterval,
		);
		const pack = await readPack(path, {signal});
		const {connection} = await openTarget(session.prod.settings, signal);
		try {
			const applying = applyPack({
				pack,
				connection,
				mode,
				triggers,
				allow: this.#context.state.allowed,
				signal,
				store,
			});
			for (;;) {
				const {value, done} = await applying.next();
				if (done) return value;
				throttle.push(value);
			}
		} finally {
			throttle.cancel();
			await connection.close();
		}
	}

	/** It is committed: whatever can't be written now must not look like a failure. */
	async #file(run: OpenRun, receipt: Receipt, undo: string): Promise<void> {
		const {store, folder} = run;
		const receiptFile = await this.#tryToWrite(async () => writeReceipt(receipt, folder));
		const report = await this.#tryToWrite(
			async () =>
				(
					await writeReport(folder, {
						receipt,
						comparison: summariseRun(store),
						plan: readPlanSummary(store),
						decisions: store.decisions.list().filter(({isUndone}) => !isUndone),
					})
				).html,
		);
		this.#context.dispatch({
			type: 'applied',
			receipt,
			paths: {receipt: receiptFile, undo: receipt.undo === null ? null : undo, report},
		});
	}

	async #tryToWrite(write: () => Promise<string>): Promise<string | null> {
		try {
			return await write();
		} catch (error) {
			if (!(error instanceof DeepDiffError)) throw error;
			const {message} = this.#context.describe(error);
			const text = `Everything was applied, but not all files could be written: ${message}`;
			this.#context.dispatch({type: 'said', message: {kind: 'warning', text}});
			return null;
		}
	}
}
