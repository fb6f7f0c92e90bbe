import type {Side} from '../../config/config.ts';
import type {ScanMeter} from '../../engine/measure-scan.ts';
import type {Trouble} from '../../engine/scan/recovery.ts';
import type {UnfinishedRun} from '../../engine/unfinished-runs.ts';
import type {AllowKind} from '../../model/schema-change.ts';
import type {TableProgress} from '../../store/scan-record.ts';
import type {SchemaChoice} from '../../store/schema-choices.ts';
import type {StepId} from '../components/steps.ts';
import type {ApplyState, Message, PackState, PlanState, Problem} from '../screens/screen-props.ts';

/** What a person wants to know of a database before going on. */
export type SideFacts = {
	/** e.g. `SQLite 3.53.2`. */
	readonly server: string;
	readonly tables: number;
	readonly bytes: number;
	readonly readOnly: boolean;
	readonly notes: readonly string[];
};

/** One database on its way to being open. `address` is what may be typed for it, without a password. */
export type SideState =
	| {readonly kind: 'none'}
	| {
			readonly kind: 'connecting';
			readonly name: string;
			readonly address: string;
			/** Somebody else holds it: it is waited for. */
			readonly isLocked: boolean;
	  }
	| {
			readonly kind: 'open';
			readonly name: string;
			readonly address: string;
			readonly facts: SideFacts;
			/** Rows of the tables that were counted so far. */
			readonly rows: number;
			readonly isCounted: boolean;
	  }
	| {
			readonly kind: 'failed';
			readonly name: string;
			readonly address: string;
			readonly problem: Problem;
	  };

export type RunState =
	| {readonly kind: 'none'}
	| {readonly kind: 'opening'}
	| {readonly kind: 'open'; readonly id: string; readonly origin: 'new' | 'continued'};

export type ScanState =
	/** Not begun in this sitting; tables may be chosen. */
	| {readonly kind: 'choosing'}
	| {
			readonly kind: 'running';
			readonly isPaused: boolean;
			readonly isStopping: boolean;
			/** Why it waits by itself. */
			readonly trouble: Trouble | null;
	  }
	/** Ended by the person; what was compared is kept. */
	| {readonly kind: 'stopped'}
	/** `anew`: what was compared no longer fits the databases. */
	| {
			readonly kind: 'failed';
			readonly problem: Problem;
			readonly remedy: 'retry' | 'anew';
			/** It is being tried again. */
			readonly isRetrying: boolean;
	  }
	| {
			readonly kind: 'done';
			readonly changedMeanwhile: boolean;
			/** What to know of how the sides were read. */
			readonly notes: readonly string[];
			/** Rows that the configuration settled. */
			readonly settled: number;
	  };

/** Where the walk stands. Plain data: what is open (connections, the store) belongs to the controller. */
export type WalkState = {
	readonly step: StepId;
	readonly sides: Readonly<Record<Side, SideState>>;
	/** Unfinished runs of this pair, newest first, as they were at `offeredAt`. */
	readonly offers: readonly UnfinishedRun[];
	/** Milliseconds since 1970. */
	readonly offeredAt: number;
	readonly run: RunState;
	/** Why no run could be opened. */
	readonly runProblem: Problem | null;
	/** Differences of structure with what was chosen. */
	readonly changes: readonly SchemaChoice[];
	readonly tables: readonly TableProgress[];
	readonly scan: ScanState;
	readonly meter: ScanMeter | null;
	readonly allowed: ReadonlySet<AllowKind>;
	readonly plan: PlanState | {readonly kind: 'none'};
	readonly pack: PackState;
	readonly apply: ApplyState;
	readonly message: Message | undefined;
	/** The program is about to end. */
	readonly isEnding: boolean;
};
