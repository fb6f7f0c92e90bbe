import type {Side} from '../../../config/config.ts';
import type {UnfinishedRun} from '../../../engine/unfinished-runs.ts';
import {formatCount, formatPercent, formatSize, plural} from '../../../report/number-text.ts';
import type {Span, Spans} from '../../../report/spans.ts';
import {wrapText} from '../../components/wrap-text.ts';
import type {SideState, WalkState} from '../../walk/walk-state.ts';
import type {Problem} from '../screen-props.ts';
import {findSelected, listItems, type ConnectItem, type ConnectState} from './connect-state.ts';

/** One row of the screen; `item` is what it belongs to, `isField` where the text field stands. */
export type ConnectLine = {
	readonly spans: Spans;
	readonly item: number | null;
	readonly isField?: boolean;
};

const purposes = {
	prod: 'the database that will be changed',
	dev: 'the database whose changes are taken over',
	base: 'what both were before they diverged',
} as const satisfies Record<Side, string>;

const noBase = 'none (optional): then every row that both hold and differs is a conflict';

const indent = '        ';

/** All rows of the screen from the top; the screen shows those around the cursor. */
export function listLines(
	state: ConnectState,
	walk: WalkState,
	width: number,
): readonly ConnectLine[] {
	const selected = findSelected(state, walk);
	const lines: ConnectLine[] = [];
	const add = (item: number | null, ...rows: readonly Spans[]): void => {
		for (const spans of rows) lines.push({spans, item});
	};
	const blank = (): void => add(null, []);
	let hasRuns = false;
	listItems(walk).forEach((item, index) => {
		const pointer: Span = {text: index === selected ? '› ' : '  ', tone: 'accent'};
		if (item.kind === 'side') {
			const {side} = item;
			const isEditing = state.editing?.side === side;
			if (lines.length > 0) blank();
			const isMissingBase = side === 'base' && walk.sides.base.kind === 'none';
			const purpose = isMissingBase && !isEditing ? noBase : purposes[side];
			add(index, [pointer, {text: side.padEnd(6), tone: 'strong'}, {text: purpose}]);
			if (isEditing) lines.push({spans: [], item: index, isField: true});
			const rows = isEditing
				? showProblem(state.editing.problem, width)
				: describeSide(walk.sides[side], side, width);
			add(index, ...rows);
			return;
		}
		if (!hasRuns) {
			hasRuns = true;
			blank();
			add(null, ...showProblem(walk.runProblem, width));
			add(null, [{text: '  '}, {text: titleOf(item, walk), tone: 'strong'}]);
		}
		add(
			index,
			...describeChoice(item, walk).map((spans, row): Spans => [
				row === 0 ? pointer : {text: '  '},
				...spans,
			]),
		);
	});
	return lines;
}

/** The first row to show so that what belongs to the cursor is in sight. */
export function findOffset(
	lines: readonly ConnectLine[],
	selected: number,
	height: number,
): number {
	const last = lines.findLastIndex(({item}) => item === selected);
	return Math.max(0, Math.min(last + 1, lines.length) - height);
}

function describeSide(state: SideState, side: Side, width: number): readonly Spans[] {
	switch (state.kind) {
		case 'none':
			return side === 'base'
				? []
				: [[{text: `${indent}not named yet: enter types a path or URL`, tone: 'warning'}]];
		case 'connecting':
			return [
				[{text: `${indent}${state.address}`}],
				state.isLocked
					? [{text: `${indent}locked by another process: waiting for it…`, tone: 'warning'}]
					: [{text: `${indent}connecting…`, tone: 'muted'}],
			];
		case 'failed':
			return [
				[{text: `${indent}${state.address}`}],
				...showProblem(state.problem, width),
				[{text: `${indent}e corrects it here, r tries again`, tone: 'muted'}],
			];
		case 'open': {
			const {address, facts, rows, isCounted} = state;
			const parts = [
				facts.server,
				plural(facts.tables, 'table'),
				isCounted ? plural(rows, 'row') : `${formatCount(rows)} rows so far`,
				formatSize(facts.bytes),
				facts.readOnly ? 'read-only' : 'writable',
			];
			return [
				[{text: `${indent}${address}`}],
				[{text: indent}, {text: '✓ ', tone: 'good'}, {text: parts.join(' · ')}],
				...(side === 'prod' && facts.readOnly ? [readOnlyNote] : []),
				...facts.notes.flatMap((note) => indentRows(note, width, 'warning')),
			];
		}
		default:
			return state satisfies never;
	}
}

const readOnlyNote: Spans = [
	{text: `${indent}It can be compared and planned for, but not changed.`, tone: 'warning'},
];

function titleOf(item: ConnectItem, {offers}: WalkState): string {
	if (item.kind === 'current' || item.kind === 'other') return 'The run that is open';
	return offers.length > 0 ? 'Unfinished runs of this pair' : 'Both are open';
}

function describeChoice(item: ConnectItem, walk: WalkState): readonly Spans[] {
	switch (item.kind) {
		case 'run': {
			const run = walk.offers.find(({id}) => id === item.id);
			if (!run) return [];
			const age = Math.max(0, walk.offeredAt - Date.parse(run.createdAt));
			return [
				[{text: `Continue run ${run.id}`}, {text: `  begun ${describeAge(age)}`, tone: 'muted'}],
				[{text: `  ${describeRun(run)}`, tone: 'muted'}],
			];
		}
		case 'new':
			return [
				[
					{text: walk.offers.length > 0 ? 'Start anew' : 'Start a run'},
					{text: '  reads both, changes nothing', tone: 'muted'},
				],
			];
		case 'current':
			return [
				[
					{text: 'Go on with it'},
					{text: `  run ${walk.run.kind === 'open' ? walk.run.id : ''}`, tone: 'muted'},
				],
			];
		case 'other':
			return [[{text: 'Put it away'}, {text: '  it is kept; then choose another', tone: 'muted'}]];
		case 'side':
			return [];
		default:
			return item satisfies never;
	}
}

/** What a stored run holds, in one line. */
export function describeRun(run: UnfinishedRun): string {
	const {stage, rowsDone, rowsTotal, differences, conflicts, resolved} = run;
	if (stage === 'new' || rowsTotal === 0) return 'structure compared, rows not yet';
	const found = plural(differences, 'difference');
	if (stage === 'scanning') {
		return `${formatPercent(rowsDone / rowsTotal)} of the rows compared, ${found} so far`;
	}
	const settled =
		conflicts === 0
			? 'no conflicts'
			: `${formatCount(resolved)} of ${plural(conflicts, 'conflict')} settled`;
	return `all rows compared: ${found}, ${settled}${stage === 'planned' ? ', planned' : ''}`;
}

function describeAge(milliseconds: number): string {
	const minutes = Math.floor(milliseconds / 60_000);
	if (minutes < 1) return 'just now';
	if (minutes < 120) return `${minutes} min ago`;
	const hours = Math.floor(minutes / 60);
	return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`;
}

function showProblem(problem: Problem | null, width: number): readonly Spans[] {
	if (!problem) return [];
	return [
		...indentRows(problem.message, width, 'danger'),
		...(problem.hint === '' ? [] : indentRows(problem.hint, width, 'plain')),
	];
}

function indentRows(
	text: string,
	width: number,
	tone: NonNullable<Span['tone']>,
): readonly Spans[] {
	return wrapText(text, width - indent.length).map((row): Spans => [
		{text: indent},
		{text: row, tone},
	]);
}
