import {quoteName} from '../names.ts';
import {isOperator, isWord, tokenize, type Token} from '../sql-tokens.ts';

/**
Leaves the schema's own name out of a text that the server prints with every name in full: two
databases that are compared seldom have the same name, and what is made anew must not refer to the
other.

@param isKnown Whether the schema has a table, view, routine or sequence of this name.
*/
export function spellLocally(
	text: string,
	schema: string,
	isKnown: (name: string) => boolean,
): string {
	if (!text.includes(quoteName(schema))) return text;
	const tokens = tokenize(text);
	const hasAlias = tokens.some((_, at) => isAlias(tokens, at, schema));
	let spelled = '';
	let end = 0;
	for (const [at, token] of tokens.entries()) {
		if (!isPrefix(tokens, at, schema, isKnown, hasAlias)) continue;
		const after = tokens[at + 1]?.end ?? token.end;
		spelled += text.slice(end, token.start);
		end = after;
	}
	return spelled + text.slice(end);
}

function isPrefix(
	tokens: readonly Token[],
	at: number,
	schema: string,
	isKnown: (name: string) => boolean,
	hasAlias: boolean,
): boolean {
	const [token, dot, name, next, last] = tokens.slice(at, at + 5);
	const before = tokens[at - 1];
	if (token?.kind !== 'quoted' || token.value !== schema || !isOperator(dot, '.')) return false;
	if (isOperator(before, '.') || name?.kind !== 'quoted') return false;
	// `schema`.`table`.`column`
	if (isOperator(next, '.') && last !== undefined) return true;
	if (!isKnown(name.value)) return false;
	const isSource = isWord(before, 'from') || isWord(before, 'join') || isWord(before, 'into');
	return isSource || !hasAlias || isOperator(next, '(');
}

/** A table may be called by its schema's name, and then that stands before its columns. */
function isAlias(tokens: readonly Token[], at: number, schema: string): boolean {
	const [token, before, after] = [tokens[at], tokens[at - 1], tokens[at + 1]];
	if (token?.kind !== 'quoted' || token.value !== schema) return false;
	if (isOperator(after, '.') || isOperator(before, '.')) return false;
	return before?.kind === 'quoted' || isOperator(before, ')');
}
