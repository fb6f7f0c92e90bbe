import type {ReactElement} from 'react';
import type {Spans} from '../../../report/spans.ts';
import {fitList} from '../../components/list-state.ts';
import {useBindings} from '../../hooks/use-bindings.ts';
import {describeBindings, type HelpGroup} from '../../keymap.ts';
import type {ScreenProps} from '../screen-props.ts';
import {ScreenFrame} from '../screen-frame.tsx';
import {PromptField, promptKeys} from './prompt-field.tsx';
import {goToOpen, jumpTo, runDecision, searchRows, type RowsContext} from './rows-commands.ts';
import {layOutRows, RowsList} from './rows-list.tsx';
import {
	listRowsBindings,
	rowsMoveBindings,
	type RowsCommand,
	type RowsKeyOptions,
} from './rows-keys.ts';
import {isAtRoot} from './rows-state.ts';

/** What a screen adds to its list of rows. */
export type RowsViewOptions = {
	readonly title: Spans;
	readonly status: Spans;
	readonly emptyText: string;
	readonly keys: RowsKeyOptions;
	readonly onFilter: () => void;
	/** Only where rows of several tables may stand in the list. */
	readonly onTables?: (() => void) | undefined;
	/** For esc, when nothing is left to close. */
	readonly onClose: () => void;
};

type RowsViewProps = RowsViewOptions & {
	readonly screen: ScreenProps;
	readonly context: RowsContext;
};

/** The list of rows with its keys. */
export function RowsView({screen, context, ...options}: RowsViewProps): ReactElement {
	const {columns, rows, isActive, onMessage} = screen;
	const {desk, state, update} = context;
	const window = desk.list(state.filter);
	const bounds = {count: window.count, height: layOutRows(rows).list};
	const list = fitList(state.list, bounds);
	const view = {count: window.count, query: state.query};
	const bindings = listRowsBindings(options.keys);

	const run = (command: RowsCommand): void => {
		if (typeof command === 'object') {
			update({type: 'list', action: command.action, bounds});
			return;
		}
		switch (command) {
			case 'open': {
				const row = window.row(list.cursor);
				if (row) update({type: 'open', id: row.id});
				return;
			}
			case 'filter':
				options.onFilter();
				return;
			case 'tables':
				options.onTables?.();
				return;
			case 'search':
			case 'jump':
				update({type: 'prompt', kind: command});
				return;
			case 'nextMatch':
			case 'previousMatch':
				searchRows(state.query, command === 'nextMatch' ? 1 : -1, context);
				return;
			case 'nextOpen':
			case 'previousOpen':
				goToOpen(command === 'nextOpen' ? 1 : -1, context);
				return;
			case 'next':
				screen.onNext();
				return;
			case 'previous':
				screen.onBack();
				return;
			case 'back':
				if (isAtRoot(state)) options.onClose();
				else update({type: 'close'});
				return;
			case 'ours':
			case 'theirs':
			case 'clear':
			case 'manyOurs':
			case 'manyTheirs':
			case 'manyClear':
			case 'undo':
			case 'redo':
				runDecision(command, context);
				return;
			default:
				command satisfies never;
		}
	};
	const isListening = isActive && state.prompt === null;
	useBindings({
		bindings,
		state: view,
		isActive: isListening,
		onCommand: run,
		onDisabled: (text) => onMessage({kind: 'warning', text}),
	});
	useBindings({
		bindings: rowsMoveBindings,
		state: null,
		isActive: isListening,
		onCommand: run,
	});

	const keys: readonly HelpGroup[] = [
		{title: 'Rows', hints: describeBindings(bindings, view)},
		{title: 'Moving', hints: describeBindings<unknown>(rowsMoveBindings, null)},
	];
	const {prompt} = state;
	const field = prompt && (
		<PromptField
			prompt={prompt}
			width={columns}
			isActive={isActive}
			placeholder={prompt.kind === 'search' ? 'find in keys and values' : 'number of a row'}
			update={update}
			onSubmit={(text) => {
				if (prompt.kind === 'search') searchRows(text, 1, context);
				else jumpTo(text, context);
			}}
		/>
	);
	return (
		<ScreenFrame keys={prompt ? promptKeys : keys} prompt={field ?? undefined}>
			<RowsList
				desk={desk}
				window={window}
				list={list}
				title={options.title}
				status={options.status}
				emptyText={options.emptyText}
				hasTables={state.filter.table === null}
				width={columns}
				height={rows}
			/>
		</ScreenFrame>
	);
}
