import {useReducer, type ReactElement} from 'react';
import {Box} from 'ink';
import {Line} from '../../components/line.tsx';
import {TextField} from '../../components/text-field.tsx';
import {textFieldBindings} from '../../components/text-field-keys.ts';
import {useBindings} from '../../hooks/use-bindings.ts';
import {describeBindings} from '../../keymap.ts';
import type {WalkController} from '../../walk/walk-controller.ts';
import type {WalkState} from '../../walk/walk-state.ts';
import {ScreenFrame} from '../screen-frame.tsx';
import {connectBindings, type ConnectCommand} from './connect-keys.ts';
import {findOffset, listLines} from './connect-lines.ts';
import {
	findSelected,
	initialConnectState,
	listItems,
	reduceConnect,
	type ConnectItem,
} from './connect-state.ts';

export type ConnectActions = Pick<
	WalkController,
	'nameSide' | 'retrySide' | 'continueRun' | 'startRun' | 'putRunAway' | 'goTo' | 'next' | 'say'
>;

type ConnectScreenProps = {
	readonly walk: WalkState;
	readonly actions: ConnectActions;
	readonly columns: number;
	readonly rows: number;
	readonly isActive: boolean;
};

/** Names and opens the databases, then chooses the run. */
export function ConnectScreen({
	walk,
	actions,
	columns,
	rows,
	isActive,
}: ConnectScreenProps): ReactElement {
	const [state, dispatch] = useReducer(reduceConnect, initialConnectState);
	const {editing} = state;
	const items = listItems(walk);
	const selected = findSelected(state, walk);
	const item = items[selected];
	const view = {walk, item};

	const move = (distance: 1 | -1): void => {
		const next = items[selected + distance];
		if (next) dispatch({type: 'select', item: next});
	};
	const edit = (): void => {
		if (item?.kind !== 'side') return;
		const side = walk.sides[item.side];
		dispatch({
			type: 'edit',
			side: item.side,
			text: side.kind === 'none' ? '' : side.address,
		});
	};
	const choose = (chosen: ConnectItem | undefined): void => {
		if (chosen?.kind === 'run') actions.continueRun(chosen.id);
		else if (chosen?.kind === 'new') actions.startRun();
		else if (chosen?.kind === 'current') actions.next();
		else if (chosen?.kind === 'other') actions.putRunAway();
		else edit();
	};
	const goOn = (): void => {
		if (item && item.kind !== 'side') choose(item);
		else if (walk.run.kind === 'open') actions.next();
		else {
			const run = items.find(({kind}) => kind === 'run' || kind === 'new');
			if (run) choose(run);
			// Says what is missing.
			else actions.goTo('structure');
		}
	};
	const commands = {
		up: () => move(-1),
		down: () => move(1),
		choose: () => choose(item),
		edit,
		retry: () => item?.kind === 'side' && actions.retrySide(item.side),
		next: goOn,
		back: () => actions.say({kind: 'info', text: 'This is the first step: q quits.'}),
	} satisfies Record<ConnectCommand, () => void>;

	useBindings({
		bindings: connectBindings,
		state: view,
		isActive: isActive && editing === null,
		onCommand: (command) => commands[command](),
		onDisabled: (text) => actions.say({kind: 'warning', text}),
	});

	const lines = listLines(state, walk, columns);
	const offset = findOffset(lines, selected, rows);
	const keys = editing
		? [{title: `Path or URL of ${editing.side}`, hints: describeBindings(textFieldBindings, null)}]
		: [{title: 'Connect', hints: describeBindings(connectBindings, view)}];
	return (
		<ScreenFrame keys={keys} isTyping={editing !== null}>
			{lines.slice(offset, offset + rows).map(({spans, isField = false}, index) =>
				isField && editing ? (
					<Box key={index} height={1} flexShrink={0}>
						<TextField
							state={editing.field}
							label={[{text: '      › ', tone: 'accent'}]}
							placeholder="./shop.db or sqlite:/srv/shop.db"
							width={columns}
							isActive={isActive}
							onAction={(action) => dispatch({type: 'typed', action})}
							onSubmit={(text) => {
								const problem = actions.nameSide(editing.side, text);
								dispatch(problem ? {type: 'refused', problem} : {type: 'closeField'});
							}}
							onCancel={() => dispatch({type: 'closeField'})}
						/>
					</Box>
				) : (
					<Line key={index} spans={spans} width={columns} />
				),
			)}
		</ScreenFrame>
	);
}
