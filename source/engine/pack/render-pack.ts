import type {PackFrame} from '../../dialects/dialect.ts';
import {allowKinds} from '../../model/schema-change.ts';
import type {PlanSummary} from '../../model/plan.ts';
import {showControls} from '../plan/describe-row.ts';
import {noUndoMessage} from '../plan/plan-schema.ts';
import {packNames, type PackHeader, type PackStatement} from './pack-format.ts';

/** The comment at the top of a pack's SQL: what it is, what it costs, how it is run. */
export function renderTop({kind, run, createdAt, engine, prod, dev, summary}: PackHeader): string {
	const [target, source] = [showControls(prod.name), showControls(dev.name)];
	const file = packNames[kind].sql;
	const what =
		kind === 'migration'
			? [`Migration pack by deepdiff-db: brings ${target} in line with ${source} (${engine}).`]
			: [
					`Undo pack by deepdiff-db: takes back what ${packNames.migration.sql} did to ${target} (${engine}).`,
				];
	const lines = [
		...what,
		`Run ${run}, written ${createdAt}.`,
		'',
		...(kind === 'migration' ? describePlan(summary) : describeUndo(summary)),
		'',
		`To run it: deepdiff-db apply ${file}`.replace(
			'apply',
			kind === 'migration' ? 'apply' : 'undo',
		),
		`That also checks every row before and after; it needs ${packNames[kind].manifest} beside it,`,
		'and refuses both once they were edited.',
		"Without deepdiff-db: give this file to the database's own shell, told to stop at the first error.",
		'The guards in each statement still hold back what was changed meanwhile, but nobody counts rows.',
	];
	return lines.map((line) => `-- ${line}`.trimEnd() + '\n').join('');
}

function describePlan(summary: PlanSummary): string[] {
	const {counts, notAllowed, gates, hazards, withoutUndo} = summary;
	const parts = [
		countStatements(counts.ddl + counts.session, 'of structure', 'of structure'),
		countStatements(counts.insert, 'insert', 'inserts'),
		countStatements(counts.update, 'update', 'updates'),
		countStatements(counts.delete, 'delete', 'deletes'),
	].filter((part) => part !== '');
	const lines = [parts.length > 0 ? `Statements: ${parts.join(', ')}.` : 'Nothing is to be done.'];
	if (notAllowed > 0) {
		const kinds = gates.map(({kind, statements}) => `${kind} (${statements})`).join(', ');
		lines.push(`Not allowed, and so commented: ${notAllowed}. They need ${kinds}.`);
	}
	// Those have a list of their own.
	const shown = hazards.filter(({hazard}) => hazard.message !== noUndoMessage);
	for (const {hazard, statements} of shown) {
		const times = statements > 1 ? ` (${statements} statements)` : '';
		lines.push(`! ${showControls(hazard.message)}${times}`);
	}
	return [...lines, ...describeLost(withoutUndo)];
}

function countStatements(count: number, one: string, many: string): string {
	return count === 0 ? '' : `${count} ${count === 1 ? one : many}`;
}

function describeUndo({tables, withoutUndo}: PlanSummary): string[] {
	const sum = (field: 'inserts' | 'updates' | 'deletes') =>
		tables.reduce((total, table) => total + table[field], 0);
	return [
		`Rows: deletes ${sum('inserts')} that were inserted, sets ${sum('updates')} back, inserts ${sum('deletes')} that were deleted.`,
		...describeLost(withoutUndo),
	];
}

function describeLost(lost: PlanSummary['withoutUndo']): string[] {
	return lost.map(({number, summary}) => `Can not be undone: ${number} · ${showControls(summary)}`);
}

/**
A statement's own comment lines and its SQL; `lead` is what stands before the SQL.

@param frame What the shell needs around a statement.
*/
export function renderStatement(
	statement: Omit<PackStatement, 'reverts'>,
	{separator, compound}: Pick<PackFrame, 'separator' | 'compound'> = {},
): {
	lead: string;
	sql: string;
	end: string;
} {
	const {number, summary, sql, hazards, row, allowed} = statement;
	const lines = [`${number} · ${showControls(summary)} · ${describeEffect(statement)}`];
	// What is the same for every row of a table stands at the top.
	if (!row) lines.push(...hazards.map(({message}) => `! ${showControls(message)}`));
	const lead = lines.map((line) => `-- ${line}\n`).join('');
	const lastLine = sql.slice(sql.lastIndexOf('\n') + 1);
	// Definitions are kept as they were written: one may end in a comment.
	const sent = separator === undefined ? '' : `${separator}\n`;
	const end = `${lastLine.includes('--') ? '\n' : ''};\n${sent}\n`;
	if (allowed && compound && statement.kind === 'ddl' && sql.includes(';')) {
		return {lead: `${lead}${compound.before}\n`, sql, end: `\n${compound.after}\n\n`};
	}
	if (allowed) return {lead, sql, end};
	const commented = (sql + end.trimEnd()).split(/\r\n|\r|\n/).map((line) => `-- ${line}`);
	return {lead, sql: commented.join('\n'), end: '\n\n'};
}

/** The statement that `renderStatement` wrote as a comment, as it would run. */
export function uncomment(text: string): string {
	return text.replaceAll(/^-- /gm, '').replace(/;\s*(?:\n\S+\s*)?$/, '');
}

function describeEffect({allowed, needs, expects, unless}: Omit<PackStatement, 'reverts'>): string {
	if (unless) return `only where statement ${unless.join(' or ')} of the migration did not run`;
	if (!allowed) return `not allowed: needs ${needs ?? allowKinds.join(' or ')}`;
	if (expects === null) return 'structure';
	return `must affect ${expects} row${expects === 1 ? '' : 's'}`;
}

/** What a person's shell must run around the statements; a shell's own commands take no semicolon. */
export function renderFrame(statements: readonly string[], separator?: string): string {
	const lines = statements
		.map((statement) => (/^[.:\\]|;$/.test(statement) ? statement : `${statement};`) + '\n')
		.join('');
	return separator === undefined || lines === '' ? lines : `${lines}${separator}\n`;
}
