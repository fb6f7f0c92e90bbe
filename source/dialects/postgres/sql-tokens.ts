/** A piece of SQL: a word, a quoted name, a string, a number, an operator. */
export type Token = {
	readonly kind: 'word' | 'quoted' | 'string' | 'body' | 'number' | 'operator';
	readonly text: string;
};

const patterns: readonly (readonly [kind: Token['kind'] | 'blank', pattern: RegExp])[] = [
	['blank', /\s+|--[^\n]*/y],
	['body', /\$([\p{L}_][\p{L}\p{N}_]*)?\$/uy],
	['string', /[eE]'(?:[^'\\]|''|\\.)*'|(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*'/sy],
	['quoted', /(?:[uU]&)?"(?:[^"]|"")*"/sy],
	['word', /[\p{L}_][\p{L}\p{N}_$]*/uy],
	['number', /\d[\d_]*(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?/y],
	['operator', /::|:=|=>|\.\.|[-+*/<>=~!@#%^&|`?]+|./suy],
];

/**
Cuts SQL into tokens; blanks and comments are none. (Manual, "Lexical Structure".) Text that ends
inside a string or a comment ends there.
*/
export function tokenize(sql: string): Token[] {
	const tokens: Token[] = [];
	let at = 0;
	while (at < sql.length) {
		if (sql.startsWith('/*', at)) {
			at = skipComment(sql, at);
			continue;
		}
		for (const [kind, pattern] of patterns) {
			pattern.lastIndex = at;
			const found = pattern.exec(sql)?.[0];
			if (found === undefined) continue;
			const text = kind === 'body' ? takeBody(sql, at, found) : trimOperator(kind, found);
			at += text.length;
			if (kind !== 'blank') tokens.push({kind, text});
			break;
		}
	}
	return tokens;
}

/** Comments nest. */
function skipComment(sql: string, start: number): number {
	let depth = 0;
	for (let at = start; at < sql.length; at++) {
		if (sql.startsWith('/*', at)) {
			depth++;
			at++;
		} else if (sql.startsWith('*/', at)) {
			depth--;
			at++;
			if (depth === 0) return at + 1;
		}
	}
	return sql.length;
}

function takeBody(sql: string, start: number, tag: string): string {
	const end = sql.indexOf(tag, start + tag.length);
	return end < 0 ? sql.slice(start) : sql.slice(start, end + tag.length);
}

/** A comment may start right after an operator. */
function trimOperator(kind: Token['kind'] | 'blank', text: string): string {
	if (kind !== 'operator') return text;
	const comment = /(?<=.)(?:--|\/\*)/s.exec(text)?.index;
	return comment === undefined ? text : text.slice(0, comment);
}
