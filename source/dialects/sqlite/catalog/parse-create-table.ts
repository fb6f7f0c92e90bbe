import {parseColumn, parseConflict} from './parse-column.ts';
import {parseNameList, parseReferences} from './parse-references.ts';
import {isNameLike, isWord} from './sql-tokens.ts';
import type {Token} from './sql-tokens.ts';
import type {KeyColumnText, TableDraft, TableText} from './table-text.ts';
import {SqlSyntaxError, TokenReader} from './token-reader.ts';

/**
Reads a CREATE TABLE text as SQLite stores it, by the grammar in SQLite's src/parse.y.

@throws {SqlSyntaxError} When it is not what that grammar allows.
*/
export function parseCreateTable(text: string): TableText {
	const reader = new TokenReader(text);
	reader.expectWords('CREATE', 'TABLE');
	reader.takeName();
	reader.expect('(');
	const draft: TableDraft = {
		columns: [],
		primaryKey: null,
		uniques: [],
		foreignKeys: [],
		checks: [],
		autoincrement: false,
	};
	do {
		if (isAtTableConstraint(reader)) break;
		parseColumn(reader, draft);
	} while (reader.accept(','));
	let name: string | null = null;
	while (!reader.isAt(')')) {
		// Between table constraints the comma may be missing.
		if (reader.accept(',')) name = null;
		if (reader.acceptWords('CONSTRAINT')) {
			name = reader.takeName();
			continue;
		}
		parseTableConstraint(reader, draft, name);
		name = null;
	}
	reader.expect(')');
	const options = [...(draft.autoincrement ? ['AUTOINCREMENT'] : []), ...parseOptions(reader)];
	return {...draft, options, expressions: reader.expressions};
}

const constraintStarts = ['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN'] as const;

/** These words can't be a column's name unless they are quoted. */
function isAtTableConstraint(reader: TokenReader): boolean {
	return reader.isAtWord(...constraintStarts);
}

function parseTableConstraint(reader: TokenReader, draft: TableDraft, name: string | null): void {
	if (reader.acceptWords('PRIMARY', 'KEY')) {
		const items = reader.takeList();
		draft.autoincrement ||= items.some((item) => isWord(item.at(-1), 'AUTOINCREMENT'));
		const columns = items.map(readKeyColumn);
		draft.primaryKey = {name, columns, onConflict: parseConflict(reader)};
	} else if (reader.acceptWords('UNIQUE')) {
		const columns = reader.takeList().map(readKeyColumn);
		draft.uniques.push({name, columns, onConflict: parseConflict(reader)});
	} else if (reader.acceptWords('CHECK')) {
		draft.checks.push({name, expression: reader.takeParenthesised()});
		parseConflict(reader);
	} else if (reader.acceptWords('FOREIGN', 'KEY')) {
		draft.foreignKeys.push(parseReferences(reader, name, parseNameList(reader)));
	} else {
		throw new SqlSyntaxError('a table constraint', reader.peek());
	}
}

/** `name [COLLATE collation] [ASC | DESC] [AUTOINCREMENT]`; the pragma tells the direction. */
function readKeyColumn(tokens: readonly Token[]): KeyColumnText {
	const [first, second, third] = tokens;
	if (!first || !isNameLike(first)) throw new SqlSyntaxError('a column', first);
	const hasCollation = isWord(second, 'COLLATE') && third !== undefined;
	return {name: first.value, collation: hasCollation ? third.value.toUpperCase() : null};
}

function parseOptions(reader: TokenReader): string[] {
	const options: string[] = [];
	while (!reader.isAtEnd()) {
		if (reader.acceptWords('WITHOUT', 'ROWID')) options.push('WITHOUT ROWID');
		else if (reader.acceptWords('STRICT')) options.push('STRICT');
		else throw new SqlSyntaxError('a table option', reader.peek());
		reader.accept(',');
	}
	return options.sort();
}
