import type {Dialect} from '../dialect.ts';
import {losesValues} from './narrowing.ts';
import {tokenize, type Token} from './sql-tokens.ts';

/**
How PostgreSQL's definitions are compared. The server prints most of them from what it parsed,
so there is little left to level: white space, letter case of words, casts of constants.
*/
export const normalise: Dialect['normalise'] = {
	// As the catalogs hold it, a name is what it is.
	name: (name) => name,
	type: (type) => spellTokens(tokenize(type)),
	sql: (text) => spellTokens(withoutWrapping(tokenize(text))),
	default(expression, type) {
		const tokens = withoutWrapping(tokenize(expression));
		const cast = tokens.findLastIndex(({text}) => text === '::');
		const [value] = tokens;
		if (cast !== 1 || !value || (value.kind !== 'string' && value.kind !== 'number')) {
			return spellTokens(tokens);
		}
		// The cast of a constant to the type that it is stored as says nothing.
		const castType = spellTokens(tokens.slice(2));
		const isOwn = bareType(castType) === bareType(normalise.type(type));
		if (!isOwn && !(isText(castType) && isText(type))) return spellTokens(tokens);
		return value.text;
	},
	isNarrowing: losesValues,
};

function bareType(type: string): string {
	return type.replace(/ ?\( ?[\d, ]+\)/, '').trim();
}

function isText(type: string): boolean {
	return /^(?:text|character|"?bpchar"?)\b/.test(type);
}

/** Leaves out a last semicolon, and parentheses around the whole. */
function withoutWrapping(tokens: readonly Token[]): readonly Token[] {
	if (tokens.at(-1)?.text === ';') return withoutWrapping(tokens.slice(0, -1));
	return isWrapped(tokens) ? withoutWrapping(tokens.slice(1, -1)) : tokens;
}

function isWrapped(tokens: readonly Token[]): boolean {
	if (tokens[0]?.text !== '(' || tokens.at(-1)?.text !== ')') return false;
	let depth = 0;
	for (const [at, {kind, text}] of tokens.entries()) {
		if (kind !== 'operator') continue;
		if (text === '(') depth++;
		if (text === ')') depth--;
		if (depth === 0) return at === tokens.length - 1;
	}
	return false;
}

/** Languages in whose bodies blanks mean nothing. */
const blankLanguages = new Set(['sql', 'plpgsql']);

function spellTokens(tokens: readonly Token[]): string {
	const at = tokens.findIndex(({text}) => text.toLowerCase() === 'language');
	const isBlankFree = blankLanguages.has(tokens[at + 1]?.text.toLowerCase() ?? '');
	return tokens.map((token) => spellToken(token, at >= 0 && isBlankFree)).join(' ');
}

function spellToken({kind, text}: Token, isBlankFree: boolean): string {
	switch (kind) {
		case 'word':
			return text.toLowerCase();
		case 'quoted': {
			const name = text.slice(1, -1);
			// A name that would be the same without its quotes.
			return /^[a-z_][a-z0-9_$]*$/.test(name) ? name : text;
		}
		case 'number':
			return text.toLowerCase();
		case 'body': {
			const body = text.replace(/^\$[^$]*\$/, '').replace(/\$[^$]*\$$/, '');
			return `$$ ${isBlankFree ? spellTokens(tokenize(body)) : body} $$`;
		}
		case 'string':
		case 'operator':
			return text;
		default:
			return kind satisfies never;
	}
}
