import type {Dialect} from '../dialect.ts';
import {foldName} from './catalog/fold-name.ts';
import {countAccount} from './ddl/code-text.ts';
import {isNarrowing} from './is-narrowing.ts';
import {quoteName, quoteText} from './names.ts';
import {parseType} from './parse-type.ts';
import {isOperator, isWord, tokenize, type Token} from './sql-tokens.ts';

/** How definitions of MySQL and MariaDB are compared. */
export const normalise: Dialect['normalise'] = {
	name: foldName,

	/**
	A width says nothing of what an integer holds, and newer servers leave it out; only
	`tinyint(1)` is kept apart, for drivers take it for a boolean. Zeros in front follow the width.
	*/
	type(type) {
		const {name, numbers, labels, unsigned, zerofill, rest} = parseType(type);
		const isInteger = /int$/.test(name);
		const isBoolean = name === 'tinyint' && numbers[0] === 1 && !unsigned;
		const kept = (isInteger && !zerofill && !isBoolean) || name === 'year' ? [] : numbers;
		const parameters =
			labels.length > 0 ? labels.map((label) => quoteText(label)) : fillIn(name, kept);
		return [
			parameters.length > 0 ? `${name}(${parameters.join(',')})` : name,
			unsigned && 'unsigned',
			zerofill && 'zerofill',
			...rest,
		]
			.filter((word) => word !== false)
			.join(' ');
	},

	sql(text, isName = () => false) {
		const tokens = withoutDefiner(withoutWrapping(tokenize(text)));
		return spellTokens(tokens, isName);
	},

	default(expression, type) {
		const plain = normalise.sql(expression);
		const clock = /^(?:current_timestamp|now|localtime|localtimestamp)(?: \( ?(\d*) ?\))?$/.exec(
			plain,
		);
		if (clock) return `current_timestamp(${Number(clock[1] ?? 0)})`;
		const {name} = parseType(type);
		const text = /^'(.*)'$/s.exec(plain)?.[1] ?? plain;
		if (name === 'bit') return normaliseBits(plain);
		const isNumeric = /int$|^(?:decimal|float|double|year)$/.test(name);
		if (isNumeric) return normaliseNumber(truths[text.toLowerCase()] ?? text) ?? plain;
		// What is no string in a column of text becomes one when it is stored.
		return /^-? ?[\d.]+$/.test(plain) ? quoteText(plain.replace(' ', '')) : plain;
	},

	isNarrowing,
};

const truths: Readonly<Record<string, string>> = {true: '1', false: '0'};

/** A length or precision that need not be said. */
function fillIn(name: string, numbers: readonly number[]): readonly number[] {
	if (numbers.length === 0) {
		if (name === 'decimal') return [10, 0];
		return /^(?:bit|char|binary)$/.test(name) ? [1] : [];
	}
	if (name === 'decimal' && numbers.length === 1) return [...numbers, 0];
	const isClock = /^(?:time|datetime|timestamp)$/.test(name);
	return isClock && numbers[0] === 0 ? [] : numbers;
}

function normaliseBits(plain: string): string {
	const digits = /^b'([01]*)'$/i.exec(plain)?.[1] ?? /^0b([01]+)$/i.exec(plain)?.[1];
	if (digits !== undefined) return BigInt(`0b${digits || '0'}`).toString();
	return truths[plain] ?? plain.replace(/^'(\d+)'$/, '$1');
}

/** Null: it is no number. */
function normaliseNumber(text: string): string | null {
	const match = /^([+-]?) ?0*(\d*)(?:\.(\d*?)0*)?(?:e\+?(\d+))?$/i.exec(text);
	if (!match || !/\d/.test(text)) return null;
	const [, sign, whole = '', fraction = '', exponent] = match;
	if (exponent !== undefined) return String(Number(text.replace(' ', '')));
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

/** Whose rights an object runs with is a matter of each server's accounts. */
function withoutDefiner(tokens: readonly Token[]): readonly Token[] {
	const at = tokens.findIndex(
		(token, index) => isWord(token, 'definer') && isOperator(tokens[index + 1], '='),
	);
	// Only the head of CREATE names one; a text inside may hold the same words.
	if (at < 0 || !tokens.slice(0, at).every(({kind}) => kind !== 'quoted')) return tokens;
	return [...tokens.slice(0, at), ...tokens.slice(at + 2 + countAccount(tokens.slice(at + 2)))];
}

const synonyms: Readonly<Record<string, string>> = {'!=': '<>', '&&': 'and'};

function spellTokens(tokens: readonly Token[], isName: (name: string) => boolean): string {
	return tokens
		.flatMap((token, at) => {
			// MySQL 8 prints each string with its character set in front.
			const isIntroducer =
				token.kind === 'word' && token.text.startsWith('_') && tokens[at + 1]?.kind === 'string';
			return isIntroducer ? [] : [spellToken(token, isName)];
		})
		.join(' ');
}

function spellToken({kind, text, value}: Token, isName: (name: string) => boolean): string {
	switch (kind) {
		case 'word':
			return isName(text) ? text : text.toLowerCase();
		case 'quoted':
			return isPlain(value) ? value : quoteName(value);
		case 'string':
			return quoteText(value);
		case 'number':
		case 'variable':
			return text.toLowerCase();
		case 'operator':
			return synonyms[text] ?? text;
	}
}

function isPlain(name: string): boolean {
	return /^[A-Za-z_][\w$]*$/.test(name);
}
