import type {Dialect} from '../dialect.ts';
import {isNarrowing} from './is-narrowing.ts';
import {foldName, quoteName} from './names.ts';
import {parseType, spellParsed} from './parse-type.ts';
import {isOperator, tokenize, type Token} from './sql-tokens.ts';

/** How definitions of SQL Server are compared. */
export const normalise: Dialect['normalise'] = {
	name: foldName,
	type: (type) => spellParsed(parseType(type)),
	sql(text, isName = () => false) {
		const tokens = withoutAlteration(withoutWrapping(tokenize(text)));
		return tokens.map((token) => spellToken(token, isName)).join(' ');
	},
	default(expression, type) {
		const plain = withoutAllWrapping(expression);
		const {name} = parseType(type);
		const isNumeric = /int$|^(?:decimal|float|real|money|smallmoney|bit)$/.test(name);
		const text = /^'(.*)'$/s.exec(plain)?.[1] ?? plain;
		return isNumeric ? (normaliseNumber(text) ?? plain) : plain;
	},
	isNarrowing,
};

/** The server puts parentheses around defaults, `((0))`, and around each value inside. */
function withoutAllWrapping(expression: string): string {
	return normalise
		.sql(expression)
		.replaceAll(/\( (-? ?[\d.]+(?:e[+-]?\d+)?|'(?:[^']|'')*') \)/g, '$1');
}

/** Null: it is no number. */
function normaliseNumber(text: string): string | null {
	const match = /^([+-]?) ?0*(\d*)(?:\.(\d*?)0*)?$/.exec(text);
	if (!match || !/\d/.test(text)) return null;
	const [, sign, whole = '', fraction = ''] = match;
	const magnitude = `${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`;
	return sign === '-' && magnitude !== '0' ? `-${magnitude}` : magnitude;
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

/** What was altered is kept with CREATE in front, what was made with CREATE OR ALTER as it was. */
function withoutAlteration(tokens: readonly Token[]): readonly Token[] {
	const [create, or, alter, ...rest] = tokens;
	const isEither =
		create?.text.toLowerCase() === 'create' &&
		or?.text.toLowerCase() === 'or' &&
		alter?.text.toLowerCase() === 'alter';
	return isEither ? [create, ...rest] : tokens;
}

const synonyms: Readonly<Record<string, string>> = {'!=': '<>'};

function spellToken({kind, text, value}: Token, isName: (name: string) => boolean): string {
	switch (kind) {
		case 'word':
			return isName(text) ? foldName(text) : text.toLowerCase();
		case 'quoted':
			return isPlain(value) ? foldName(value) : quoteName(foldName(value));
		case 'string':
			return `'${value.replaceAll("'", "''")}'`;
		case 'number':
		case 'variable':
			return text.toLowerCase();
		case 'operator':
			return synonyms[text] ?? text;
		default:
			return kind satisfies never;
	}
}

function isPlain(name: string): boolean {
	return /^[\p{L}_][\p{L}\p{N}_$#@]*$/u.test(name);
}
