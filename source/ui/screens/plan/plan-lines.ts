import type {Statement} from '../../../model/plan.ts';
import type {PlannedStatement} from '../../../store/statements.ts';
import {plural} from '../../../report/number-text.ts';
import type {Spans} from '../../../report/spans.ts';
import {highlightSql, type SqlState} from '../../components/highlight-sql.ts';

/** Statements that stand together under one heading. */
export type Section = {readonly first: number; readonly last: number};

/** What the text of a plan is made of: one statement with the lines that it takes. */
export type PlanBlock = {
	readonly statement: PlannedStatement;
	readonly count: number;
	/** Whether it may be wider than the screen, so that moving to the side moves it. */
	readonly isSql: (line: number) => boolean;
	/** The line as it is searched. */
	readonly text: (line: number) => string;
	/** The line as it is drawn; `right` stands at the right end of the row. */
	readonly show: (line: number, columns: number) => {left: Spans; right?: Spans};
};

/** Characters of a line that are looked at for each column: values may be megabytes long. */
const charactersPerColumn = 8;

/**
Lays one statement out as the pack will say it: what it does, what it may cost, its SQL,
commented when it is not allowed.

@param section The section that it is the first one of.
@param isLast No blank line follows.
*/
export function makeBlock(
	statement: PlannedStatement,
	section: Section | undefined,
	isLast: boolean,
): PlanBlock {
	const {hazards, row, allowed} = statement;
	const sql = splitLines(statement);
	// What every row of a table may cost is the same: once, under its heading, is enough.
	const notes = row === null || section !== undefined ? hazards.map(({message}) => message) : [];
	const above = (section === undefined ? 0 : 1) + 1 + notes.length;
	const findStart = makeStateFinder(sql);
	const prefix = allowed ? '' : '-- ';
	const isSql = (line: number) => line >= above && line < above + sql.length;
	const count = above + sql.length + (isLast ? 0 : 1);
	const heading = section && nameSection(statement);
	const lead = section === undefined ? 0 : 1;

	return {
		statement,
		count,
		isSql,
		text(line) {
			if (isSql(line)) return prefix + (sql[line - above] ?? '');
			if (line === lead) return writeLead(statement);
			// Headings, and what is said once for many, would be found at one of them only.
			return line > lead && row === null ? (notes[line - lead - 1] ?? '') : '';
		},
		show(line, columns) {
			if (isSql(line)) {
				const index = line - above;
				const text = (sql[index] ?? '').slice(0, columns * charactersPerColumn);
				if (!allowed) return {left: [{text: prefix + text, tone: 'comment'}]};
				return {left: highlightSql(text, findStart(index)).spans};
			}
			if (line < lead) {
				const statements = section === undefined ? 0 : section.last - section.first + 1;
				return {
					left: [{text: heading ?? '', tone: 'accent'}],
					right: [{text: ` ${plural(statements, 'statement')}`, tone: 'muted'}],
				};
			}
			if (line === lead) return showLead(statement);
			const note = notes[line - lead - 1];
			if (note === undefined) return {left: []};
			return {left: [{text: '-- ! ', tone: 'warning'}, {text: note}]};
		},
	};
}

/** The lines of a statement that a search looks at. */
export function listSearched(statement: PlannedStatement): string[] {
	const {allowed, hazards, row} = statement;
	const notes = row === null ? hazards.map(({message}) => message) : [];
	const prefix = allowed ? '' : '-- ';
	return [writeLead(statement), ...notes, ...splitLines(statement).map((line) => prefix + line)];
}

function splitLines({sql}: PlannedStatement): string[] {
	return sql.split(/\r\n|\r|\n/);
}

function writeLead({number, summary}: PlannedStatement): string {
	return `-- ${number} · ${summary}`;
}

/** Statements of the same section stand under one heading. */
export function isSameSection(a: Statement, b: Statement): boolean {
	const isSamePlace = a.phase === b.phase && a.table === b.table;
	return isSamePlace && (a.phase !== 'rows' || a.kind === b.kind);
}

const rowWords = {insert: 'inserts', update: 'updates', delete: 'deletes'} as const;

export function nameSection({phase, table, kind}: Statement): string {
	const what =
		phase === 'rows' && kind !== 'ddl' && kind !== 'session' ? rowWords[kind] : phaseWords[phase];
	return table === '' ? what : `${table} · ${what}`;
}

const phaseWords = {
	session: 'settings of the session',
	'drop foreign keys': 'drop foreign keys',
	create: 'create',
	alter: 'alter',
	rows: 'rows',
	'indexes and foreign keys': 'indexes and foreign keys',
	drop: 'drop',
} as const satisfies Record<Statement['phase'], string>;

function showLead(statement: PlannedStatement): {left: Spans; right: Spans} {
	return {
		left: [{text: writeLead(statement), tone: 'comment'}],
		right: [{text: ' '}, ...describeEffect(statement)],
	};
}

/** What a statement must do, in a few words. */
export function describeEffect({allowed, needs, expects, kind, undo}: PlannedStatement): Spans {
	if (!allowed) {
		const what = needs === null ? 'not allowed' : `needs ${needs} (A)`;
		return [{text: what, tone: 'warning'}];
	}
	const effect: Spans =
		expects === null
			? [{text: kind === 'session' ? 'session' : 'structure', tone: 'muted'}]
			: [{text: `must affect ${plural(expects, 'row')}`, tone: 'good'}];
	if (undo !== null || kind === 'session') return effect;
	return [...effect, {text: ', no undo', tone: 'warning'}];
}

/** Tells what each line begins inside of; lines above the first one asked for are read once. */
export function makeStateFinder(lines: readonly string[]): (line: number) => SqlState {
	const states: SqlState[] = ['code'];
	return (line) => {
		for (let next = states.length; next <= line; next++) {
			states.push(highlightSql(lines[next - 1] ?? '', states[next - 1]).end);
		}
		return states[line] ?? 'code';
	};
}
