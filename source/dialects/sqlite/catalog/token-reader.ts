import {isNameLike, isOperator, isWord, sliceWithoutComments, tokenize} from './sql-tokens.ts';
import type {Token} from './sql-tokens.ts';

/** The text is not what the grammar allows: written by a newer SQLite, or by hand. */
export class SqlSyntaxError extends Error {
	constructor(expected: string, token: Token | undefined) {
		super(`expected ${expected}, found ${token ? token.text : 'the end'}`);
		this.name = 'SqlSyntaxError';
	}
}

/** Reads the tokens of one statement from left to right. */
export class TokenReader {
	readonly text: string;
	/** What was taken as an expression in parentheses, piece by piece. */
	readonly expressions: (readonly Token[])[] = [];
	readonly #tokens: readonly Token[];
	#at = 0;

	constructor(text: string) {
		this.text = text;
		this.#tokens = tokenize(text);
	}

	peek(ahead = 0): Token | undefined {
		return this.#tokens[this.#at + ahead];
	}

	isAtWord(...keywords: readonly string[]): boolean {
		return isWord(this.peek(), ...keywords);
	}

	isAt(operator: string): boolean {
		return isOperator(this.peek(), operator);
	}

	isAtEnd(): boolean {
		return this.#at >= this.#tokens.length;
	}

	/** Steps over the words if all of them come next, in this order. */
	acceptWords(...keywords: readonly string[]): boolean {
		const all = keywords.every((keyword, index) => isWord(this.peek(index), keyword));
		if (all) this.#at += keywords.length;
		return all;
	}

	accept(operator: string): boolean {
		const isNext = this.isAt(operator);
		if (isNext) this.#at += 1;
		return isNext;
	}

	expectWords(...keywords: readonly string[]): void {
		if (!this.acceptWords(...keywords)) throw new SqlSyntaxError(keywords.join(' '), this.peek());
	}

	expect(operator: string): void {
		if (!this.accept(operator)) throw new SqlSyntaxError(operator, this.peek());
	}

	take(): Token {
		const token = this.peek();
		if (!token) throw new SqlSyntaxError('more', token);
		this.#at += 1;
		return token;
	}

	takeName(): string {
		const token = this.peek();
		if (!token || !isNameLike(token)) throw new SqlSyntaxError('a name', token);
		this.#at += 1;
		return token.value;
	}

	/**
	Takes what comes before the first token outside parentheses for which `isEnd` is true, or
	before a closing parenthesis that was not opened here.
	*/
	takeUntil(isEnd: (token: Token) => boolean): readonly Token[] {
		const from = this.#at;
		let depth = 0;
		for (let token = this.peek(); token; token = this.peek()) {
			if (depth === 0 && (isOperator(token, ')') || isEnd(token))) break;
			if (isOperator(token, '(')) depth += 1;
			if (isOperator(token, ')')) depth -= 1;
			this.#at += 1;
		}
		return this.#tokens.slice(from, this.#at);
	}

	/** Takes a parenthesised expression and gives the text inside, without comments. */
	takeParenthesised(): string {
		this.expect('(');
		const inner = this.takeUntil(() => false);
		this.expect(')');
		this.expressions.push(inner);
		return sliceWithoutComments(this.text, inner);
	}

	/** Takes comma-separated pieces up to the closing parenthesis of a list, and that too. */
	takeList(): (readonly Token[])[] {
		this.expect('(');
		const items: (readonly Token[])[] = [];
		do items.push(this.takeUntil((token) => isOperator(token, ',')));
		while (this.accept(','));
		this.expect(')');
		return items;
	}
}
