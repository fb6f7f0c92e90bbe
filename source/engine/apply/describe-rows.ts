import {describeRow, showControls} from '../plan/describe-row.ts';
import {keyOf, type Judgement, type Side, type TouchedRow} from './read-touched-rows.ts';

/** At most so many rows are named; the rest is counted. */
export const mostRowsNamed = 20;

/** A row for people, e.g. `artist (ArtistId 3)`. */
export function nameTouchedRow({check, checks}: Pick<TouchedRow, 'check' | 'checks'>, side: Side) {
	const {row} = check;
	const layout = row.keyed ? checks.layout : checks.countingLayout;
	return `${showControls(check.table)} (${describeRow(layout, keyOf(row, side), row.keyed)})`;
}

/** A row that is not what was reviewed, with what became of it. */
export function describeDifference(judgement: Judgement, touched: TouchedRow): string {
	const name = nameTouchedRow(touched, 'before');
	switch (judgement.kind) {
		case 'missing':
			return `${name} is gone`;
		case 'in the way':
			return `${name} exists already`;
		case 'different':
			return `${name} has another ${nameColumns(judgement, touched).join(', ') || 'value'}`;
		case 'as expected':
			return name;
		default:
			return judgement satisfies never;
	}
}

/** The names of the columns that a judgement found different. */
export function nameColumns(judgement: Judgement, {checks}: Pick<TouchedRow, 'checks'>): string[] {
	if (judgement.kind !== 'different') return [];
	return judgement.columns.map((index) =>
		showControls(checks.layout.columns[index]?.name ?? `column ${index + 1}`),
	);
}

/** Those that are named, and how many are not. */
export function listNames(names: readonly string[], count: number): string {
	const rest = count - names.length;
	return rest > 0 ? `${names.join('; ')}; and ${rest} more` : names.join('; ');
}

export function countThings(count: number, one: string, many: string): string {
	return count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${many}`;
}
