import type {PlanSummary} from '../../../model/plan.ts';
import {formatCount, plural} from '../../../report/number-text.ts';
import type {Spans} from '../../../report/spans.ts';
import type {ApplyScreenProps, TriggerChoice} from '../screen-props.ts';

export type Intent = Pick<
	ApplyScreenProps,
	'targetName' | 'targetServer' | 'isTransactional' | 'summary' | 'packPaths'
> & {
	readonly triggers: TriggerChoice;
	/** Statements that commit by themselves; empty where everything is one transaction. */
	readonly unstoppable: UnstoppableStatements;
};

/** Statements that no rollback takes back, named as far as anybody reads. */
export type UnstoppableStatements = {
	readonly count: number;
	readonly named: readonly {readonly number: number; readonly summary: string}[];
};

/** More than this many are counted instead of listed. */
const mostListed = 10;

export const triggerWords = {
	fire: "prod's triggers fire as always; one that rewrites a planned value stops everything",
	off: "prod's triggers are switched off for this, where server and account allow it",
	accept: "prod's triggers fire, and what they rewrite is accepted and counted",
} as const satisfies Record<TriggerChoice, string>;

/** In plain words: what will happen, what guards it, what can't be taken back. */
export function describeIntent(intent: Intent): Spans[] {
	const {targetName, targetServer, summary, packPaths} = intent;
	return [
		[
			{text: 'Ready to change '},
			{text: targetName, tone: 'strong'},
			{text: ` (${targetServer})`, tone: 'muted'},
		],
		[],
		...describeGist(intent),
		[
			{text: '· Every statement must affect exactly the rows that it was planned for; '},
			{text: 'every row is read back before the commit. Otherwise nothing is changed.'},
		],
		...describeNotAllowed(summary),
		...describeHazards(summary),
		...describeWithoutUndo(summary),
		[],
		[{text: 'Runs  ', tone: 'muted'}, {text: packPaths.sql}],
		[{text: 'Undo  ', tone: 'muted'}, {text: packPaths.undoSql}],
		[],
		[{text: 'r rehearses it: everything runs and is rolled back. a applies it.'}],
	];
}

/** The part that is said again where the name is asked for. */
export function describeGist(intent: Intent): Spans[] {
	const {summary, isTransactional, unstoppable, triggers} = intent;
	const rows = (['insert', 'update', 'delete'] as const)
		.filter((kind) => countRows(summary, kind) > 0)
		.map((kind) => `${plural(countRows(summary, kind), 'row')} ${rowWords[kind]}`);
	const parts = [
		...(summary.counts.ddl > 0 ? [`${formatCount(summary.counts.ddl)} of structure`] : []),
		...rows,
	];
	const statements = plural(summary.statements - summary.notAllowed, 'statement');
	return [
		[{text: `· ${statements}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}.`}],
		isTransactional
			? [{text: '· One transaction: either all of it is done, or nothing is changed.'}]
			: [
					{
						text: `· The rows are one transaction. The structure is not: on this server ${plural(unstoppable.count, 'statement')} can't be rolled back once run.`,
						tone: 'warning',
					},
				],
		...nameUnstoppable(isTransactional, unstoppable),
		[{text: `· Triggers (t): ${triggerWords[triggers]}.`}],
	];
}

const rowWords = {insert: 'inserted', update: 'updated', delete: 'deleted'} as const;

function countRows({tables}: PlanSummary, kind: keyof typeof rowWords): number {
	const field = `${kind}s` as const;
	return tables.reduce((total, table) => total + table[field], 0);
}

function nameUnstoppable(isTransactional: boolean, {count, named}: UnstoppableStatements): Spans[] {
	if (isTransactional) return [];
	return [
		...named.map(({number, summary}): Spans => [{text: `    ${number}. ${summary}`}]),
		...andMore(count - named.length),
	];
}

function describeNotAllowed({notAllowed}: PlanSummary): Spans[] {
	if (notAllowed === 0) return [];
	const verb = notAllowed === 1 ? 'is' : 'are';
	return [
		[
			{
				text: `· ${plural(notAllowed, 'statement')} ${verb} commented out and will not run.`,
				tone: 'warning',
			},
		],
	];
}

function describeHazards({hazards}: PlanSummary): Spans[] {
	if (hazards.length === 0) return [];
	return [
		[],
		[{text: 'Hazards', tone: 'strong'}],
		...hazards
			.slice(0, mostListed)
			.map(({hazard}): Spans => [{text: '  ! ', tone: 'warning'}, {text: hazard.message}]),
		...andMore(hazards.length - mostListed),
	];
}

function describeWithoutUndo({withoutUndo}: PlanSummary): Spans[] {
	if (withoutUndo.length === 0) return [];
	return [
		[],
		[{text: "Can't be undone afterwards", tone: 'strong'}],
		...withoutUndo
			.slice(0, mostListed)
			.map(({number, summary}): Spans => [{text: `  ${number}. ${summary}`}]),
		...andMore(withoutUndo.length - mostListed),
	];
}

function andMore(count: number): Spans[] {
	return count > 0 ? [[{text: `    … and ${formatCount(count)} more`, tone: 'muted'}]] : [];
}
