import type {Index, Table} from '../../../model/catalog.ts';
import {foldName} from '../catalog/fold-name.ts';
import {parseCreateTable} from '../catalog/parse-create-table.ts';
import {isQuotedString, makeNameTest, replaceTokens} from '../catalog/quoted-strings.ts';
import {isOperator, tokenize} from '../catalog/sql-tokens.ts';
import type {Token} from '../catalog/sql-tokens.ts';

/**
A table's text as it can be run: verbatim, but with single quotes around strings that stand
in double ones, which SQLite reads in old files and no longer lets anybody write.
*/
export function makeTableRunnable(table: Table): string {
	return replaceTokens(table.definition, findTableStrings(table));
}

/** An index's text, likewise. */
export function makeIndexRunnable({definition}: Index, {columns}: Table): string {
	return replaceTokens(definition, findIndexStrings(definition, columns));
}

/**
Whether ALTER TABLE … RENAME must be avoided while this table or its indexes are there: it
reads all texts again, and stops at such a string.
*/
export function hasQuotedStrings(table: Table, indexes: readonly Index[]): boolean {
	return (
		findTableStrings(table).length > 0 ||
		indexes.some(({definition}) => findIndexStrings(definition, table.columns).length > 0)
	);
}

/**
Whether a check or an index speaks of its own table by name (`t.a > 0`): under
legacy_alter_table a rename leaves that as it is, and then refuses it.
*/
export function namesItself({name, definition}: Table, indexes: readonly Index[]): boolean {
	return [definition, ...indexes.map((index) => index.definition)].some((text) =>
		tokenize(text).some(
			(token, at, tokens) =>
				(token.kind === 'word' || token.kind === 'quoted') &&
				foldName(token.value) === foldName(name) &&
				isOperator(tokens[at + 1], '.'),
		),
	);
}

function findTableStrings({definition, columns}: Table): Token[] {
	if (!definition.includes('"')) return [];
	const isName = makeNameTest(columns.map(({name}) => name));
	return parseCreateTable(definition)
		.expressions.flatMap((tokens) => tokens.filter((_, at) => isQuotedString(tokens, at, isName)))
		.sort((a, b) => a.start - b.start);
}

function findIndexStrings(definition: string, columns: Table['columns']): Token[] {
	const tokens = tokenize(definition);
	const from = tokens.findIndex((token) => isOperator(token, '('));
	const isName = makeNameTest(columns.map(({name}) => name));
	return tokens.filter((_, at) => at > from && isQuotedString(tokens, at, isName));
}
