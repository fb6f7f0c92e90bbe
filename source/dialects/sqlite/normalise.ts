import {findAffinity, keepsValues} from './affinity.ts';
import {foldName} from './catalog/fold-name.ts';
import {isQuotedString, quoteString} from './catalog/quoted-strings.ts';
import {isReservedWord} from './catalog/reserved-words.ts';
import {isOperator, tokenize} from './catalog/sql-tokens.ts';
import type {Token} from './catalog/sql-tokens.ts';
import type {Dialect} from '../dialect.ts';

const booleans: Readonly<Record<string, string>> = {true: '1', false: '0'};

/** How SQLite's definitions are compared. */
export const normalise: Dialect['normalise'] = {
	name: foldName,

	type(type) {
		const words = tokenize(type).map(({value}) => value.toUpperCase());
		return words.join(' ').replaceAll(/ ?([(),]) ?/g, '$1');
	},

	sql(text, isName = () => true) {
		const tokens = withoutWrapping(tokenize(text));
		return tokens.map((token, at) => spellToken(tokens, at, token, isName)).join(' ');
	},

	default(expression, type) {
		const plain = booleans[normalise.sql(expression)] ?? normalise.sql(expression);
		const affinity = findAffinity(type);
		const number = /^([+-]?) ?(\d+)$/.exec(plain) ?? /^'([+-]?)(\d+)'$/.exec(plain);
		if (!number) return plain;
		const [, sign, digits = ''] = number;
		const magnitude = digits.replace(/^0+(?=\d)/, '');
		const value = `${sign === '-' && magnitude !== '0' ? '-' : ''}${magnitude}`;
		// A text keeps the spelling that it was given: `'007'` is not `7` there.
		if (plain.startsWith("'")) return isNumeric(affinity) ? value : plain;
		return affinity === 'TEXT' ? quoteString(value) : value;
	},

	isNarrowing(from, to) {
		// ANY is a type of STRICT tables, where it converts nothing.
		return !keepsValues(findAffinity(from, true), findAffinity(to, true));
	},
};

function isNumeric(affinity: string): boolean {
	return affinity === 'INTEGER' || affinity === 'NUMERIC' || affinity === 'REAL';
}

/** Leaves out a last semicolon, and parentheses around the whole. */
function withoutWrapping(tokens: readonly Token[]): readonly Token[] {
	if (isOperator(tokens.at(-1), ';')) return withoutWrapping(tokens.slice(0, -1));
	return isWrapped(tokens) ? withoutWrapping(tokens.slice(1, -1)) : tokens;
}

function isWrapped(tokens: readonly Token[]): boolean {
	if (!isOperator(tokens[0], '(') || !isOperator(tokens.at(-1), ')')) return false;
	let depth = 0;
	for (const [at, token] of tokens.entries()) {
		if (isOperator(token, '(')) depth += 1;
		if (isOperator(token, ')')) depth -= 1;
		if (depth === 0) return at === tokens.length - 1;
	}
	return false;
}

const synonyms: Readonly<Record<string, string>> = {'==': '=', '!=': '<>'};

function spellToken(
	tokens: readonly Token[],
	at: number,
	{kind, text, value}: Token,
	isName: (name: string) => boolean,
): string {
	switch (kind) {
		case 'word':
			return foldName(value);
		case 'quoted':
			if (isQuotedString(tokens, at, isName)) return quoteString(value);
			return needsQuotes(value) ? `"${foldName(value)}"` : foldName(value);
		case 'string':
		case 'variable':
			return text;
		case 'blob':
		case 'number':
			return text.toLowerCase();
		case 'operator':
			return synonyms[text] ?? text;
	}
}

function needsQuotes(name: string): boolean {
	return !/^[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*$/.test(name) || isReservedWord(name);
}
