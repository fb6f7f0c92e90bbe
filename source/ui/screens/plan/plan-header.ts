import type {PlanSummary} from '../../../model/plan.ts';
import {formatCount, plural} from '../../../report/number-text.ts';
import {makeSafe} from '../../../report/safe-text.ts';
import {spreadSpans, type Spans} from '../../../report/spans.ts';
import {measureText, sliceText} from '../../../report/text-width.ts';
import type {PackState} from '../screen-props.ts';

/** The plan in two rows, and a third one once something is to be said about its files. */
export function listHeaderRows(
	targetName: string,
	summary: PlanSummary,
	pack: PackState,
	width: number,
): readonly Spans[] {
	const {statements, notAllowed, counts} = summary;
	const left: Spans = [
		{text: 'Plan for '},
		{text: targetName, tone: 'strong'},
		{
			text:
				statements === 0
					? ': nothing to do'
					: `: ${plural(statements - notAllowed, 'statement')}, ${formatCount(counts.ddl)} of structure`,
		},
	];
	const rows = spreadSpans(left, describeRows(summary), width);
	return [rows, describeWarnings(summary), ...describePack(pack, width)];
}

function describeRows({tables}: PlanSummary): Spans {
	const sum = (field: 'inserts' | 'updates' | 'deletes') =>
		formatCount(tables.reduce((total, table) => total + table[field], 0));
	return [
		{text: ' rows ', tone: 'muted'},
		{text: `+${sum('inserts')}`, tone: 'added'},
		{text: ` ~${sum('updates')}`, tone: 'changed'},
		{text: ` -${sum('deletes')}`, tone: 'removed'},
	];
}

function describeWarnings({notAllowed, hazards, withoutUndo, statements}: PlanSummary): Spans {
	const parts: Spans[] = [];
	if (hazards.length > 0) {
		parts.push([{text: `! ${plural(hazards.length, 'hazard')} (i)`, tone: 'warning'}]);
	}
	if (withoutUndo.length > 0) {
		parts.push([{text: `${formatCount(withoutUndo.length)} can't be undone (i)`, tone: 'warning'}]);
	} else if (statements > notAllowed) {
		parts.push([{text: 'all of it can be undone', tone: 'muted'}]);
	}
	if (notAllowed > 0) {
		parts.push([{text: `${formatCount(notAllowed)} commented out (a)`, tone: 'warning'}]);
	}
	return parts.flatMap((part, index) => (index === 0 ? part : [{text: ' · '}, ...part]));
}

function describePack(pack: PackState, width: number): readonly Spans[] {
	switch (pack.kind) {
		case 'not written':
			return [];
		case 'writing':
			return [[{text: 'Writing the files…', tone: 'muted'}]];
		case 'written': {
			const label = 'Written: ';
			return [[{text: label, tone: 'good'}, {text: keepEnd(pack.paths.sql, width - label.length)}]];
		}
		case 'failed':
			return [[{text: pack.problem.message, tone: 'danger'}]];
		default:
			return pack satisfies never;
	}
}

/** The end of a path says more than its beginning. */
function keepEnd(path: string, width: number): string {
	const safe = makeSafe(path);
	const columns = measureText(safe);
	return columns <= width ? safe : `…${sliceText(safe, columns - width + 1, width - 1)}`;
}
