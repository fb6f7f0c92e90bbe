import {useMemo, useReducer, type ReactElement} from 'react';
import {Box} from 'ink';
import {countSchemaChanges} from '../../../report/schema-text.ts';
import type {SchemaChoice} from '../../../store/schema-choices.ts';
import {alignTexts} from '../../components/align-texts.ts';
import {Line} from '../../components/line.tsx';
import {indentText} from '../../components/indent-text.ts';
import {fitList} from '../../components/list-state.ts';
import {TextField} from '../../components/text-field.tsx';
import {textFieldBindings} from '../../components/text-field-keys.ts';
import {VirtualList} from '../../components/virtual-list.tsx';
import {useBindings} from '../../hooks/use-bindings.ts';
import {describeBindings, type HelpGroup} from '../../keymap.ts';
import type {WalkController} from '../../walk/walk-controller.ts';
import type {WalkState} from '../../walk/walk-state.ts';
import {ScreenFrame} from '../screen-frame.tsx';
import {ChangeDetail, layOutDetail} from './change-detail.tsx';
import {ChangePreview} from './change-preview.tsx';
import {writeSql} from './sql-text.ts';
import {
	definitionBindings,
	moveBindings,
	sideBindings,
	sqlBindings,
	structureBindings,
	textBindings,
	type StructureCommand,
} from './structure-keys.ts';
import {showRow, showSummary} from './structure-rows.ts';
import {
	choicesOf,
	initialStructureState,
	listRows,
	reduceStructure,
	type StructureRow,
} from './structure-state.ts';

export type StructureActions = Pick<
	WalkController,
	'chooseChanges' | 'allowChange' | 'previewChange' | 'next' | 'back' | 'say'
>;

type StructureScreenProps = {
	readonly walk: Pick<WalkState, 'changes' | 'allowed'>;
	readonly actions: StructureActions;
	readonly columns: number;
	readonly rows: number;
	readonly isActive: boolean;
};

/** Rows of the part below the list. */
const previewRows = 8;

