import {isOperator, isWord, sliceWithoutComments} from './sql-tokens.ts';
import type {Token} from './sql-tokens.ts';
import {TokenReader} from './token-reader.ts';

export type IndexText = {
	/** Each indexed column or expression without its collation and direction. */
	readonly items: readonly {readonly expression: string; readonly collation: string | null}[];
	readonly where: string | null;
};

/**
Reads a CREATE INDEX text for what the pragma does not tell: its expressions.

@throws {SqlSyntaxError} When it is not what SQLite's grammar allows.
*/
export function parseCreateIndex(text: string): IndexText {
	const reader = new TokenReader(text);
	reader.expectWords('CREATE');
	reader.acceptWords('UNIQUE');
	reader.expectWords('INDEX');
	reader.takeName();
	reader.expectWords('ON');
	reader.takeName();
	const items = reader.takeList().map((tokens) => readItem(text, tokens));
	if (!reader.acceptWords('WHERE')) return {items, where: null};
	const where = reader.takeUntil((token) => isOperator(token, ';'));
	return {items, where: sliceWithoutComments(text, where)};
}

function readItem(text: string, tokens: readonly Token[]): IndexText['items'][number] {
	let rest = isWord(tokens.at(-1), 'ASC', 'DESC') ? tokens.slice(0, -1) : tokens;
	const collation = isWord(rest.at(-2), 'COLLATE') ? (rest.at(-1)?.value ?? null) : null;
	if (collation !== null) rest = rest.slice(0, -2);
	return {
		expression: sliceWithoutComments(text, rest),
		collation: collation?.toUpperCase() ?? null,
	};
}
