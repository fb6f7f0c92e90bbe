import {useMemo, type ReactElement} from 'react';
import type {DecidedRow} from '../../../store/row-changes.ts';
import {fitList} from '../../components/list-state.ts';
import {useBindings} from '../../hooks/use-bindings.ts';
import {describeBindings} from '../../keymap.ts';
import {ScreenFrame} from '../screen-frame.tsx';
import type {ScreenProps} from '../screen-props.ts';
import {CellEditor} from './cell-editor.tsx';
import {hasBothSides, listCellLines, selectCellLines} from './cell-lines.ts';
import {CellViewer} from './cell-viewer.tsx';
import {PromptField, promptKeys} from './prompt-field.tsx';
import {
	chooseStart,
	chooseTypedKind,
	decideCellSide,
	decideWholeRow,
	explainEditObstacle,
	flipInRow,
	openNeighbour,
	openNextConflict,
	searchColumns,
	submitEdit,
	type RowContext,
} from './row-commands.ts';
import {layOutCells, RowCells} from './row-cells.tsx';
import {rowBindings, rowMoveBindings, type RowCommand} from './row-keys.ts';
import type {RowsContext} from './rows-commands.ts';
import type {OpenRow} from './open-row-state.ts';

type RowViewProps = {
	readonly screen: ScreenProps;
	readonly context: RowsContext;
	readonly open: OpenRow;
	readonly row: DecidedRow;
};

/** One row: its cells, or one of them alone, being looked at or edited. */
export function RowView({screen, context, open, row}: RowViewProps): ReactElement {
	const {columns, rows, isActive, onMessage} = screen;
	const {desk, state, update} = context;
	const {hasBase} = desk;
	const layout = desk.layoutOf(row.table);
	const lines = useMemo(() => listCellLines(row, layout), [row, layout]);
	const {shown, hidden} = selectCellLines(lines, open.showsUnchanged);
	const bounds = {count: shown.length, height: layOutCells(rows, hasBase)};
	const cells = fitList(open.cells, bounds);
	const line = shown[cells.cursor];
	const rowContext: RowContext = {
		...context,
		row,
		layout,
		lines,
		shown: shown.length,
		cellsHeight: bounds.height,
		line,
	};
	const view = {
		query: open.query,
		editObstacle: explainEditObstacle(line, layout),
		hasUnchanged: hidden > 0 || open.showsUnchanged,
	};

	const run = (command: RowCommand): void => {
		if (typeof command === 'object') {
			update({type: 'cells', action: command.action, bounds});
			return;
		}
		switch (command) {
			case 'view':
				if (line) {
					const side = hasBothSides(row) ? 'both' : row.prod ? 'prod' : 'dev';
					update({type: 'view', column: line.column, side});
				}
				return;
			case 'ours':
			case 'theirs':
				decideCellSide(command, rowContext);
				return;
			case 'rowOurs':
			case 'rowTheirs':
				decideWholeRow(command === 'rowOurs' ? 'ours' : 'theirs', rowContext);
				return;
			case 'clear':
				decideWholeRow(null, rowContext);
				return;
			case 'edit':
				if (line) {
					const {kind, text} = chooseStart(line);
					const typedKind = chooseTypedKind(line);
					update({type: 'edit', column: line.column, kind, typedKind, text});
				}
				return;
			case 'undo':
			case 'redo':
				flipInRow(command, rowContext);
				return;
			case 'toggleUnchanged':
				// The changed ones come first in both lists, so the cursor keeps its column.
				update({type: 'toggleUnchanged', index: cells.cursor});
				return;
			case 'search':
				update({type: 'prompt', kind: 'search'});
				return;
			case 'nextMatch':
			case 'previousMatch':
				searchColumns(open.query, command === 'nextMatch' ? 1 : -1, rowContext);
				return;
			case 'nextOpen':
			case 'previousOpen':
				openNextConflict(command === 'nextOpen' ? 1 : -1, rowContext);
				return;
			case 'nextRow':
			case 'previousRow':
				openNeighbour(command === 'nextRow' ? 1 : -1, rowContext);
				return;
			case 'next':
				screen.onNext();
				return;
			case 'previous':
				screen.onBack();
				return;
			case 'back':
				update({type: 'close'});
				return;
			default:
				command satisfies never;
		}
	};
	const {viewer, editor} = open;
	const isListening = isActive && !viewer && !editor && state.prompt === null;
	useBindings({
		bindings: rowBindings,
		state: view,
		isActive: isListening,
		onCommand: run,
		onDisabled: (text) => onMessage({kind: 'warning', text}),
	});
	useBindings({bindings: rowMoveBindings, state: null, isActive: isListening, onCommand: run});

	const lineOf = (column: number) => lines.find((one) => one.column === column);
	const edited = editor && lineOf(editor.column);
	if (editor && edited) {
		return (
			<CellEditor
				screen={screen}
				context={context}
				editor={editor}
				line={edited}
				hasBase={hasBase}
				onSubmit={() => submitEdit(editor, rowContext)}
			/>
		);
	}
	const looked = viewer && lineOf(viewer.column);
	if (viewer && looked) {
		return <CellViewer screen={screen} context={context} viewer={viewer} line={looked} />;
	}
	const keys = [
		{title: 'This row', hints: describeBindings(rowBindings, view)},
		{title: 'Moving', hints: describeBindings<unknown>(rowMoveBindings, null)},
	];
	const field = state.prompt && (
		<PromptField
			prompt={state.prompt}
			width={columns}
			isActive={isActive}
			placeholder="find a column by name or value"
			update={update}
			onSubmit={(query) => searchColumns(query, 1, rowContext)}
		/>
	);
	return (
		<ScreenFrame keys={state.prompt ? promptKeys : keys} prompt={field ?? undefined}>
			<RowCells
				row={row}
				layout={layout}
				hasBase={hasBase}
				lines={shown}
				hidden={hidden}
				cells={cells}
				width={columns}
				height={rows}
			/>
		</ScreenFrame>
	);
}
