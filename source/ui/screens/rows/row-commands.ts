import type {Cell, CellKind} from '../../../model/cell.ts';
import type {Layout} from '../../../model/layout.ts';
import type {DecidedRow} from '../../../store/row-changes.ts';
import {hasBothSides, type CellLine} from './cell-lines.ts';
import {decideOne, flipDecision, guardOutcome, type Outcome} from './decide.ts';
import {longestEdit, parseValue} from './edit-value.ts';
import {settle, type RowsContext} from './rows-commands.ts';
import type {SideTake} from './rows-desk.ts';
import type {EditorState} from './open-row-state.ts';
import type {RowsAction} from './rows-state.ts';

/** What an open row's keys work on. */
export type RowContext = Pick<RowsContext, 'desk' | 'state' | 'height' | 'update' | 'say'> & {
	readonly row: DecidedRow;
	readonly layout: Layout;
	/** All columns, those that differ first. */
	readonly lines: readonly CellLine[];
	/** How many of them are shown. */
	readonly shown: number;
	/** Lines that fit on the screen. */
	readonly cellsHeight: number;
	/** The column under the cursor. */
	readonly line: CellLine | undefined;
};

/** Takes one side for the cell under the cursor; for the row where only one side has it. */
export function decideCellSide(side: 'ours' | 'theirs', context: RowContext): void {
	const {desk, row, line, lines} = context;
	settle(
		context,
		guardOutcome((): Outcome => {
			if (!line || !hasBothSides(row)) return decideOne(desk, row, side);
			const cell = side === 'ours' ? line.prod : line.dev;
			if (!cell || (!line.isChanged && line.takes !== 'edited')) {
				return refuse('Both sides are the same here.');
			}
			if (line.takes === side) return refuse(`That is decided already: ${side}.`);
			// The other cells stay as they are decided; open ones become prod's.
			const others = lines.filter(({column}) => column !== line.column);
			const isWhole = others.every(
				({takes, isChanged}) =>
					(!isChanged && takes !== 'edited') ||
					takes === side ||
					(takes === 'open' && side === 'ours'),
			);
			if (isWhole) return decideOne(desk, row, side);
			desk.decideCell(row, line.column, cell);
			return {
				message: {kind: 'info', text: `${line.name}: ${side}. ${describeRest(others)}`},
				isChanged: true,
			};
		}),
	);
}

/** Takes one side for the whole row, or takes its decision back. */
export function decideWholeRow(take: SideTake, context: RowContext): void {
	settle(
		context,
		guardOutcome(() => decideOne(context.desk, context.row, take)),
	);
}

/** Takes the last decision back or does it again, and shows the row that it was about. */
export function flipInRow(direction: 'undo' | 'redo', context: RowContext): void {
	const {desk, row} = context;
	const outcome = guardOutcome(() => flipDecision(desk, direction));
	const step = 'step' in outcome ? outcome.step : null;
	const id = step?.range?.from;
	const isElsewhere = id !== undefined && step?.rows === 1 && id !== row.id;
	settle(context, outcome, ...(isElsewhere ? showRow(id, context) : []));
}

/** Opens the nearest conflict that needs a decision. */
export function openNextConflict(direction: 1 | -1, context: RowContext): void {
	const {desk, row, state, update, say} = context;
	const {table} = state.filter;
	const found = desk.findOpen(row.id, direction, table);
	if (found === null || found === row.id) {
		const where = table === null ? '' : ` of ${table}`;
		const other = found === null ? '' : ' other';
		say({kind: 'info', text: `No${other} conflict${where} needs a decision.`});
	} else {
		update(...showRow(found, context));
	}
}

/** Opens the next row of the list. */
export function openNeighbour(direction: 1 | -1, context: RowContext): void {
	const {desk, row, state, update, say} = context;
	const window = desk.list(state.filter);
	const position = window.findPosition(row.id);
	// A row that was decided may have left the list: the next one stands in its place.
	const cursor = Math.min(state.list.cursor, window.count - 1);
	const target = position === null ? (direction === 1 ? cursor : cursor - 1) : position + direction;
	const next = window.row(target);
	if (next) update(...showRow(next.id, context));
	else
		say({kind: 'info', text: direction === 1 ? 'This is the last row.' : 'This is the first row.'});
}

