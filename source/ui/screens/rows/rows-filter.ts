import type {RowState} from '../../../model/row-change.ts';
import type {IndexedFilter} from '../../../store/row-index.ts';

/** Which rows a list shows; null means all. */
export type RowsFilter = {
	readonly table: string | null;
	readonly states: readonly RowState[] | null;
	/** Only conflicts that still need a decision. */
	readonly onlyOpen: boolean;
};

export const everyRow: RowsFilter = {table: null, states: null, onlyOpen: false};

/** The filter as the store understands it. */
export function toStoreFilter({table, states, onlyOpen}: RowsFilter): IndexedFilter {
	return {
		...(table === null ? {} : {tables: [table]}),
		...(states === null ? {} : {states}),
		...(onlyOpen ? {unresolved: true} : {}),
	};
}
