import type {Token} from '../sql-tokens.ts';
import {isOperator, isWord, tokenize} from '../sql-tokens.ts';

/** The head of a CREATE statement, before the name that it gives. */
type Head = {
	/** Half-open range of `DEFINER=account`, with the blank after it; null: it names none. */
	readonly definer: readonly [number, number] | null;
};

/**
An object's text as it is made on prod. Whose rights it has is a matter of the server's own
accounts: what prod has keeps its account, what is new belongs to the one that applies it.

@param prod Prod's text of the object; null: it is new.
*/
export function adoptDefiner(text: string, prod: string | null): string {
	const own = prod === null ? null : readDefiner(prod);
	const {definer} = readHead(text);
	const plain = definer ? text.slice(0, definer[0]) + text.slice(definer[1]) : text;
	if (own === null) return plain;
	const at = definer?.[0] ?? 'CREATE '.length;
	return `${plain.slice(0, at)}${own}${plain.slice(at)}`;
}

/** The same statement for an object that is there already. */
export function orReplace(text: string): string {
	return text.replace(/^CREATE /, 'CREATE OR REPLACE ');
}

/**
A trigger's text without the one that it follows, or with another.

@param follows As SQL; null: none.
*/
export function placeTrigger(text: string, follows: string | null): string {
	const tokens = tokenize(text);
	const at = tokens.findIndex((token) => isWord(token, 'row'));
	const [next, name, after] = tokens.slice(at + 1, at + 4);
	const row = tokens[at];
	if (!row) return text;
	const isPlaced = (isWord(next, 'follows') || isWord(next, 'precedes')) && name !== undefined;
	const body = isPlaced ? (after?.start ?? text.length) : (next?.start ?? text.length);
	return `${text.slice(0, row.end)} ${follows === null ? '' : `FOLLOWS ${follows} `}${text.slice(body)}`;
}

/** The trigger that a trigger's text says it follows, unquoted; null: none. */
export function readFollowed(text: string): string | null {
	const tokens = tokenize(text);
	const at = tokens.findIndex((token) => isWord(token, 'row'));
	return isWord(tokens[at + 1], 'follows') ? (tokens[at + 2]?.value ?? null) : null;
}

function readDefiner(text: string): string | null {
	const {definer} = readHead(text);
	return definer ? text.slice(...definer) : null;
}

function readHead(text: string): Head {
	const tokens = tokenize(text);
	const at = tokens.findIndex(
		(token, index) => isWord(token, 'definer') && isOperator(tokens[index + 1], '='),
	);
	const token = tokens[at];
	// Only the head of CREATE names one; a text inside may hold the same words.
	const isHead = token !== undefined && tokens.slice(0, at).every(({kind}) => kind !== 'quoted');
	if (!isHead) return {definer: null};
	const end = tokens[at + 2 + countAccount(tokens.slice(at + 2))]?.start ?? text.length;
	return {definer: [token.start, end]};
}

/** Tokens of an account, e.g. of `` `app`@`%` ``, `app@localhost` or `CURRENT_USER()`. */
export function countAccount([, second, third]: readonly Token[]): number {
	if (isOperator(second, '(') && isOperator(third, ')')) return 3;
	if (second?.kind !== 'variable' && !isOperator(second, '@')) return 1;
	return isOperator(second, '@') ? 3 : 2;
}
