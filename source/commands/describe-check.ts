import type {Side} from '../config/config.ts';
import type {TableChoice} from '../engine/choose-layouts.ts';
import type {MissingRight, OpenSide} from '../engine/session.ts';
import type {DeepDiffError} from '../model/errors.ts';
import {jsonVersion} from '../report/comparison-json.ts';
import {formatSize, plural} from '../report/number-text.ts';
import type {Spans} from '../report/spans.ts';
import type {CommandContext} from './context.ts';

/** One side as it answered, or why it did not. */
export type Checked =
	| {readonly side: Side; readonly open: OpenSide; readonly rights: Rights; readonly problem: null}
	| {readonly side: Side; readonly open: null; readonly problem: DeepDiffError};

/** What the account may not do: without the one it can't compare, without the other not apply. */
export type Rights = {
	readonly read: readonly MissingRight[];
	/** Of prod, which is written to; none of the others. */
	readonly write: readonly MissingRight[];
};

/** What becomes of each table; null unless both sides answer. */
export type Pair = {readonly tables: TableChoice[] | null; readonly problem: DeepDiffError | null};

/** What was found, for people. */
export function describeCheck(
	context: CommandContext,
	checked: readonly Checked[],
	{tables, problem}: Pair,
): Spans[] {
	const missing = (['prod', 'dev'] as const).filter((side) =>
		checked.every((one) => one.side !== side),
	);
	return [
		...checked.flatMap((one) => describeSide(context, one, tables !== null)),
		...missing.map((side): Spans => [
			{text: side.padEnd(6), tone: 'muted'},
			{text: 'is not named', tone: 'warning'},
		]),
		...(problem ? describeProblem(context, problem) : []),
		...(tables ? describeTables(tables) : []),
	];
}

/** @param areTablesListed Tables that can't be compared are told elsewhere. */
function describeSide(
	context: CommandContext,
	checked: Checked,
	areTablesListed: boolean,
): Spans[] {
	const title = {text: checked.side.padEnd(6), tone: 'muted'} as const;
	if (checked.problem)
		return [
			[title, {text: 'failed', tone: 'danger'}],
			...describeProblem(context, checked.problem),
		];
	const {name, facts, catalog} = checked.open;
	const {read, write} = checked.rights;
	const notCompared = catalog.notCompared.filter(
		({kind}) => !areTablesListed || !kind.includes('table'),
	);
	return [
		[
			title,
			{text: name, tone: 'strong'},
			{
				text: `  ${facts.server}, ${plural(facts.tables, 'table')}, ${formatSize(facts.bytes)}, ${facts.readOnly ? 'read-only' : 'can be written to'}`,
			},
		],
		...facts.notes.map((note): Spans => [{text: `      ${context.redact(note)}`, tone: 'warning'}]),
		...describeRights('compare', read),
		...describeRights('apply', write),
		...notCompared.map(({kind, name: object, reason}): Spans => [
			{text: `      ${kind} ${object}: `},
			{text: reason, tone: 'muted'},
		]),
	];
}

function describeRights(what: string, missing: readonly MissingRight[]): Spans[] {
	if (missing.length === 0) return [];
	return [
		[
			{
				text: `      to ${what}, the account lacks ${missing.map(({right}) => right).join(', ')}:`,
				tone: 'warning',
			},
		],
		...missing.map(({grant}): Spans => [{text: `        ${grant};`}]),
	];
}

function describeProblem({redact}: CommandContext, {message, hint}: DeepDiffError): Spans[] {
	return [
		[{text: `      ${redact(message)}`, tone: 'danger'}],
		...(hint === '' ? [] : [[{text: `      ${redact(hint)}`}]]),
	];
}

function describeTables(tables: readonly TableChoice[]): Spans[] {
	const compared = tables.filter(({layout}) => layout !== null);
	const lines = tables.flatMap(({name, layout, reason}): Spans[] => [
		...(reason === ''
			? []
			: [
					[
						{text: `  ${name}: `},
						{text: layout ? reason : `not compared: ${reason}`, tone: 'muted' as const},
					],
				]),
		...(layout?.leftOut ?? []).map(({column, reason: why}): Spans => [
			{text: `  ${name}.${column}: `},
			{text: `not compared: ${why}`, tone: 'muted'},
		]),
	]);
	return [
		[],
		[
			{
				text: `${plural(compared.length, 'table')} of ${tables.length} will be compared`,
				tone: 'strong',
			},
			{
				text:
					lines.length === 0
						? ', each by its primary key and over all columns.'
						: '; worth knowing:',
			},
		],
		...lines,
	];
}

/** The document of `check --json`, see check.ts. */
export function checkToJson(
	{redact}: CommandContext,
	checked: readonly Checked[],
	{tables, problem}: Pair,
	ok: boolean,
): Record<string, unknown> {
	const side = (wanted: Side) => {
		const one = checked.find((candidate) => candidate.side === wanted);
		if (!one) return null;
		if (one.problem) return {error: redact(one.problem.message), hint: redact(one.problem.hint)};
		const {name, facts, catalog} = one.open;
		const {server, version, tables: count, bytes, readOnly, notes} = facts;
		return {
			name,
			server,
			version,
			tables: count,
			bytes,
			readOnly,
			notes: notes.map(redact),
			missingRights: one.rights,
			notCompared: catalog.notCompared,
		};
	};
	return {
		version: jsonVersion,
		ok,
		...(problem && {error: redact(problem.message), hint: redact(problem.hint)}),
		prod: side('prod'),
		dev: side('dev'),
		base: side('base'),
		tables:
			tables?.map(({name, layout, reason}) => ({
				table: name,
				compared: layout !== null,
				key: layout?.key.columns ?? [],
				reason,
				columnsLeftOut: layout?.leftOut ?? [],
			})) ?? null,
	};
}
