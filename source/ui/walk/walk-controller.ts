import type {Config, Side} from '../../config/config.ts';
import {parseConnection} from '../../config/connection-settings.ts';
import {previewChange} from '../../engine/preview-change.ts';
import {listUnfinishedRuns} from '../../engine/unfinished-runs.ts';
import {exitCodes, type ExitCode} from '../../model/errors.ts';
import type {Statement} from '../../model/plan.ts';
import {allowKinds, type AllowKind, type SchemaChange} from '../../model/schema-change.ts';
import type {RunStore} from '../../store/run-store.ts';
import {steps, type StepId} from '../components/steps.ts';
import type {ApplyMode, Message, Problem, TriggerChoice} from '../screens/screen-props.ts';
import {startWalk} from '../workflow.ts';
import type {WalkEnd} from './describe-end.ts';
import {findObstacle} from './find-obstacle.ts';
import {canOpenRun} from './reduce-connect.ts';
import type {OpenRun} from './open-run.ts';
import {keepAllowed} from './allowed-kinds.ts';
import {PackApplier} from './pack-applier.ts';
import {PlanMaker} from './plan-maker.ts';
import {RunKeeper} from './run-keeper.ts';
import {ScanRunner} from './scan-runner.ts';
import {Sides} from './sides.ts';
import {WalkContext} from './walk-context.ts';
import type {WalkState} from './walk-state.ts';

export type WalkOptions = {
	readonly config: Config;
	/** Take up this run and no other. */
	readonly runId?: string | undefined;
	/** Offer no unfinished run. */
	readonly fresh?: boolean | undefined;
	/** What a path that is typed starts from. */
	readonly directory: string;
};

/**
Runs the engine's steps for the screens and reports what happens to the reducer. The one
place of the user interface where work is started: React only reads `getState`.
*/
export class WalkController {
	/** Resolves once everything was stopped; rejects with a fault of the program. */
	readonly ended: Promise<WalkEnd>;
	readonly #options: WalkOptions;
	readonly #context: WalkContext;
	readonly #sides: Sides;
	readonly #runs: RunKeeper;
	readonly #scan: ScanRunner;
	readonly #plan: PlanMaker;
	readonly #apply: PackApplier;
	readonly #typed = new Set<Side>();
	/** The run that was asked for; taken up without asking again, once. */
	#wantedRun: string | undefined;
	#resolveEnd: (end: WalkEnd) => void = () => undefined;

