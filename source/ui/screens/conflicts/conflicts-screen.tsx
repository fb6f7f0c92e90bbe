import type {ReactElement} from 'react';
import {formatCount} from '../../../report/number-text.ts';
import {spreadSpans, type Spans} from '../../../report/spans.ts';
import {drawBar, measureFraction} from '../../components/progress-bar.tsx';
import {listConflictChoices} from '../rows/bulk-choices.ts';
import {RowsBrowser} from '../rows/rows-browser.tsx';
import type {Progress, RowsDesk} from '../rows/rows-desk.ts';
import type {RowsFilter} from '../rows/rows-filter.ts';
import type {RowsAction} from '../rows/rows-state.ts';
import {Places, useKeptReducer, useRowsDesk} from '../rows/use-rows.ts';
import type {ScreenProps} from '../screen-props.ts';
import {conflictRowsKeys} from './conflicts-keys.ts';
import {
	reduceConflicts,
	resumeConflicts,
	startConflicts,
	toggleOpen,
	type ConflictsState,
} from './conflicts-state.ts';
import {TableChooser} from './table-chooser.tsx';

const places = new Places<ConflictsState>();

/** The rows that need a decision: ours, theirs, or composed cell by cell. */
export function ConflictsScreen(props: ScreenProps): ReactElement {
	const {store, columns} = props;
	const desk = useRowsDesk(store);
	const [state, update] = useKeptReducer(reduceConflicts, places, store, (left) =>
		left ? resumeConflicts(left) : startConflicts(findFirstOpen(desk)),
	);
	const {rows} = state;
	const {filter} = rows;
	const current = desk.list(filter).row(rows.list.cursor);
	/** The same row in another list, if it is there. */
	const findIn = (other: RowsFilter): number =>
		(current && desk.list(other).findPosition(current.id)) ?? 0;
	if (state.isChoosing) {
		return (
			<TableChooser
				screen={props}
				desk={desk}
				table={filter.table}
				onChoose={(table) =>
					update({type: 'chooseTable', table, index: findIn({...filter, table})})
				}
				onClose={() => update({type: 'choose', isChoosing: false})}
			/>
		);
	}
	const updateRows = (...actions: readonly RowsAction[]): void => update({type: 'rows', actions});
	const progress = desk.progress(filter.table);
	return (
		<RowsBrowser
			screen={props}
			desk={desk}
			state={rows}
			update={updateRows}
			title={showProgress(progress, filter, columns)}
			status={showRest(desk, filter)}
			emptyText={
				progress.conflicts === 0
					? 'There are no conflicts. tab goes on to Plan.'
					: 'Every conflict here is decided. f shows them, tab goes on to Plan.'
			}
			keys={conflictRowsKeys}
			listChoices={(take) =>
				listConflictChoices(desk, take, filter.table ?? current?.table ?? null)
			}
			onFilter={() => {
				const next = toggleOpen(filter);
				updateRows({type: 'filter', filter: next, index: findIn(next)});
			}}
			onTables={() => update({type: 'choose', isChoosing: true})}
			onClose={props.onBack}
		/>
	);
}

function findFirstOpen(desk: RowsDesk): number {
	const {filter} = startConflicts(0).rows;
	const id = desk.findOpen(-1, 1, null);
	return id === null ? 0 : (desk.list(filter).findPosition(id) ?? 0);
}

const barWidth = 20;

/** `12 of 40 conflicts decided ████░░░░` and what is listed. */
function showProgress(
	{conflicts, open}: Progress,
	{table, onlyOpen}: RowsFilter,
	width: number,
): Spans {
	const decided = conflicts - open;
	const shown = [...(table === null ? [] : [table]), ...(onlyOpen ? ['only open'] : [])];
	return spreadSpans(
		[
			{
				text: `${formatCount(decided)} of ${formatCount(conflicts)} conflicts decided  `,
				tone: open === 0 ? 'good' : 'strong',
			},
			...drawBar(measureFraction(decided, conflicts), barWidth),
		],
		shown.length === 0 ? [] : [{text: ` ${shown.join(', ')}`, tone: 'warning'}],
		width,
	);
}

/** While one table is listed: how much is open in the others. */
function showRest(desk: RowsDesk, {table}: RowsFilter): Spans {
	if (table === null) return [];
	const others = desk.progress(null).open - desk.progress(table).open;
	return others === 0
		? []
		: [{text: `${formatCount(others)} more open in other tables`, tone: 'muted'}];
}
