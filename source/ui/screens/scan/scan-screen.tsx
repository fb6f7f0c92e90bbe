import {useMemo, useReducer, type ReactElement} from 'react';
import {Box} from 'ink';
import {fitSpans, type Spans} from '../../../report/spans.ts';
import {rowStates, type RowState} from '../../../model/row-change.ts';
import type {TableProgress} from '../../../store/scan-record.ts';
import {Line} from '../../components/line.tsx';
import {listBindings} from '../../components/list-keys.ts';
import {fitList} from '../../components/list-state.ts';
import {ProgressBar} from '../../components/progress-bar.tsx';
import {TextField} from '../../components/text-field.tsx';
import {textFieldBindings} from '../../components/text-field-keys.ts';
import {VirtualList} from '../../components/virtual-list.tsx';
import {useBindings} from '../../hooks/use-bindings.ts';
import {describeBindings, type HelpGroup} from '../../keymap.ts';
import {hasCompared} from '../../walk/find-obstacle.ts';
import type {WalkController} from '../../walk/walk-controller.ts';
import type {WalkState} from '../../walk/walk-state.ts';
import {rowStateMarks} from '../../theme.ts';
import {ScreenFrame} from '../screen-frame.tsx';
import {listBindingsFor, type ScanCommand} from './scan-keys.ts';
import {
	describeOutcome,
	describeTable,
	measureTable,
	showDetail,
	showMeter,
	showName,
	showPlan,
} from './scan-rows.ts';
import {filterTables, initialScanState, reduceScanScreen} from './scan-state.ts';

export type ScanActions = Pick<
	WalkController,
	| 'chooseTables'
	| 'startScan'
	| 'pauseScan'
	| 'skipTable'
	| 'tryAgain'
	| 'stopScan'
	| 'retryScan'
	| 'scanAnew'
	| 'next'
	| 'back'
	| 'say'
>;

type ScanScreenProps = {
	readonly walk: Pick<WalkState, 'scan' | 'meter' | 'tables'>;
	readonly actions: ScanActions;
	readonly columns: number;
	readonly rows: number;
	readonly isActive: boolean;
};

const overallRows = 2;
const listTitleRows = 1;
const tableRows = 2;
const outcomeRows = 4;
const nameWidth = 24;
const detailWidth = 28;

/** Chooses the tables, compares their rows, shows how far it is. */
export function ScanScreen({
	walk,
	actions,
	columns,
	rows,
	isActive,
}: ScanScreenProps): ReactElement {
	const [state, dispatch] = useReducer(reduceScanScreen, initialScanState);
	const {scan, meter, tables} = walk;
	const {field, filter} = state;
	const listed = useMemo(() => filterTables(tables, filter), [tables, filter]);
	const outcome = describeOutcome(walk, columns, outcomeRows);
	const below = tableRows + outcome.length;
	const bounds = {
		count: listed.length,
		height: Math.max(1, rows - overallRows - listTitleRows - 1 - below),
	};
	const list = fitList(state.list, bounds);
	const table = listed[list.cursor];
	const isAnyChosen = tables.some(({layout, status}) => layout && status !== 'skipped');
	const hasBegun = scan.kind !== 'choosing' || hasCompared(walk);
	const view = {scan, table, isAnyChosen};
	const names = listed.map(({name}) => name);

	const commands = {
		toggle: () => table && actions.chooseTables([table.name], table.status === 'skipped'),
		all: () => actions.chooseTables(names, true),
		none: () => actions.chooseTables(names, false),
		start: () => actions.startScan(),
		pause: () => actions.pauseScan(scan.kind === 'running' && !scan.isPaused),
		skip: () => table && actions.skipTable(table.name),
		stop: () => actions.stopScan(),
		tryAgain: () => actions.tryAgain(),
		retry: () => actions.retryScan(),
		anew: () => actions.scanAnew(),
		search: () => dispatch({type: 'beginSearch'}),
		next: actions.next,
		previous: actions.back,
		back: () => (filter === '' ? actions.back() : dispatch({type: 'endSearch', isTaken: false})),
	} satisfies Record<ScanCommand, () => void>;

	const bindings = listBindingsFor(scan);
	const isListening = isActive && field === null;
	useBindings({
		bindings,
		state: view,
		isActive: isListening,
		onCommand: (command) => commands[command](),
		onDisabled: (text) => actions.say({kind: 'warning', text}),
	});
	useBindings({
		bindings: listBindings,
		state: null,
		isActive: isListening,
		onCommand: (action) => dispatch({type: 'list', action, bounds}),
	});

	const total = meter?.rowsTotal ?? sumRows(tables, 'total');
	const done = meter?.rowsDone ?? sumRows(tables, 'done');
	const keys: readonly HelpGroup[] = field
		? [{title: 'Search', hints: describeBindings(textFieldBindings, null)}]
		: [
				{title: 'Scan', hints: describeBindings(bindings, view)},
				{title: 'Moving', hints: describeBindings<unknown>(listBindings, null)},
			];
	const about = describeTable(table, columns).slice(0, tableRows);
	return (
		<ScreenFrame
			keys={keys}
			prompt={
				field ? (
					<TextField
						state={field}
						label={[{text: '/', tone: 'accent'}]}
						placeholder="list only tables whose names hold…"
						width={columns}
						isActive={isActive}
						onAction={(action) => dispatch({type: 'typed', action})}
						onSubmit={() => dispatch({type: 'endSearch', isTaken: true})}
						onCancel={() => dispatch({type: 'endSearch', isTaken: false})}
					/>
				) : undefined
			}
		>
			<ProgressBar
				done={done}
				total={scan.kind === 'done' ? done : total}
				width={columns}
				label={[{text: 'All tables', tone: 'strong'}]}
				labelWidth={nameWidth + 3}
			/>
			<Line spans={showMeter(walk)} width={columns} />
			<Line spans={listTitle(hasBegun, tables)} width={columns} />
			<VirtualList
				state={list}
				bounds={bounds}
				width={columns}
				emptyText={
					tables.length === 0
						? 'Neither database has a table.'
						: 'No table holds what is searched for. esc lists all.'
				}
				renderRow={(index, {width, isSelected}) => {
					const entry = listed[index];
					return entry && <TableRow {...{entry, width, isSelected, hasBegun}} />;
				}}
			/>
			<Box flexDirection="column" height={tableRows} flexShrink={0} overflow="hidden">
				{about.map((spans, index) => (
					<Line key={index} spans={spans} width={columns} />
				))}
			</Box>
			{outcome.map((spans, index) => (
				<Line key={index} spans={spans} width={columns} />
			))}
		</ScreenFrame>
	);
}

