import type {ApplyEvent} from '../../engine/apply/apply-pack.ts';
import type {PackPaths} from '../../engine/pack/write-pack.ts';
import type {PlanProgress} from '../../engine/plan/make-plan.ts';
import type {PlanSummary} from '../../model/plan.ts';
import type {Receipt} from '../../model/receipt.ts';
import type {AllowKind} from '../../model/schema-change.ts';
import type {RunStore} from '../../store/run-store.ts';

/** One line at the foot of the screen that stays until the next key. */
export type Message = {readonly kind: 'info' | 'warning' | 'error'; readonly text: string};

/** An error as the screens show it: a sentence and what to do; never a stack. */
export type Problem = {readonly message: string; readonly hint: string};

/** What every screen of the walk that works on an open run is given. */
export type ScreenProps = {
	readonly store: RunStore;
	/** The body's size, without header, message line and footer; it must be filled exactly. */
	readonly columns: number;
	readonly rows: number;
	/** False while something of the shell stands in front: pass it to every `useBindings`. */
	readonly isActive: boolean;
	/** To the next step. The shell checks whether that is possible and says why when it is not. */
	readonly onNext: () => void;
	/** To the step before; call it when `esc` has nothing of the screen's own to close. */
	readonly onBack: () => void;
	readonly onMessage: (message: Message) => void;
};

export type PlanState =
	| {readonly kind: 'making'; readonly progress: PlanProgress | null}
	| {readonly kind: 'ready'; readonly summary: PlanSummary}
	/** `unresolved`: conflicts that still need a decision; 0 for every other reason. */
	| {readonly kind: 'failed'; readonly problem: Problem; readonly unresolved: number};

/** The pack on disk; a plan that was made again has none. */
export type PackState =
	| {readonly kind: 'not written'}
	| {readonly kind: 'writing'}
	| {readonly kind: 'written'; readonly paths: PackPaths}
	| {readonly kind: 'failed'; readonly problem: Problem};

export type PlanScreenProps = ScreenProps & {
	/** What will be changed, e.g. `shop.db`. */
	readonly targetName: string;
	readonly plan: PlanState;
	readonly pack: PackState;
	/** Kinds that are open, by the configuration or by the person. */
	readonly allowed: ReadonlySet<AllowKind>;
	/** Opens or closes a kind; the plan is made again. */
	readonly onAllow: (kind: AllowKind, isAllowed: boolean) => void;
	/** Makes the plan again, e.g. after a failure. */
	readonly onMakePlan: () => void;
	/** Writes the pack; the paths come back in `pack`. */
	readonly onWrite: () => void;
};

/** What to do about prod's triggers; see applyPack. */
export type TriggerChoice = 'fire' | 'off' | 'accept';
export type ApplyMode = 'rehearse' | 'apply';

export type ApplyState =
	| {readonly kind: 'ready'}
	| {
			readonly kind: 'running';
			readonly mode: ApplyMode;
			/** The newest; null before the first. */
			readonly event: ApplyEvent | null;
			/** The person asked to stop; it ends at the next statement and rolls back. */
			readonly isStopping: boolean;
	  }
	| {readonly kind: 'rehearsed'; readonly receipt: Receipt}
	| {
			readonly kind: 'applied';
			readonly receipt: Receipt;
			readonly paths: {
				readonly receipt: string | null;
				readonly undo: string | null;
				readonly report: string | null;
			};
	  }
	/** Nothing was changed, unless the problem says otherwise. */
	| {readonly kind: 'failed'; readonly mode: ApplyMode; readonly problem: Problem};

export type ApplyScreenProps = ScreenProps & {
	/** What the person types to confirm, and what is changed. */
	readonly targetName: string;
	/** e.g. `SQLite 3.53.2`. */
	readonly targetServer: string;
	/** DDL rolls back with its transaction: one transaction for everything. */
	readonly isTransactional: boolean;
	readonly summary: PlanSummary;
	readonly packPaths: PackPaths;
	readonly state: ApplyState;
	readonly onRehearse: (triggers: TriggerChoice) => void;
	/** Call it only when the typed name is exactly `targetName`. */
	readonly onApply: (triggers: TriggerChoice) => void;
	/** Stops a rehearsal or an apply under way; everything is rolled back. */
	readonly onStop: () => void;
	/** Leaves the program after the result was read. */
	readonly onFinish: () => void;
};
