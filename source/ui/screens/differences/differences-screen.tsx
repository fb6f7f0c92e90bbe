import type {ReactElement} from 'react';
import {countDifferences, type TableComparison} from '../../../model/comparison.ts';
import {formatCount, plural} from '../../../report/number-text.ts';
import {spreadSpans, type Spans} from '../../../report/spans.ts';
import {listTableChoices} from '../rows/bulk-choices.ts';
import {stateTitles} from '../rows/decision-text.ts';
import {RowsBrowser} from '../rows/rows-browser.tsx';
import type {RowsFilter} from '../rows/rows-filter.ts';
import type {RowsAction} from '../rows/rows-state.ts';
import {Places, useKeptReducer, useRowsDesk} from '../rows/use-rows.ts';
import type {ScreenProps} from '../screen-props.ts';
import {tableRowsKeys} from './differences-keys.ts';
import {
	findNextFilter,
	listFilters,
	reduceDifferences,
	resumeDifferences,
	type DifferencesState,
} from './differences-state.ts';
import {TablesView} from './tables-view.tsx';

const places = new Places<DifferencesState>();

/** What differs: the tables, a table's rows, a row's cells. */
export function DifferencesScreen(props: ScreenProps): ReactElement {
	const {store, columns} = props;
	const desk = useRowsDesk(store);
	const [state, update] = useKeptReducer(reduceDifferences, places, store, resumeDifferences);
	const {rows} = state;
	const name = rows?.filter.table ?? null;
	const table = desk.comparison.tables.find((one) => one.table === name);
	if (!rows || !table) {
		return <TablesView screen={props} desk={desk} state={state} update={update} />;
	}
	const updateRows = (...actions: readonly RowsAction[]): void => update({type: 'rows', actions});
	return (
		<RowsBrowser
			screen={props}
			desk={desk}
			state={rows}
			update={updateRows}
			title={showTitle(table, rows.filter, desk.list(rows.filter).count, columns)}
			status={[]}
			emptyText="No row is left in this list. f shows others."
			keys={tableRowsKeys}
			listChoices={(take) => listTableChoices(desk, take, table.table, rows.filter)}
			onFilter={() => {
				const filter = findNextFilter(listFilters(table), rows.filter);
				const current = desk.list(rows.filter).row(rows.list.cursor);
				const index = current ? desk.list(filter).findPosition(current.id) : null;
				updateRows({type: 'filter', filter, index: index ?? 0});
			}}
			onClose={() => update({type: 'closeTable'})}
		/>
	);
}

function showTitle(
	table: TableComparison,
	{states, onlyOpen}: RowsFilter,
	count: number,
	width: number,
): Spans {
	const all = countDifferences(table);
	const [state] = states ?? [];
	const shown = onlyOpen ? 'open conflicts' : state === undefined ? '' : stateTitles[state];
	return spreadSpans(
		[
			{text: table.table, tone: 'strong'},
			{text: `  ${plural(all, 'row')} differ${all === 1 ? 's' : ''}`},
		],
		shown === '' ? [] : [{text: ` only ${shown}: ${formatCount(count)}`, tone: 'warning'}],
		width,
	);
}
