import {decodeRow} from '../../../model/encoding.ts';
import type {Segment} from '../../../model/segment.ts';
import {quoteText} from '../names.ts';
import {renderKeyLiteral} from './key-literal.ts';
import type {PlanColumn, RowPlan} from './row-plan.ts';

/** Conditions of a range of keys; a row-value comparison is answered by the key's own index. */
export function renderRange(plan: RowPlan, {after, upTo}: Segment): string[] {
	const key = asRow(plan.key.map(({sql}) => sql));
	return [
		...(after === null ? [] : [`${key} > ${asRow(renderKey(plan, after))}`]),
		...(upTo === null ? [] : [`${key} <= ${asRow(renderKey(plan, upTo))}`]),
	];
}

/** An encoded key as values of the key's columns. */
export function renderKey({key}: RowPlan, encoded: string): string[] {
	const cells = decodeRow(encoded);
	return key.map((column, index) => {
		const cell = cells[index] ?? {kind: 'null', text: ''};
		return renderKeyLiteral(cell, column) ?? renderForeign(cell.text, column);
	});
}

export function asRow(values: readonly string[]): string {
	return values.length === 1 ? (values[0] ?? '') : `(${values.join(', ')})`;
}

/**
A bound that no row of this side can have; ranges of both sides are cut by it all the same. A
number compares with numbers of any type.
*/
function renderForeign(text: string, {cast, wire}: PlanColumn): string {
	return `${quoteText(text)}::${wire.kind === 'integer' ? 'pg_catalog.numeric' : cast}`;
}
