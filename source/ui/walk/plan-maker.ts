import {countConflicts} from '../../engine/resolve.ts';
import {describePack} from '../../engine/pack/describe-pack.ts';
import {writePack} from '../../engine/pack/write-pack.ts';
import {makePlan, type PlanProgress} from '../../engine/plan/make-plan.ts';
import {InterruptedError, UnresolvedError} from '../../model/errors.ts';
import {progressInterval} from '../hooks/use-throttled.ts';
import {createThrottle} from '../throttle.ts';
import type {OpenRun} from './open-run.ts';
import type {WalkContext} from './walk-context.ts';

/** Makes the plan of the open run and writes its pack. */
export class PlanMaker {
	readonly #context: WalkContext;
	#abort = new AbortController();
	/** The one under way: a plan is written in pieces, so the next one waits for its end. */
	#making: Promise<void> = Promise.resolve();
	/** What the plan was made of. */
	#basis = '';

	constructor(context: WalkContext) {
		this.#context = context;
	}

	/** Forgets a plan that no longer says what was chosen and decided. */
	dropStale(run: OpenRun): void {
		const {plan} = this.#context.state;
		if (plan.kind === 'none' || plan.kind === 'making') return;
		if (this.#basis !== this.#readBasis(run)) this.#context.dispatch({type: 'planDropped'});
	}

	make(run: OpenRun): void {
		this.stop();
		this.#context.dispatch({type: 'planStarted'});
		if (this.#context.state.plan.kind !== 'making') return;
		const abort = new AbortController();
		this.#abort = abort;
		this.#basis = this.#readBasis(run);
		const before = this.#making;
		this.#context.start(async () => {
			this.#making = before.then(async () =>
				abort.signal.aborted ? undefined : this.#make(run, abort.signal),
			);
			await this.#making;
		});
	}

	/** Ends making a plan, if one is being made. */
	stop(): void {
		this.#abort.abort();
		if (this.#context.state.plan.kind === 'making') this.#context.dispatch({type: 'planDropped'});
	}

	/** Writes the pack of the plan that is ready. */
	async write(run: OpenRun): Promise<void> {
		this.#context.dispatch({type: 'packWriting'});
		if (this.#context.state.pack.kind !== 'writing') return;
		try {
			const paths = await writePack(
				run.store,
				run.folder,
				describePack(run.session, new Date().toISOString()),
				{signal: this.#abort.signal},
			);
			this.#context.dispatch({type: 'packWritten', paths});
		} catch (error) {
			this.#context.dispatch({type: 'packFailed', problem: this.#context.describe(error)});
		}
	}

	async #make({session, store}: OpenRun, signal: AbortSignal): Promise<void> {
		const throttle = createThrottle(
			(progress: PlanProgress) => this.#context.dispatch({type: 'planProgressed', progress}),
			progressInterval,
		);
		try {
			const making = makePlan({
				dialect: session.dialect,
				prodCatalog: session.prod.catalog,
				devCatalog: session.devStructure,
				store,
				allow: this.#context.state.allowed,
				signal,
			});
			for (;;) {
				const {value, done} = await making.next();
				if (signal.aborted) return;
				if (!done) {
					throttle.push(value);
					continue;
				}
				throttle.flush();
				this.#context.dispatch({type: 'planMade', summary: value});
				return;
			}
		} catch (error) {
			// Whoever stopped it has gone on to something else.
			if (error instanceof InterruptedError && signal.aborted) return;
			const {conflicts, resolved} = countConflicts(store);
			this.#context.dispatch({
				type: 'planFailed',
				problem: this.#context.describe(error),
				unresolved: error instanceof UnresolvedError ? conflicts - resolved : 0,
			});
		} finally {
			throttle.cancel();
		}
	}

	/** Everything that a plan depends on and that a person can change in the walk. */
	#readBasis({store}: OpenRun): string {
		return JSON.stringify([
			store.decisions.list().map(({number, isUndone}) => (isUndone ? -number : number)),
			store.schema.list().map(({change, chosen, allowed}) => [change.id, chosen, allowed]),
			store.scan.listTables().map(({name, status}) => [name, status]),
			[...this.#context.state.allowed].sort(),
		]);
	}
}
