import {spellWire} from '../values/wire.ts';
import {limitTo, renderWhere, type RowPlan} from './row-plan.ts';

/** Rows of a sample: its quantiles cut a table well enough. */
const sampleRows = 20_000;

/**
A query for the wire forms of at most `parts - 1` keys, in order, that cut the table into parts of
similar size: of all keys or, in a large table, of those on some of its pages.
*/
export function renderSplit(plan: RowPlan, parts: number): string {
	const {shape, key} = plan;
	const isLarge = shape.estimatedRows > sampleRows * 5;
	const percent = (100 * sampleRows) / shape.estimatedRows;
	const sample = isLarge ? ` TABLESAMPLE SYSTEM (${percent.toFixed(6)}) REPEATABLE (0)` : '';
	const columns = key.map(({sql}) => sql);
	const order = columns.join(', ');
	const numbered = `SELECT ${columns.map((sql, at) => `${sql} AS k${at}`).join(', ')},
		pg_catalog.row_number() OVER (ORDER BY ${order}) AS n, count(*) OVER () AS total
		FROM ${shape.from}${sample}${renderWhere(limitTo('keyed', plan))}`;
	const wires = key.map(({wire}, at) => spellWire(wire, `keys.k${at}`));
	return `SELECT ${wires.join(', ')} FROM (${numbered}) AS keys
		WHERE keys.n * ${parts} / keys.total > (keys.n - 1) * ${parts} / keys.total AND keys.n < keys.total
		ORDER BY keys.n`;
}
