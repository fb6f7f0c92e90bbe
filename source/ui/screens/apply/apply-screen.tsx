import {useReducer, type ReactElement} from 'react';
import {ConfirmName} from '../../components/confirm-name.tsx';
import {ScrollText} from '../../components/scroll-text.tsx';
import {TextField} from '../../components/text-field.tsx';
import {textFieldBindings} from '../../components/text-field-keys.ts';
import {useBindings} from '../../hooks/use-bindings.ts';
import {describeBindings} from '../../keymap.ts';
import {ScreenFrame} from '../screen-frame.tsx';
import type {ApplyScreenProps} from '../screen-props.ts';
import {listApplyKeys, type ApplyKeyCommand} from './apply-keys.ts';
import {ApplyRunning} from './apply-running.tsx';
import {
	findDialogue,
	initialApplyState,
	reduceApplyScreen,
	type ApplyCommand,
	type ApplyScreenState,
	type ApplyView,
} from './apply-state.ts';
import {listConsequences} from './list-consequences.ts';
import {useApplyText} from './use-apply-text.ts';

type Update = {readonly command: ApplyCommand; readonly view: ApplyView};

/** Rehearses and applies the pack, and says what came of it. */
export function ApplyScreen(props: ApplyScreenProps): ReactElement {
	const {columns, rows, state: run, summary, targetName} = props;
	const [state, update] = useReducer(
		(before: ApplyScreenState, {command, view}: Update) => reduceApplyScreen(before, command, view),
		initialApplyState,
	);
	const {triggers, field} = state;
	const dialogue = findDialogue(state, run);
	const text = useApplyText(props, triggers);
	const view: ApplyView = {source: text.source, height: Math.max(1, rows - 1), width: columns};
	const dispatch = (command: ApplyCommand): void => update({command, view});

	const keyState = {
		statements: summary.statements - summary.notAllowed,
		isStopping: run.kind === 'running' && run.isStopping,
		isCommitting: run.kind === 'running' && run.event?.phase === 'commit',
	};
	const {title, own, moving} = listApplyKeys(run.kind, dialogue);
	const isSearching = field !== undefined && run.kind !== 'running';
	const isTyping = isSearching || dialogue === 'confirm';
	useBindings({
		bindings: [...own, ...moving],
		state: keyState,
		isActive: props.isActive && !isTyping,
		onCommand: act,
		onDisabled: (reason) => props.onMessage({kind: 'warning', text: reason}),
	});

	function act(command: ApplyKeyCommand): void {
		if (command.type !== 'ask') {
			dispatch(command);
			return;
		}
		switch (command.what) {
			case 'rehearse':
				dispatch({type: 'close'});
				props.onRehearse(triggers);
				break;
			case 'stop':
				dispatch({type: 'close'});
				props.onStop();
				break;
			case 'finish':
				props.onFinish();
				break;
			case 'leave':
				if (state.text.query === '') props.onBack();
				else dispatch({type: 'search', query: ''});
				break;
			case 'back':
				props.onBack();
				break;
			default:
				command.what satisfies never;
		}
	}

	const typingTitle = dialogue === 'confirm' ? 'The name' : 'Search';
	return (
		<ScreenFrame
			keys={
				isTyping
					? [{title: typingTitle, hints: describeBindings(textFieldBindings, undefined)}]
					: [
							{title, hints: describeBindings(own, keyState)},
							{title: 'Moving', hints: describeBindings(moving, keyState)},
						]
			}
			isTyping={isTyping}
			prompt={
				isSearching && (
					<TextField
						state={field}
						label={[{text: '/', tone: 'accent'}]}
						width={columns}
						isActive={props.isActive}
						onAction={(action) => dispatch({type: 'field', action})}
						onSubmit={(query) => dispatch({type: 'search', query})}
						onCancel={() => dispatch({type: 'closeSearch'})}
					/>
				)
			}
		>
			{run.kind === 'running' && (
				<ApplyRunning
					state={run}
					targetName={targetName}
					isTransactional={props.isTransactional}
					isAskingToStop={dialogue === 'stop' && !run.isStopping}
					width={columns}
				/>
			)}
			{run.kind !== 'running' && dialogue === 'confirm' && (
				<ConfirmName
					name={targetName}
					consequences={listConsequences(props, triggers, {width: columns, height: rows})}
					width={columns}
					isActive={props.isActive}
					onConfirm={() => {
						dispatch({type: 'close'});
						props.onApply(triggers);
					}}
					onCancel={() => dispatch({type: 'close'})}
				/>
			)}
			{run.kind !== 'running' && dialogue !== 'confirm' && (
				<ScrollText state={state.text} view={view} renderLine={text.renderLine} />
			)}
		</ScreenFrame>
	);
}
