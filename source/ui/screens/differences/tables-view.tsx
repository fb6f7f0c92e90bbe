import type {ReactElement} from 'react';
import {Box} from 'ink';
import {countDifferences, type TableComparison} from '../../../model/comparison.ts';
import {spreadSpans} from '../../../report/spans.ts';
import {Line} from '../../components/line.tsx';
import {fitList} from '../../components/list-state.ts';
import {TextField} from '../../components/text-field.tsx';
import {listGutter, VirtualList} from '../../components/virtual-list.tsx';
import {useBindings} from '../../hooks/use-bindings.ts';
import {describeBindings} from '../../keymap.ts';
import {listTableChoices} from '../rows/bulk-choices.ts';
import {flipDecision, guardOutcome} from '../rows/decide.ts';
import {promptKeys} from '../rows/prompt-field.tsx';
import type {RowsDesk} from '../rows/rows-desk.ts';
import {everyRow} from '../rows/rows-filter.ts';
import {wrapSpans} from '../plan/wrap-spans.ts';
import {ScreenFrame} from '../screen-frame.tsx';
import type {ScreenProps} from '../screen-props.ts';
import {tablesBindings, tablesMoveBindings, type TablesCommand} from './differences-keys.ts';
import {
	findTable,
	selectTables,
	type DifferencesAction,
	type DifferencesState,
} from './differences-state.ts';
import {
	describeTable,
	measureTableColumns,
	showTableLine,
	showTablesSummary,
	showTableTitles,
} from './table-lines.ts';

type TablesViewProps = {
	readonly screen: ScreenProps;
	readonly desk: RowsDesk;
	readonly state: DifferencesState;
	readonly update: (...actions: readonly DifferencesAction[]) => void;
};

/** Title, column titles, position. */
const otherRows = 3;

/** Every table of the run with its counts, or why it was not compared. */
export function TablesView({screen, desk, state, update}: TablesViewProps): ReactElement {
	const {columns, rows, isActive, onMessage} = screen;
	const {comparison} = desk;
	const tables = selectTables(comparison.tables, state.onlyDiffering);
	const panelRows = rows < 24 ? 4 : 5;
	const bounds = {count: tables.length, height: Math.max(1, rows - otherRows - panelRows)};
	const list = fitList(state.tables, bounds);
	const table = tables[list.cursor];
	const view = {differences: table ? countDifferences(table) : 0, query: state.query};
	const layout = measureTableColumns(columns - listGutter, comparison.tables);

	const ask = (take: 'ours' | 'theirs', {table: name}: TableComparison): void => {
		const choices = listTableChoices(desk, take, name, everyRow);
		if (choices.length === 0) {
			onMessage({
				kind: 'warning',
				text: 'Every row of it was decided one by one or by a rule: change them one by one.',
			});
			return;
		}
		update(
			{type: 'openTable', table: name},
			{type: 'rows', actions: [{type: 'bulk', bulk: {take, choices}}]},
		);
	};
	const search = (query: string, direction: 1 | -1): void => {
		update({type: 'query', query});
		const index = query === '' ? undefined : findTable(tables, query, list.cursor, direction);
		if (index !== undefined) update({type: 'tables', action: {type: 'jump', index}, bounds});
		else if (query !== '') onMessage({kind: 'warning', text: `Not found: ${query}`});
	};
	const flip = (direction: 'undo' | 'redo'): void => {
		const {message, isChanged} = guardOutcome(() => flipDecision(desk, direction));
		if (isChanged) update({type: 'tables', action: {type: 'clearMark'}, bounds});
		onMessage(message);
	};
	const run = (command: TablesCommand): void => {
		if (typeof command === 'object') {
			update({type: 'tables', action: command.action, bounds});
			return;
		}
		switch (command) {
			case 'open':
				if (table) update({type: 'openTable', table: table.table});
				return;
			case 'ours':
			case 'theirs':
				if (table) ask(command, table);
				return;
			case 'undo':
			case 'redo':
				flip(command);
				return;
			case 'filter': {
				const next = selectTables(comparison.tables, !state.onlyDiffering);
				update({type: 'toggleDiffering', index: table ? next.indexOf(table) : 0});
				return;
			}
			case 'search':
				update({type: 'beginSearch'});
				return;
			case 'nextMatch':
			case 'previousMatch':
				search(state.query, command === 'nextMatch' ? 1 : -1);
				return;
			case 'next':
				screen.onNext();
				return;
			case 'previous':
			case 'back':
				screen.onBack();
				return;
			default:
				command satisfies never;
		}
	};
	const isListening = isActive && state.field === null;
	useBindings({
		bindings: tablesBindings,
		state: view,
		isActive: isListening,
		onCommand: run,
		onDisabled: (text) => onMessage({kind: 'warning', text}),
	});
	useBindings({bindings: tablesMoveBindings, state: null, isActive: isListening, onCommand: run});

	const keys = [
		{title: 'Tables', hints: describeBindings(tablesBindings, view)},
		{title: 'Moving', hints: describeBindings<unknown>(tablesMoveBindings, null)},
	];
	const field = state.field && (
		<TextField
			state={state.field}
			label={[{text: '/', tone: 'accent'}]}
			placeholder="find a table"
			width={columns}
			isActive={isActive}
			onAction={(action) => update({type: 'typed', action})}
			onSubmit={(query) => {
				update({type: 'endSearch'});
				search(query, 1);
			}}
			onCancel={() => update({type: 'endSearch'})}
		/>
	);
	const panel = table
		? describeTable(table, desk.progress(table.table).open).flatMap((spans) =>
				wrapSpans(spans, columns),
			)
		: [];
	return (
		<ScreenFrame keys={state.field ? promptKeys : keys} prompt={field ?? undefined}>
			<Box flexDirection="column" width={columns} height={rows} flexShrink={0}>
				<Line
					spans={spreadSpans(
						showTablesSummary(comparison),
						state.onlyDiffering ? [{text: ' identical ones hidden', tone: 'warning'}] : [],
						columns,
					)}
					width={columns}
				/>
				<Line
					spans={[{text: ' '.repeat(listGutter)}, ...showTableTitles(layout)]}
					width={columns}
				/>
				<VirtualList
					state={list}
					bounds={bounds}
					width={columns}
					emptyText={
						comparison.tables.length === 0
							? 'No table was compared.'
							: 'Nothing differs. f shows all tables.'
					}
					renderRow={(index, {width, isSelected}) => {
						const one = tables[index];
						return (
							one && (
								<Line spans={showTableLine(one, layout)} width={width} isSelected={isSelected} />
							)
						);
					}}
				/>
				{Array.from({length: panelRows}, (_, index) => (
					<Line key={index} spans={panel[index] ?? []} width={columns} />
				))}
			</Box>
		</ScreenFrame>
	);
}
