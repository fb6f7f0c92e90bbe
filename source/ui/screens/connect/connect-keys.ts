import type {KeyBinding} from '../../keymap.ts';
import type {WalkState} from '../../walk/walk-state.ts';
import type {ConnectItem} from './connect-state.ts';

export type ConnectCommand = 'up' | 'down' | 'choose' | 'edit' | 'retry' | 'next' | 'back';

/** What the keys are judged by. */
export type ConnectView = {readonly walk: WalkState; readonly item: ConnectItem | undefined};

export const connectBindings: readonly KeyBinding<ConnectCommand, ConnectView>[] = [
	{
		keys: ['return'],
		name: 'choose',
		description: 'Take up or start the run, or type another database',
		command: 'choose',
		footer: true,
		disabledReason: ({walk}) => explainBusy(walk),
	},
	{
		keys: ['e'],
		name: 'edit',
		description: 'Type the path or URL of a database',
		command: 'edit',
		footer: true,
		disabledReason: ({walk, item}) =>
			explainBusy(walk) ?? (item?.kind === 'side' ? undefined : 'Move to a database first.'),
	},
	{
		keys: ['r'],
		name: 'retry',
		description: 'Connect again to a database',
		command: 'retry',
		footer: true,
		disabledReason: explainRetry,
	},
	{keys: ['down', 'j'], name: 'down', description: 'Next line', command: 'down'},
	{keys: ['up', 'k'], name: 'up', description: 'Previous line', command: 'up'},
	{
		keys: ['tab'],
		name: 'next',
		description: 'On with the run under the cursor, or the newest',
		command: 'next',
		footer: true,
	},
	{
		keys: ['escape'],
		name: 'back',
		description: 'Nothing comes before this step; q quits',
		command: 'back',
	},
];

function explainBusy({run}: WalkState): string | undefined {
	return run.kind === 'opening' ? 'The run is being opened.' : undefined;
}

function explainRetry({walk, item}: ConnectView): string | undefined {
	if (item?.kind !== 'side') return 'Move to a database first.';
	const side = walk.sides[item.side];
	if (side.kind === 'none') return `There is nothing to connect to: type ${item.side} first.`;
	if (side.kind === 'connecting') return `Still connecting to ${item.side}.`;
	return walk.run.kind === 'open'
		? 'A run is open: its databases stay as they are until it is put away.'
		: undefined;
}
