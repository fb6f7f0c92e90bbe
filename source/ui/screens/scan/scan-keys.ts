import type {TableProgress} from '../../../store/scan-record.ts';
import type {KeyBinding} from '../../keymap.ts';
import type {ScanState} from '../../walk/walk-state.ts';

export type ScanCommand =
	| 'toggle'
	| 'all'
	| 'none'
	| 'start'
	| 'pause'
	| 'skip'
	| 'stop'
	| 'tryAgain'
	| 'retry'
	| 'anew'
	| 'search'
	| 'next'
	| 'back'
	| 'previous';

/** What the keys are judged by. */
export type ScanView = {
	readonly scan: ScanState;
	readonly table: TableProgress | undefined;
	/** Whether any table takes part. */
	readonly isAnyChosen: boolean;
};

type ScanBinding = KeyBinding<ScanCommand, ScanView>;

const searchBinding: ScanBinding = {
	keys: ['/'],
	name: 'search',
	description: 'List only tables whose names hold a text',
	command: 'search',
	footer: true,
};

const nextBinding: ScanBinding = {
	keys: ['tab'],
	name: 'next',
	description: 'On to Differences',
	command: 'next',
	footer: true,
};

const backBinding: ScanBinding = {
	keys: ['escape'],
	name: 'back',
	description: 'List all tables again, then back to Structure',
	command: 'back',
	footer: true,
};

const previousBinding: ScanBinding = {
	keys: ['shift+tab'],
	name: 'previous',
	description: 'Back to Structure',
	command: 'previous',
};

const chooseBindings: readonly ScanBinding[] = [
	{
		keys: ['space'],
		name: 'tick',
		description: 'Compare the table, or leave it out',
		command: 'toggle',
		footer: true,
		disabledReason: ({table}) => {
			if (!table) return 'There is nothing listed.';
			return table.layout ? undefined : `${table.name} can't be compared: ${table.reason}.`;
		},
	},
	{
		keys: ['a'],
		name: 'all',
		description: 'Compare every table that is listed',
		command: 'all',
		footer: true,
	},
	{
		keys: ['n'],
		name: 'none',
		description: 'Leave out every table that is listed',
		command: 'none',
		footer: true,
	},
];

const startBinding = (name: string, description: string): ScanBinding => ({
	keys: ['return'],
	name,
	description,
	command: 'start',
	footer: true,
	disabledReason: ({isAnyChosen}) =>
		isAnyChosen ? undefined : 'No table is ticked: tick one with space, or all with a.',
});

const anewBinding: ScanBinding = {
	keys: ['N'],
	name: 'anew',
	description: 'Compare everything again in a new run; this one is kept',
	command: 'anew',
	footer: true,
};

const pauseBinding = (isPaused: boolean): ScanBinding => ({
	keys: ['p'],
	name: isPaused ? 'resume' : 'pause',
	description: isPaused ? 'Go on' : 'Pause after the segment under way',
	command: 'pause',
	footer: true,
	disabledReason: explainStopping,
});

const runningBindings: readonly ScanBinding[] = [
	{
		keys: ['s'],
		name: 'skip table',
		description: 'Leave this table out; the result says so',
		command: 'skip',
		footer: true,
		disabledReason: (view) => explainStopping(view) ?? explainSkip(view),
	},
	{
		keys: ['x'],
		name: 'stop and keep',
		description: 'End now; what was compared is kept',
		command: 'stop',
		footer: true,
		disabledReason: explainStopping,
	},
];

const tryAgainBinding: ScanBinding = {
	keys: ['r'],
	name: 'try now',
	description: 'Try the database that stays away at once',
	command: 'tryAgain',
	footer: true,
};

const retryBinding: ScanBinding = {
	keys: ['r', 'return'],
	name: 'try again',
	description: 'Open the databases again and go on',
	command: 'retry',
	footer: true,
	disabledReason: ({scan}) =>
		scan.kind === 'failed' && scan.isRetrying ? 'It is being tried.' : undefined,
};

/** The keys that make sense while the scan is like this, those that lead on in front. */
export function listBindingsFor(scan: ScanState): readonly ScanBinding[] {
	const leading = listActions(scan);
	const leaving = [backBinding, previousBinding];
	return scan.kind === 'done'
		? [{...nextBinding, keys: ['tab', 'return']}, ...leading, searchBinding, ...leaving]
		: [...leading, searchBinding, nextBinding, ...leaving];
}

function listActions(scan: ScanState): readonly ScanBinding[] {
	switch (scan.kind) {
		case 'choosing':
			return [startBinding('start', 'Compare the rows of the ticked tables'), ...chooseBindings];
		case 'running':
			return [
				...(scan.trouble ? [tryAgainBinding] : []),
				pauseBinding(scan.isPaused),
				...runningBindings,
			];
		case 'stopped':
			return [startBinding('go on', 'Go on where the scan was stopped'), ...chooseBindings];
		case 'failed':
			return scan.remedy === 'retry'
				? [retryBinding, anewBinding, ...chooseBindings]
				: [anewBinding, retryBinding, ...chooseBindings];
		case 'done':
			return [anewBinding, ...chooseBindings];
		default:
			return scan satisfies never;
	}
}

function explainStopping({scan}: ScanView): string | undefined {
	return scan.kind === 'running' && scan.isStopping ? 'The scan is stopping.' : undefined;
}

function explainSkip({table}: ScanView): string | undefined {
	if (!table) return 'There is nothing listed.';
	if (!table.layout) return `${table.name} is not compared: ${table.reason}.`;
	if (table.status === 'done') return `${table.name} is compared already.`;
	return table.status === 'skipped' ? `${table.name} is left out already.` : undefined;
}
