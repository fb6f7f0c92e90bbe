import {antlr4tsSQL, SQLDialect} from 'antlr4ts-sql';

const grammar = new antlr4tsSQL(SQLDialect.TSQL);

/** What a grammar of T-SQL says against a text; empty: nothing. */
export function findMistakes(sql: string): string[] {
	const mistakes: string[] = [];
	const listener = {
		syntaxError(
			_recognizer: unknown,
			_symbol: unknown,
			line: number,
			column: number,
			message: string,
		) {
			mistakes.push(`${line}:${column} ${message.slice(0, 80)}`);
		},
	};
	const parser = grammar.getParser(grammar.getTokens(sql, [listener]), [listener]);
	grammar.getParseTree(parser);
	return mistakes.slice(0, 2);
}
