import {foldName} from './fold-name.ts';
import {isOperator, isWord} from './sql-tokens.ts';
import type {Token} from './sql-tokens.ts';
import {tokenize} from './sql-tokens.ts';

/*
SQLite takes a word in double quotes for a string when no name is spelled so
(sqlite.org/quirks.html, section 8). Tables written that way are read, but this SQLite is
built without the quirk: such a text can't be run again as it stands.
*/

const rowIdNames = ['rowid', '_rowid_', 'oid'];

/** Whether the token at this place is a string although its quotes say that it is a name. */
export function isQuotedString(
	tokens: readonly Token[],
	at: number,
	isName: (name: string) => boolean,
): boolean {
	const token = tokens[at];
	if (token?.kind !== 'quoted' || !token.text.startsWith('"')) return false;
	const before = tokens[at - 1];
	const after = tokens[at + 1];
	const isPlaceOfName =
		isOperator(before, '.') ||
		isWord(before, 'COLLATE', 'AS') ||
		isOperator(after, '.') ||
		isOperator(after, '(');
	return !isPlaceOfName && !isName(token.value);
}

/** Tells the names that an expression of a table may use: its columns and the row id. */
export function makeNameTest(columns: readonly string[]): (name: string) => boolean {
	const names = new Set([...columns.map(foldName), ...rowIdNames]);
	return (name) => names.has(foldName(name));
}

/** Writes the strings of an expression that stand in double quotes in single ones. */
export function spellStrings(expression: string, isName: (name: string) => boolean): string {
	const tokens = tokenize(expression);
	return replaceTokens(
		expression,
		tokens.filter((_, at) => isQuotedString(tokens, at, isName)),
	);
}

export function quoteString(value: string): string {
	return `'${value.replaceAll("'", "''")}'`;
}

/** Replaces each of these tokens of a text by a string literal of its value. */
export function replaceTokens(text: string, strings: readonly Token[]): string {
	let replaced = '';
	let end = 0;
	for (const token of strings) {
		replaced += text.slice(end, token.start) + quoteString(token.value);
		end = token.end;
	}
	return replaced + text.slice(end);
}
