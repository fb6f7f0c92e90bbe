import {parseDeferral, parseReferences} from './parse-references.ts';
import {isNameLike, isWord} from './sql-tokens.ts';
import type {KeyText, TableDraft} from './table-text.ts';
import {SqlSyntaxError} from './token-reader.ts';
import type {TokenReader} from './token-reader.ts';

const constraintWords = [
	'CONSTRAINT',
	'DEFAULT',
	'NULL',
	'NOT',
	'PRIMARY',
	'UNIQUE',
	'CHECK',
	'REFERENCES',
	'COLLATE',
	'AS',
	'DEFERRABLE',
] as const;

/** Reads one column with its constraints into the draft. */
export function parseColumn(reader: TokenReader, draft: TableDraft): void {
	const name = reader.takeName();
	skipType(reader);
	let collation: string | null = null;
	let onNull: string | null = null;
	let generated: TableDraft['columns'][number]['generated'] = null;
	let constraint: string | null = null;
	/** A constraint's name stands before it and for it alone. */
	const takeConstraintName = () => {
		const taken = constraint;
		constraint = null;
		return taken;
	};
	const makeKey = (): KeyText => ({
		name: takeConstraintName(),
		columns: [{name, collation: null}],
		onConflict: parseConflict(reader),
	});
	while (!reader.isAtEnd() && !reader.isAt(',') && !reader.isAt(')')) {
		if (reader.acceptWords('CONSTRAINT')) {
			constraint = reader.takeName();
			continue;
		}
		if (reader.acceptWords('PRIMARY', 'KEY')) {
			if (!reader.acceptWords('ASC')) reader.acceptWords('DESC');
			draft.primaryKey = makeKey();
			draft.autoincrement ||= reader.acceptWords('AUTOINCREMENT');
		} else if (reader.acceptWords('UNIQUE')) {
			draft.uniques.push(makeKey());
		} else if (reader.acceptWords('CHECK')) {
			draft.checks.push({name: takeConstraintName(), expression: reader.takeParenthesised()});
		} else if (reader.isAtWord('REFERENCES')) {
			draft.foreignKeys.push(parseReferences(reader, takeConstraintName(), [name]));
		} else if (reader.acceptWords('NOT', 'NULL')) {
			onNull = parseConflict(reader);
		} else if (reader.acceptWords('NULL')) {
			parseConflict(reader);
		} else if (reader.acceptWords('DEFAULT')) {
			skipDefault(reader);
		} else if (reader.acceptWords('COLLATE')) {
			collation = normaliseCollation(reader.takeName());
		} else if (reader.acceptWords('GENERATED', 'ALWAYS', 'AS') || reader.acceptWords('AS')) {
			const expression = reader.takeParenthesised();
			const stored = reader.acceptWords('STORED');
			if (!stored) reader.acceptWords('VIRTUAL');
			generated = {expression, stored};
		} else {
			deferLast(reader, draft);
		}
		constraint = null;
	}
	draft.columns.push({name, collation, onNull, generated});
}

/** SQLite's default is the absence of a collation. */
export function normaliseCollation(collation: string): string | null {
	const upper = collation.toUpperCase();
	return upper === 'BINARY' ? null : upper;
}

/** Reads `ON CONFLICT …`; null when there is none or it says what happens anyway. */
export function parseConflict(reader: TokenReader): string | null {
	if (!reader.acceptWords('ON', 'CONFLICT')) return null;
	const action = reader.takeName().toUpperCase();
	return action === 'ABORT' ? null : action;
}

/** A deferral belongs to the last foreign key, even with other constraints in between. */
function deferLast(reader: TokenReader, draft: TableDraft): void {
	const deferral = parseDeferral(reader);
	if (deferral === null) throw new SqlSyntaxError('a constraint', reader.peek());
	const last = draft.foreignKeys.pop();
	if (last) draft.foreignKeys.push({...last, deferral});
}

/** The pragma tells the type; `GENERATED ALWAYS` before AS counts as its words here too. */
function skipType(reader: TokenReader): void {
	while (isNameLike(reader.peek()) && !isWord(reader.peek(), ...constraintWords)) reader.take();
	if (reader.isAt('(')) reader.takeList();
	// A length stands before GENERATED ALWAYS: `VARCHAR(10) GENERATED ALWAYS AS (…)`.
	reader.acceptWords('GENERATED', 'ALWAYS');
}

/** The pragma tells the default: an expression in parentheses, or one term with its sign. */
function skipDefault(reader: TokenReader): void {
	if (reader.isAt('(')) {
		reader.takeParenthesised();
		return;
	}
	if (reader.isAt('-') || reader.isAt('+')) reader.take();
	reader.take();
}
