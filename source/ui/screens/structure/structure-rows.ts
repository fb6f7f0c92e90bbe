import type {AllowKind, SchemaChange} from '../../../model/schema-change.ts';
import {plural} from '../../../report/number-text.ts';
import {spreadSpans, type Span, type Spans} from '../../../report/spans.ts';
import {nameObject} from '../../../report/schema-text.ts';
import type {SchemaChoice} from '../../../store/schema-choices.ts';
import {glyphs, type Tone} from '../../theme.ts';
import type {StructureRow} from './structure-state.ts';

export type IsAllowed = (choice: SchemaChoice) => boolean;

const actionMarks = {
	create: {glyph: glyphs.added, tone: 'added'},
	alter: {glyph: glyphs.changed, tone: 'changed'},
	drop: {glyph: glyphs.removed, tone: 'removed'},
} as const satisfies Record<SchemaChange['action'], {glyph: string; tone: Tone}>;

/** One row of the list, exactly `width` columns. */
export function showRow(row: StructureRow, isAllowed: IsAllowed, width: number): Spans {
	if (row.kind === 'table') {
		const chosen = row.choices.filter((choice) => choice.chosen).length;
		return spreadSpans(
			[{text: row.table, tone: 'strong'}],
			[{text: `${chosen} of ${row.choices.length} ticked`, tone: 'muted'}],
			width,
		);
	}
	const {choice} = row;
	const {change, chosen} = choice;
	const mark = actionMarks[change.action];
	const details = change.details.join(', ');
	return spreadSpans(
		[
			{text: '  '},
			chosen ? {text: glyphs.ticked, tone: 'good'} : {text: glyphs.unticked, tone: 'muted'},
			{text: ` ${mark.glyph} `, tone: mark.tone},
			{text: change.object.padEnd(12), tone: 'muted'},
			{text: change.name, ...(chosen ? {} : {tone: 'muted'})},
			{text: details === '' ? '' : `  ${details}`, tone: 'muted'},
		],
		showGate(choice, isAllowed),
		width,
	);
}

/** What stands between a destructive change and its running. */
export function showGate(choice: SchemaChoice, isAllowed: IsAllowed): Spans {
	const {needs} = choice.change;
	if (needs === null) return [];
	const gate: Span = isAllowed(choice)
		? {text: ` ${needs} allowed`, tone: 'muted'}
		: choice.allowed
			? {text: ` ${needs} allowed`, tone: 'warning'}
			: {text: ` locked: ${needs}`, tone: 'danger'};
	return [gate];
}

/** `alter column artist.name: NOT NULL → NULL`. */
export function showHeadline({change}: SchemaChoice): Spans {
	const mark = actionMarks[change.action];
	const verb = {create: 'only on dev', alter: 'different', drop: 'only on prod'}[change.action];
	return [
		{text: `${mark.glyph} `, tone: mark.tone},
		{text: nameObject(change), tone: 'strong'},
		{text: `  ${verb}`, tone: 'muted'},
		{text: change.details.length === 0 ? '' : `: ${change.details.join(', ')}`},
	];
}

/** What a person must know before taking it over, one sentence each. */
export function listWarnings(choice: SchemaChoice, isAllowed: IsAllowed): readonly Span[] {
	const {change, chosen} = choice;
	const warnings = change.hazards.map(({message}): Span => ({text: message, tone: 'warning'}));
	if (!chosen || !isLocked(choice, isAllowed)) return warnings;
	const text = `Locked: it is planned commented out until o allows ${change.needs}.`;
	return [{text, tone: 'danger'}, ...warnings];
}

/** `14 changes: +5 ~6 -3 · 12 ticked, 2 of them locked`. */
export function showSummary(
	choices: readonly SchemaChoice[],
	shown: number,
	isAllowed: IsAllowed,
): Spans {
	if (choices.length === 0) return [];
	const counts = (['create', 'alter', 'drop'] as const).flatMap((action): Span[] => {
		const count = choices.filter(({change}) => change.action === action).length;
		const {glyph, tone} = actionMarks[action];
		return count === 0 ? [] : [{text: ` ${glyph}${count}`, tone}];
	});
	const chosen = choices.filter((choice) => choice.chosen);
	const locked = chosen.filter((choice) => isLocked(choice, isAllowed)).length;
	return [
		{text: `${plural(choices.length, 'change')}:`},
		...counts,
		{text: ` · ${chosen.length} ticked`},
		...(locked === 0 ? [] : [{text: `, ${locked} of them locked`, tone: 'danger' as const}]),
		...(shown === choices.length ? [] : [{text: ` · ${shown} listed`, tone: 'warning' as const}]),
	];
}

/** Destructive, and neither its kind nor the change itself was allowed. */
function isLocked(
	choice: SchemaChoice,
	isAllowed: IsAllowed,
): choice is SchemaChoice & {readonly change: {readonly needs: AllowKind}} {
	return choice.change.needs !== null && !choice.allowed && !isAllowed(choice);
}