/** What differs in structure, and which of it is taken over. */
export function StructureScreen({
	walk,
	actions,
	columns,
	rows,
	isActive,
}: StructureScreenProps): ReactElement {
	const [state, dispatch] = useReducer(reduceStructure, initialStructureState);
	const {detail, field, filter} = state;
	const {changes, allowed} = walk;
	const listed = useMemo(() => listRows(changes, filter), [changes, filter]);
	const below = Math.max(previewRows, Math.floor(rows / 2) - 2);
	const bounds = {count: listed.length, height: Math.max(1, rows - below - 1)};
	const list = fitList(state.list, bounds);
	const row = listed[list.cursor];
	const isAllowed = ({change}: SchemaChoice) => change.needs !== null && allowed.has(change.needs);
	const shown = listed.flatMap((entry) => (entry.kind === 'change' ? [entry.choice] : []));

	const looked = detail
		? changes.find(({change}) => change.id === detail.id)
		: row?.kind === 'change'
			? row.choice
			: undefined;
	const change = looked?.change;
	const sql = useMemo(
		() => (change ? writeSql(actions.previewChange(change)) : undefined),
		// Every run of a choice makes the change anew; its id says whether it is another one.
		// eslint-disable-next-line react-hooks/exhaustive-deps
		[change?.id, actions],
	);
	const aligned = useMemo(
		() => alignTexts(indentText(change?.prod ?? ''), indentText(change?.dev ?? '')),
		[change?.prod, change?.dev],
	);
	const content = looked && sql ? {choice: looked, aligned, sql, isAllowed} : undefined;
	const layout = content && layOutDetail(content, columns, rows);

	const view = {
		choices: detail && looked ? [looked] : choicesOf(row),
		isAnyShown: shown.length > 0,
		isAllowed,
	};
	const choose = (choices: readonly SchemaChoice[], isChosen: boolean): void =>
		actions.chooseChanges(
			choices.map((choice) => choice.change.id),
			isChosen,
		);
	const toggleGate = (): void => {
		const gated = view.choices.filter(
			(choice) => choice.change.needs !== null && !isAllowed(choice),
		);
		const opens = gated.some((choice) => !choice.allowed);
		for (const choice of gated) actions.allowChange(choice.change.id, opens);
	};
	const open = (target: StructureRow | undefined): void => {
		if (target?.kind === 'change') dispatch({type: 'open', id: target.choice.change.id});
		else if (target) {
			actions.say({kind: 'info', text: 'Move to one of its changes to look at it.'});
		}
	};
	const commands = {
		toggle: () =>
			choose(
				view.choices,
				view.choices.some((choice) => !choice.chosen),
			),
		open: () => open(row),
		all: () => choose(shown, true),
		none: () => choose(shown, false),
		gate: toggleGate,
		search: () => dispatch({type: 'beginSearch'}),
		switchView: () => dispatch({type: 'switchView'}),
		next: actions.next,
		previous: actions.back,
		back: () => (detail || filter !== '' ? dispatch({type: 'close'}) : actions.back()),
	} satisfies Record<StructureCommand, () => void>;

	const isListening = isActive && field === null;
	const bindings = !detail
		? structureBindings
		: detail.view === 'sql'
			? sqlBindings
			: definitionBindings;
	useBindings({
		bindings,
		state: view,
		isActive: isListening,
		onCommand: (command) => commands[command](),
		onDisabled: (text) => actions.say({kind: 'warning', text}),
	});
	useBindings({
		bindings: moveBindings,
		state: null,
		isActive: isListening && !detail,
		onCommand: (action) => dispatch({type: 'list', action, bounds}),
	});
	useBindings({
		bindings: sideBindings,
		state: null,
		isActive: isListening && detail?.view === 'definitions',
		onCommand: (action) => layout && dispatch({type: 'scroll', action, bounds: layout.bounds}),
	});
	useBindings({
		bindings: textBindings,
		state: null,
		isActive: isListening && detail?.view === 'sql',
		onCommand: (action) => layout && dispatch({type: 'text', action, view: layout.view}),
	});

	const moving = !detail ? moveBindings : detail.view === 'sql' ? textBindings : sideBindings;
	const keys: readonly HelpGroup[] = field
		? [{title: 'Search', hints: describeBindings(textFieldBindings, null)}]
		: [
				{title: detail ? 'This change' : 'Structure', hints: describeBindings(bindings, view)},
				{title: 'Moving', hints: describeBindings<unknown>(moving, null)},
			];
	const prompt = field && (
		<TextField
			state={field}
			label={[{text: '/', tone: 'accent'}]}
			placeholder={detail ? 'find in the SQL' : 'list only what holds…'}
			width={columns}
			isActive={isActive}
			onAction={(action) => dispatch({type: 'typed', action})}
			onSubmit={(query) => {
				dispatch({type: 'endSearch', isTaken: true});
				if (detail && layout) {
					dispatch({type: 'text', action: {type: 'search', query}, view: layout.view});
				}
			}}
			onCancel={() => dispatch({type: 'endSearch', isTaken: false})}
		/>
	);
	return (
		<ScreenFrame keys={keys} prompt={prompt ?? undefined}>
			{detail && content ? (
				<ChangeDetail detail={detail} content={content} width={columns} height={rows} />
			) : (
				<Box flexDirection="column" flexShrink={0}>
					<VirtualList
						state={list}
						bounds={bounds}
						width={columns}
						status={showSummary(changes, shown.length, isAllowed)}
						emptyText={
							changes.length === 0
								? 'The structures are equal: there is nothing to choose. tab goes on to Scan.'
								: 'Nothing holds what is searched for. esc lists everything.'
						}
						renderRow={(index, {width, isSelected}) => {
							const entry = listed[index];
							return (
								entry && (
									<Line
										spans={showRow(entry, isAllowed, width)}
										width={width}
										isSelected={isSelected}
									/>
								)
							);
						}}
					/>
					{content ? (
						<ChangePreview {...content} width={columns} height={below} />
					) : (
						row?.kind === 'table' && (
							<Line
								spans={[
									{text: row.table, tone: 'strong'},
									{text: `  ${countSchemaChanges(row.choices.map((choice) => choice.change))}`},
								]}
								width={columns}
							/>
						)
					)}
				</Box>
			)}
		</ScreenFrame>
	);
}