type TableRowProps = {
	readonly entry: TableProgress;
	readonly width: number;
	readonly isSelected: boolean;
	readonly hasBegun: boolean;
};

/** A bar, once the scan has begun; before that what will be compared. */
function TableRow({entry, width, isSelected, hasBegun}: TableRowProps): ReactElement {
	const takesPart = entry.layout !== null && entry.status !== 'skipped';
	if (!hasBegun) {
		return <Line spans={showPlan(entry, nameWidth, width)} width={width} isSelected={isSelected} />;
	}
	if (!takesPart) {
		const spans = [...fitSpans(showName(entry), nameWidth), ...showDetail(entry)];
		return <Line spans={spans} width={width} isSelected={isSelected} />;
	}
	return (
		<ProgressBar
			{...measureTable(entry)}
			width={width}
			label={showName(entry)}
			labelWidth={nameWidth}
			detail={showDetail(entry)}
			detailWidth={detailWidth}
			isSelected={isSelected}
		/>
	);
}

/** What the columns are; once there are bars, what the marks that occur mean. */
function listTitle(hasBegun: boolean, tables: readonly TableProgress[]): Spans {
	if (!hasBegun) {
		const numbers = `${'prod'.padStart(12)}${'dev'.padStart(12)}`;
		return [{text: `   ${'table'.padEnd(nameWidth)}${numbers}  compared`, tone: 'muted'}];
	}
	const usual: readonly RowState[] = ['added', 'removed', 'conflict'];
	return rowStates
		.filter((state) => usual.includes(state) || tables.some(({counts}) => counts[state]))
		.flatMap((state): Spans => [
			{text: `  ${rowStateMarks[state].glyph}`, tone: rowStateMarks[state].tone},
			{text: ` ${stateMeanings[state]}`, tone: 'muted'},
		]);
}

const stateMeanings = {
	added: 'dev only',
	removed: 'prod only',
	conflict: 'conflict',
	'dev-only': 'dev changed',
	'prod-only': 'prod changed',
	merged: 'merged',
} as const satisfies Record<RowState, string>;

function sumRows(tables: readonly TableProgress[], which: 'done' | 'total'): number {
	return tables
		.filter(({layout, status}) => layout && status !== 'skipped')
		.reduce((sum, table) => sum + (measureTable(table)[which] ?? 0), 0);
}
