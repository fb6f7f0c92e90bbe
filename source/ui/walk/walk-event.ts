import type {Side} from '../../config/config.ts';
import type {ScanProgress} from '../../engine/compare-rows.ts';
import type {ApplyEvent} from '../../engine/apply/apply-pack.ts';
import type {PackPaths} from '../../engine/pack/write-pack.ts';
import type {PlanProgress} from '../../engine/plan/make-plan.ts';
import type {UnfinishedRun} from '../../engine/unfinished-runs.ts';
import type {PlanSummary} from '../../model/plan.ts';
import type {Receipt} from '../../model/receipt.ts';
import type {AllowKind} from '../../model/schema-change.ts';
import type {TableProgress} from '../../store/scan-record.ts';
import type {SchemaChoice} from '../../store/schema-choices.ts';
import type {StepId} from '../components/steps.ts';
import type {ApplyMode, ApplyState, Message, Problem} from '../screens/screen-props.ts';
import type {SideFacts} from './walk-state.ts';

type Applied = Extract<ApplyState, {kind: 'applied'}>;

/** Everything that can happen in the walk, as the controller reports it. */
export type WalkEvent =
	| SideEvent
	| RunEvent
	| ScanEvent
	| PlanEvent
	| ApplyWalkEvent
	| {readonly type: 'stepEntered'; readonly step: StepId}
	| {readonly type: 'said'; readonly message: Message}
	| {readonly type: 'messageRead'}
	| {readonly type: 'ending'};

export type SideEvent =
	| {
			readonly type: 'sideNamed';
			readonly side: Side;
			readonly name: string;
			readonly address: string;
	  }
	| {readonly type: 'sideOpened'; readonly side: Side; readonly facts: SideFacts}
	/** Somebody else holds it: it is waited for. */
	| {readonly type: 'sideLocked'; readonly side: Side}
	/** It takes no part any more. */
	| {readonly type: 'sideDropped'; readonly side: Side}
	| {readonly type: 'sideFailed'; readonly side: Side; readonly problem: Problem}
	| {
			readonly type: 'rowsCounted';
			readonly side: Side;
			readonly rows: number;
			readonly isComplete: boolean;
	  };

export type RunEvent =
	| {
			readonly type: 'runsFound';
			readonly offers: readonly UnfinishedRun[];
			/** Milliseconds since 1970. */
			readonly at: number;
	  }
	| {readonly type: 'runOpening'}
	| {
			readonly type: 'runOpened';
			readonly id: string;
			readonly origin: 'new' | 'continued';
			readonly changes: readonly SchemaChoice[];
			readonly tables: readonly TableProgress[];
			/** Every table was compared already. */
			readonly isCompared: boolean;
			/** Where it goes on, if that is possible. */
			readonly step: StepId;
	  }
	| {readonly type: 'runRefused'; readonly problem: Problem}
	| {readonly type: 'runClosed'}
	| {readonly type: 'changesChosen'; readonly changes: readonly SchemaChoice[]};

export type ScanEvent =
	| {readonly type: 'tablesChosen'; readonly tables: readonly TableProgress[]}
	| {readonly type: 'scanStarted'}
	| {readonly type: 'scanProgressed'; readonly progress: ScanProgress}
	| {readonly type: 'scanPaused'; readonly isPaused: boolean}
	| {readonly type: 'scanStopping'}
	| {
			readonly type: 'scanEnded';
			readonly isComplete: boolean;
			readonly changedMeanwhile: boolean;
			readonly notes: readonly string[];
			readonly settled: number;
			readonly tables: readonly TableProgress[];
	  }
	| {readonly type: 'scanFailed'; readonly problem: Problem; readonly remedy: 'retry' | 'anew'}
	| {readonly type: 'scanRetrying'};

export type PlanEvent =
	| {readonly type: 'kindAllowed'; readonly kind: AllowKind; readonly isAllowed: boolean}
	| {readonly type: 'planStarted'}
	| {readonly type: 'planProgressed'; readonly progress: PlanProgress}
	| {readonly type: 'planMade'; readonly summary: PlanSummary}
	| {readonly type: 'planFailed'; readonly problem: Problem; readonly unresolved: number}
	| {readonly type: 'planDropped'}
	| {readonly type: 'packWriting'}
	| {readonly type: 'packWritten'; readonly paths: PackPaths}
	| {readonly type: 'packFailed'; readonly problem: Problem};

export type ApplyWalkEvent =
	| {readonly type: 'applyStarted'; readonly mode: ApplyMode}
	| {readonly type: 'applyProgressed'; readonly event: ApplyEvent}
	| {readonly type: 'applyStopping'}
	| {readonly type: 'rehearsed'; readonly receipt: Receipt}
	| {readonly type: 'applied'; readonly receipt: Receipt; readonly paths: Applied['paths']}
	| {readonly type: 'applyFailed'; readonly problem: Problem};
