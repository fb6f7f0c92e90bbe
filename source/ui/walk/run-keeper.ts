import {isCompared, type TakeOptions} from '../../engine/compare-run.ts';
import {countConflicts} from '../../engine/resolve.ts';
import {SchemaChangedError} from '../../model/errors.ts';
import {allowKinds} from '../../model/schema-change.ts';
import type {ApplyOutcome} from '../../engine/apply/settle-interrupted.ts';
import type {RunStore} from '../../store/run-store.ts';
import type {StepId} from '../components/steps.ts';
import {recallAllowed} from './allowed-kinds.ts';
import {listTables, openRun, type OpenRun} from './open-run.ts';
import type {Message, Problem} from '../screens/screen-props.ts';
import {settleApply} from './settle-apply.ts';
import type {Sides} from './sides.ts';
import type {WalkContext} from './walk-context.ts';

/** Opens runs and puts them away; at most one is open. */
export class RunKeeper {
	readonly #context: WalkContext;
	readonly #sides: Sides;
	#run: OpenRun | null = null;

	constructor(context: WalkContext, sides: Sides) {
		this.#context = context;
		this.#sides = sides;
	}

	/** Null: none is open. */
	get current(): OpenRun | null {
		return this.#run;
	}

	/** Takes up a stored run, or makes a new one, and goes to where it stands. */
	open(options: TakeOptions): void {
		this.#context.dispatch({type: 'runOpening'});
		if (this.#context.state.run.kind !== 'opening') return;
		this.#context.start(async () => {
			try {
				const session = await this.#sides.assemble();
				const outcome =
					options.runId === undefined ? null : await settleApply(session, options.runId);
				if (outcome === 'committed') {
					this.#context.dispatch({type: 'runRefused', problem: alreadyApplied});
					return;
				}
				const {open, origin} = openRun(session, options);
				this.#run = open;
				this.#announce(origin);
				if (outcome !== null) {
					this.#context.dispatch({type: 'said', message: settledMessages[outcome]});
				}
			} catch (error) {
				const problem = this.#context.describe(error);
				const hint = 'Start anew below; that run is kept as it is.';
				this.#context.dispatch({
					type: 'runRefused',
					problem: error instanceof SchemaChangedError ? {...problem, hint} : problem,
				});
			}
		});
	}

	/**
	Starts a new run of the same databases, opened again, with the same choices of
	structure; the run before is kept as it is.
	*/
	startAnew(): void {
		const before = this.#run;
		const {scan} = this.#context.state;
		if (!before || scan.kind === 'running') return;
		const choices = before.store.schema.list();
		const skipped = new Set(
			this.#context.state.tables.filter(({status}) => status === 'skipped').map(({name}) => name),
		);
		if (scan.kind === 'failed') this.#context.dispatch({type: 'scanRetrying'});
		this.#context.start(async () => {
			try {
				const {open} = openRun(await this.#sides.reopen(), {fresh: true});
				for (const {change, chosen, allowed} of choices) {
					open.store.schema.choose(change.id, chosen);
					open.store.schema.allow(change.id, allowed);
				}
				before.close();
				this.#run = open;
				this.#context.dispatch({type: 'runClosed'});
				this.#sides.announce();
				this.#context.dispatch({type: 'runOpening'});
				this.#announce('new', 'scan');
				this.#context.dispatch({
					type: 'tablesChosen',
					tables: this.#context.state.tables.map((table) =>
						table.layout && skipped.has(table.name) ? {...table, status: 'skipped'} : table,
					),
				});
				const text =
					'A new run; the one before is kept. What differs in structure (2) was read anew.';
				this.#context.dispatch({type: 'said', message: {kind: 'info', text}});
			} catch (error) {
				const problem = this.#context.describe(error);
				this.#context.dispatch({type: 'scanFailed', problem, remedy: 'anew'});
				if (scan.kind === 'failed') return;
				const text = `${problem.message} ${problem.hint}`;
				this.#context.dispatch({type: 'said', message: {kind: 'error', text}});
			}
		});
	}

	/** Puts the open run away; its databases stay open. */
	putAway(): void {
		if (!this.#run) return;
		const {id} = this.#run;
		this.#context.dispatch({type: 'runClosed'});
		if (this.#context.state.run.kind !== 'none') return;
		this.#run.close();
		this.#run = null;
		const text = `Run ${id} is kept; choose it below to go on with it.`;
		this.#context.dispatch({type: 'said', message: {kind: 'info', text}});
		this.#sides.announce();
	}

	/** For the end of the program. */
	close(): void {
		this.#run?.close();
		this.#run = null;
	}

	#announce(origin: 'new' | 'continued', step?: StepId): void {
		if (!this.#run) return;
		const {id, store} = this.#run;
		this.#recallAllowed(store);
		this.#context.dispatch({
			type: 'runOpened',
			id,
			origin,
			changes: store.schema.list(),
			tables: listTables(this.#run, this.#sides),
			isCompared: isCompared(store.stage),
			step: step ?? this.#findStep(),
		});
	}

	#recallAllowed(store: RunStore): void {
		const allowed = recallAllowed(store);
		if (!allowed) return;
		for (const kind of allowKinds) {
			this.#context.dispatch({type: 'kindAllowed', kind, isAllowed: allowed.has(kind)});
		}
	}

	/** Where a run that is taken up goes on. */
	#findStep(): StepId {
		const store = this.#run?.store;
		if (!store || store.stage === 'new') return 'structure';
		if (store.stage === 'scanning') return 'scan';
		const {resolved} = countConflicts(store);
		return resolved > 0 ? 'conflicts' : 'differences';
	}
}

const alreadyApplied: Problem = {
	message: 'The apply of this run was interrupted after its commit: it is applied.',
	hint: 'Start anew to see what still differs.',
};

const settledMessages = {
	'rolled back': {
		kind: 'info',
		text: 'The apply that was interrupted was rolled back: nothing was changed.',
	},
	unknown: {
		kind: 'warning',
		text: 'An apply was interrupted, and nobody can tell how it ended: compare anew (N in Scan).',
	},
} as const satisfies Record<Exclude<ApplyOutcome, 'committed'>, Message>;
