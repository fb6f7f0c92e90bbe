import type {Dialect} from '../../dialects/dialect.ts';
import {absentCell, type Row} from '../../model/cell.ts';
import type {Hazard} from '../../model/hazard.ts';
import type {Statement} from '../../model/plan.ts';
import type {AllowKind} from '../../model/schema-change.ts';
import type {NewStatement} from '../../store/statements.ts';
import {describeCells, describeKey, showControls} from './describe-row.ts';
import type {RowHazards} from './row-hazards.ts';
import type {TableTarget} from './table-target.ts';

/** What writing the statements of one table's rows takes. */
export type RowWriter = {
	readonly dialect: Dialect;
	readonly target: TableTarget;
	readonly hazards: RowHazards;
	readonly allow: ReadonlySet<AllowKind>;
};

type Parts = Pick<Statement, 'kind' | 'summary' | 'sql' | 'undo' | 'expects' | 'row'> & {
	readonly hazards: readonly Hazard[];
	readonly needs?: AllowKind | null;
};

export function finishStatement({target, allow}: RowWriter, parts: Parts): NewStatement {
	const {needs = null, ...rest} = parts;
	const isAllowed = needs === null || allow.has(needs);
	return {phase: 'rows', table: target.layout.table, needs, allowed: isAllowed, ...rest};
}

/** Table and row for a summary, e.g. `artist (ArtistId 3)`. */
export function nameRow(
	row: Row,
	keyed: boolean,
	copies: number,
	{layout, keyIndexes}: TableTarget,
) {
	const key = keyIndexes.map((index) => row[index] ?? absentCell);
	const what = keyed
		? describeKey(layout.key.columns, key)
		: describeCells(row.slice(0, layout.comparedCount));
	const times = copies > 1 ? ` × ${copies}` : '';
	return `${showControls(layout.table)} (${what})${times}`;
}
