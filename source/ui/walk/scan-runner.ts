import type {ScanProgress} from '../../engine/compare-rows.ts';
import {compareRun} from '../../engine/compare-run.ts';
import {ScanControl} from '../../engine/scan/scan-control.ts';
import {SchemaChangedError} from '../../model/errors.ts';
import type {Layout} from '../../model/layout.ts';
import type {Lane, TableProgress, TableStatus} from '../../store/scan-record.ts';
import {progressInterval} from '../hooks/use-throttled.ts';
import {createThrottle} from '../throttle.ts';
import type {OpenRun} from './open-run.ts';
import {canChooseTables} from './reduce-scan.ts';
import type {Sides} from './sides.ts';
import type {WalkContext} from './walk-context.ts';

/** Compares the rows of the open run, under the person's control. */
export class ScanRunner {
	readonly #context: WalkContext;
	readonly #sides: Sides;
	#control: ScanControl | null = null;

	constructor(context: WalkContext, sides: Sides) {
		this.#context = context;
		this.#sides = sides;
	}

	/** Leaves tables out or takes them in, as long as no scan is under way. */
	choose({store}: OpenRun, names: readonly string[], isIncluded: boolean): void {
		const {state} = this.#context;
		if (!canChooseTables(state) || state.step !== 'scan') return;
		const lanes = store.scan.listLanes();
		const isEntered = store.scan.listTables().length > 0;
		const tables = state.tables.map((table): TableProgress => {
			const {layout, number, name} = table;
			if (!layout || !names.includes(name)) return table;
			const own = lanes.filter(({tableNumber}) => tableNumber === number);
			const change = isIncluded
				? {status: findStatus(own), reason: describeLayout(layout)}
				: ({status: 'skipped', reason: 'left out'} as const);
			if (isEntered) store.scan.setTable(number, change);
			return {...table, ...change};
		});
		// What was compared before is no longer all of it.
		if (isEntered) store.stage = 'scanning';
		this.#context.dispatch({type: 'tablesChosen', tables});
	}

	start(run: OpenRun): void {
		this.#context.dispatch({type: 'scanStarted'});
		if (this.#context.state.scan.kind !== 'running') return;
		this.#sides.stopCounting();
		const control = new ScanControl();
		this.#control = control;
		this.#context.start(async () => {
			try {
				await this.#compare(run, control);
			} catch (error) {
				this.#fail(error);
			} finally {
				this.#control = null;
			}
		});
	}

	/** After a failure: opens the databases again and goes on from the checkpoints. */
	retry(run: OpenRun): void {
		if (this.#context.state.scan.kind !== 'failed') return;
		this.#context.dispatch({type: 'scanRetrying'});
		this.#context.start(async () => {
			try {
				await run.reopen(this.#sides);
			} catch (error) {
				this.#fail(error);
				return;
			}
			this.start(run);
		});
	}

	pause(isPaused: boolean): void {
		this.#context.dispatch({type: 'scanPaused', isPaused});
		if (isPaused) this.#control?.pause();
		else this.#control?.resume();
	}

	/** Tries a database that stays away at once. */
	tryAgain(): void {
		this.#control?.tryAgain();
	}

	skip(table: string): void {
		this.#control?.skip(table);
	}

	stop(): void {
		this.#context.dispatch({type: 'scanStopping'});
		this.#control?.stop();
	}

	async #compare({session, store}: OpenRun, control: ScanControl): Promise<void> {
		const skip = this.#context.state.tables
			.filter(({status}) => status === 'skipped')
			.map(({name}) => name);
		const throttle = createThrottle(
			(progress: ScanProgress) => this.#context.dispatch({type: 'scanProgressed', progress}),
			progressInterval,
		);
		try {
			const scan = compareRun(session, store, control, {skip});
			for (;;) {
				const {value, done} = await scan.next();
				if (!done) {
					throttle.push(value);
					continue;
				}
				throttle.flush();
				this.#context.dispatch({
					type: 'scanEnded',
					isComplete: value.status === 'complete',
					changedMeanwhile: value.changedMeanwhile,
					notes: value.notes,
					settled: value.settled,
					tables: value.tables,
				});
				return;
			}
		} finally {
			throttle.cancel();
		}
	}

	#fail(error: unknown): void {
		const problem = this.#context.describe(error);
		const isOutdated = error instanceof SchemaChangedError;
		this.#context.dispatch({
			type: 'scanFailed',
			// What can be done about it is the screen's to say: its hint is for the command line.
			problem: isOutdated ? {...problem, hint: ''} : problem,
			remedy: isOutdated ? 'anew' : 'retry',
		});
	}
}

/** Where a table stands that takes part again. */
function findStatus(lanes: readonly Lane[]): TableStatus {
	if (lanes.length > 0 && lanes.every(({done}) => done)) return 'done';
	return lanes.some(({prodRows, devRows}) => prodRows + devRows > 0) ? 'scanning' : 'waiting';
}

function describeLayout({presentOn, key}: Layout): string {
	return presentOn === 'both' ? key.reason : 'exists only on dev: all of its rows are added';
}