/** Goes to the nearest column whose name or value holds a text, hidden ones too. */
export function searchColumns(query: string, direction: 1 | -1, context: RowContext): void {
	const {lines, shown, state, cellsHeight, update, say} = context;
	const wanted = query.toLowerCase();
	const holds = ({name, prod, dev, base, result}: CellLine): boolean =>
		[name, ...[prod, dev, base, result].map((cell) => cell?.text ?? '')].some((text) =>
			text.toLowerCase().includes(wanted),
		);
	const cursor = state.open?.cells.cursor ?? 0;
	const order = lines.map(
		(_, step) => (cursor + direction * (step + 1) + 2 * lines.length) % lines.length,
	);
	const index = query === '' ? undefined : order.find((at) => lines[at] && holds(lines[at]));
	if (index === undefined) {
		update({type: 'query', query});
		if (query !== '') say({kind: 'warning', text: `Not found: ${query}`});
		return;
	}
	const bounds = {count: Math.max(shown, index + 1), height: cellsHeight};
	const show: RowsAction =
		index < shown
			? {type: 'cells', action: {type: 'jump', index}, bounds}
			: {type: 'toggleUnchanged', index};
	update({type: 'query', query}, show);
}

/** Why a cell can't be given another value; undefined when it can. */
export function explainEditObstacle(
	line: CellLine | undefined,
	layout: Layout,
): string | undefined {
	if (!line) return 'There is no cell here.';
	if (layout.key.kind === 'rows') return 'A row without a key is taken or left as a whole.';
	if (line.isKey) return 'This column is the key: it says which row it is, so it stays.';
	if (line.role === 'prod-only' || line.role === 'ignored') {
		return 'This column takes no part: prod keeps what it holds.';
	}
	if (chooseStart(line).text.length > longestEdit) {
		return `A value of more than ${longestEdit} characters can't be edited here; take a side.`;
	}
	return undefined;
}

/** The value that editing begins with: what was decided, else dev's. */
export function chooseStart({result, dev, prod}: CellLine): Cell {
	return result ?? dev ?? prod ?? {kind: 'null', text: ''};
}

/** The kind that a value takes when it is typed over NULL: that of a side, else text. */
export function chooseTypedKind({result, dev, prod, base}: CellLine): CellKind {
	const kinds = [result, dev, prod, base].map((cell) => cell?.kind);
	return kinds.find((kind) => kind !== undefined && kind !== 'null' && kind !== 'absent') ?? 'text';
}

/** Takes what was typed as the cell's value, or says why it can't be. */
export function submitEdit(editor: EditorState, context: RowContext): void {
	const {desk, row, lines, update} = context;
	const parsed = parseValue(editor.kind, editor.field.text);
	if (parsed.kind === 'refused') {
		update({type: 'editRefused', problem: parsed.reason});
		return;
	}
	const name = lines.find(({column}) => column === editor.column)?.name ?? '';
	settle(
		context,
		guardOutcome((): Outcome => {
			desk.decideCell(row, editor.column, parsed.cell);
			return {message: {kind: 'info', text: `${name}: edited.`}, isChanged: true};
		}),
	);
}

function showRow(id: number, {desk, state, height}: RowContext): readonly RowsAction[] {
	const window = desk.list(state.filter);
	const index = window.findPosition(id);
	const bounds = {count: window.count, height};
	const follow: readonly RowsAction[] =
		index === null ? [] : [{type: 'list', action: {type: 'jump', index}, bounds}];
	return [{type: 'open', id}, ...follow];
}

function describeRest(others: readonly CellLine[]): string {
	const open = others.filter(({takes}) => takes === 'open').length;
	return open === 0 ? '' : `The other ${open === 1 ? 'cell' : `${open} cells`}: ours.`;
}

function refuse(text: string): Outcome {
	return {message: {kind: 'warning', text}, isChanged: false};
}