	constructor(options: WalkOptions) {
		const {allow} = options.config;
		this.#options = options;
		this.#context = new WalkContext(startWalk(new Set(allowKinds.filter((kind) => allow[kind]))));
		this.#sides = new Sides(this.#context, options.config, () => this.#offerRuns());
		this.#wantedRun = options.runId;
		this.#runs = new RunKeeper(this.#context, this.#sides);
		this.#scan = new ScanRunner(this.#context, this.#sides);
		this.#plan = new PlanMaker(this.#context);
		this.#apply = new PackApplier(this.#context);
		const end = new Promise<WalkEnd>((resolve) => {
			this.#resolveEnd = resolve;
		});
		this.ended = Promise.race([end, this.#context.crashed]);
	}

	readonly getState = (): WalkState => this.#context.state;
	readonly subscribe = (listener: () => void): (() => void) => this.#context.subscribe(listener);

	/** The open run's store: every screen after Connect is drawn only while there is one. */
	get store(): RunStore {
		return this.#requireRun().store;
	}

	/** The open run's databases. */
	get session(): OpenRun['session'] {
		return this.#requireRun().session;
	}

	/** Connects to what the configuration names; call it when the first frame is drawn. */
	start(): void {
		this.#sides.openConfigured();
	}

	/** Connects to what was typed; nothing typed drops the base. @returns Why it can't be understood; null when it can. */
	nameSide(side: Side, text: string): Problem | null {
		if (side === 'base' && text.trim() === '') {
			this.#runs.putAway();
			this.#sides.drop(side);
			return null;
		}
		try {
			const settings = parseConnection(text.trim(), side, this.#options.directory);
			this.#runs.putAway();
			this.#typed.add(side);
			this.#sides.name(side, settings);
			return null;
		} catch (error) {
			return this.#context.describe(error);
		}
	}

	retrySide(side: Side): void {
		this.#sides.retry(side);
	}

	continueRun(id: string): void {
		this.#runs.open({runId: id});
	}

	startRun(): void {
		this.#runs.open({fresh: true});
	}

	putRunAway(): void {
		this.#runs.putAway();
	}

	/** Enters a step, or says why not. */
	goTo(step: StepId): void {
		this.#attempt(() => this.#enter(step));
	}

	readonly next = (): void => this.#move(1);
	readonly back = (): void => this.#move(-1);

	chooseChanges(ids: readonly string[], isChosen: boolean): void {
		this.#attempt(() => {
			const {schema} = this.store;
			for (const id of ids) schema.choose(id, isChosen);
			this.#context.dispatch({type: 'changesChosen', changes: schema.list()});
		});
	}

	/** Opens or closes the gate of one change. */
	allowChange(id: string, isAllowed: boolean): void {
		this.#attempt(() => {
			const {schema} = this.store;
			schema.allow(id, isAllowed);
			this.#context.dispatch({type: 'changesChosen', changes: schema.list()});
		});
	}

	/** The SQL of one change, or why there is none. */
	previewChange(change: SchemaChange): readonly Statement[] | Problem {
		try {
			return previewChange(this.session, change);
		} catch (error) {
			return this.#context.describe(error);
		}
	}

	chooseTables(names: readonly string[], isIncluded: boolean): void {
		this.#attempt(() => this.#scan.choose(this.#requireRun(), names, isIncluded));
	}

	startScan(): void {
		this.#scan.start(this.#requireRun());
	}

	pauseScan(isPaused: boolean): void {
		this.#scan.pause(isPaused);
	}

	/** Tries a database that stays away at once. */
	tryAgain(): void {
		this.#scan.tryAgain();
	}

	skipTable(name: string): void {
		this.#scan.skip(name);
	}

	stopScan(): void {
		this.#scan.stop();
	}

	/** Goes on after a failure; the databases are opened again. */
	retryScan(): void {
		this.#scan.retry(this.#requireRun());
	}

	/** A new run of the same databases. */
	scanAnew(): void {
		this.#runs.startAnew();
	}

	readonly makePlan = (): void => this.#plan.make(this.#requireRun());

	readonly allowKind = (kind: AllowKind, isAllowed: boolean): void => {
		this.#context.dispatch({type: 'kindAllowed', kind, isAllowed});
		this.#attempt(() => keepAllowed(this.store, this.getState().allowed));
		if (this.getState().step === 'plan') this.makePlan();
	};

	readonly writePack = (): void => {
		const run = this.#requireRun();
		this.#context.start(async () => this.#plan.write(run));
	};

	readonly applyPack = (mode: ApplyMode, triggers: TriggerChoice): void =>
		this.#apply.start(this.#requireRun(), mode, triggers);

	readonly stopApply = (): void => this.#apply.stop();

	readonly say = (message: Message): void => this.#context.dispatch({type: 'said', message});
	readonly readMessage = (): void => this.#context.dispatch({type: 'messageRead'});

	/** The person's wish to leave; refused only while the target is being changed. */
	readonly quit = (): void => {
		if (this.getState().apply.kind === 'running') {
			const text = 'The target is being worked on: stop it with x first, or wait.';
			this.say({kind: 'warning', text});
			return;
		}
		this.end(exitCodes.done);
	};

	/**
	Stops what is under way and keeps the run. Calling it again does nothing, but a second
	interruption does not wait.
	*/
	end(exitCode: ExitCode): void {
		const finish = () =>
			this.#resolveEnd({exitCode, state: this.getState(), typed: [...this.#typed]});
		if (this.getState().isEnding) {
			if (exitCode === exitCodes.interrupted) finish();
			return;
		}
		this.#context.dispatch({type: 'ending'});
		this.#sides.stopCounting();
		this.#scan.stop();
		this.#plan.stop();
		this.#apply.stop();
		this.#context.settle().then(finish).catch(this.#context.crash);
	}

	/** Closes run and databases; only after the screen that reads them is gone. */
	async close(): Promise<void> {
		this.#runs.close();
		await this.#sides.close();
	}

	#offerRuns(): void {
		if (!canOpenRun(this.getState())) return;
		const id = this.#wantedRun;
		this.#wantedRun = undefined;
		if (id !== undefined) this.continueRun(id);
		else if (!this.#options.fresh) {
			const offers = listUnfinishedRuns(this.#sides.config);
			this.#context.dispatch({type: 'runsFound', offers, at: Date.now()});
		}
	}

	#enter(step: StepId): void {
		const run = this.#runs.current;
		if (run) this.#plan.dropStale(run);
		const {state} = this.#context;
		if (step === state.step) return;
		if (step === 'apply' && run && state.plan.kind === 'ready' && state.pack.kind !== 'written') {
			this.#writeAndApply(run);
			return;
		}
		const obstacle = findObstacle(state, step);
		if (obstacle !== undefined) {
			this.say({kind: 'warning', text: obstacle});
			return;
		}
		this.#plan.stop();
		this.#context.dispatch({type: 'stepEntered', step});
		if (step === 'plan' && this.getState().plan.kind === 'none') this.makePlan();
	}

	/** What the run store refuses (a full disk) is said; nothing was changed then. */
	#attempt(work: () => void): void {
		try {
			work();
		} catch (error) {
			const {message, hint} = this.#context.describe(error);
			this.say({kind: 'error', text: `${message} ${hint}`.trim()});
		}
	}

	#move(distance: 1 | -1): void {
		const position = steps.findIndex(({id}) => id === this.getState().step);
		const step = steps[position + distance];
		if (step) this.goTo(step.id);
	}

	#writeAndApply(run: OpenRun): void {
		this.#context.start(async () => {
			await this.#plan.write(run);
			if (this.getState().pack.kind === 'written') this.goTo('apply');
		});
	}

	#requireRun(): OpenRun {
		const run = this.#runs.current;
		if (!run) throw new TypeError('No run is open');
		return run;
	}
}
