/** One token of SQL text as MySQL and MariaDB read it; white space and comments are none. */
export type Token = {
	readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'variable' | 'operator';
	/** As written. */
	readonly text: string;
	/** A name or string without its quotes; else the same as `text`. */
	readonly value: string;
	/** Half-open range in the text, in UTF-16 units. */
	readonly start: number;
	readonly end: number;
};

/*
As in sql/sql_lex.cc. Texts that the server prints are read in its default mode: backslash is an
escape and double quotes make a string. What stands in a comment that begins with `!` is read by
the server, and so here: only its marks are left out. `--` begins a comment only before white
space. A word may begin with a digit (`2fa`), never be one.
*/
const idCharacter = String.raw`[\w$\u0080-\uffff]`;
const pattern = new RegExp(
	[
		String.raw`(?<blank>\s+|\/\*M?!\d*|\*\/|\/\*(?![M!])[^]*?(?:\*\/|$)|#[^\n]*|--(?=\s|$)[^\n]*)`,
		String.raw`(?<bits>[xXbB]'[\da-fA-F]*'|0x[\da-fA-F]+|0b[01]+)`,
		String.raw`(?<string>[nN]?'(?:[^'\\]|\\[^]|'')*'|"(?:[^"\\]|\\[^]|"")*")`,
		'(?<quoted>`(?:[^`]|``)*`)',
		String.raw`(?<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?!${idCharacter}))`,
		String.raw`(?<variable>@@?(?:${idCharacter}|\.)+)`,
		String.raw`(?<word>${idCharacter}+)`,
		String.raw`(?<operator>->>|->|<=>|\|\||&&|<<|>>|<=|>=|<>|!=|:=|[^])`,
	].join('|'),
	'gy',
);

/** Splits SQL text into its tokens; it never fails, for the server has accepted the text. */
export function tokenize(text: string): Token[] {
	const tokens: Token[] = [];
	for (const {0: piece, index, groups = {}} of text.matchAll(pattern)) {
		if (groups['blank'] !== undefined) continue;
		const kind = findKind(groups);
		tokens.push({
			kind,
			text: piece,
			value: readValue(kind, piece),
			start: index,
			end: index + piece.length,
		});
	}
	return tokens;
}

export function isOperator(token: Token | undefined, text: string): boolean {
	return token?.kind === 'operator' && token.text === text;
}

/** Whether it is this word, which must be given in lower case. */
export function isWord(token: Token | undefined, word: string): boolean {
	return token?.kind === 'word' && token.text.toLowerCase() === word;
}

function findKind(groups: Readonly<Record<string, string | undefined>>): Token['kind'] {
	if (groups['bits'] !== undefined) return 'number';
	const kinds = ['string', 'quoted', 'number', 'variable', 'word'] as const;
	return kinds.find((kind) => groups[kind] !== undefined) ?? 'operator';
}

function readValue(kind: Token['kind'], piece: string): string {
	if (kind === 'quoted') return piece.slice(1, -1).replaceAll('``', '`');
	return kind === 'string' ? readString(piece.replace(/^[nN]/, '')) : piece;
}

const escapes: Readonly<Record<string, string>> = {
	0: '\0',
	b: '\b',
	n: '\n',
	r: '\r',
	t: '\t',
	Z: '\x1A',
	// These keep their backslash: they are for LIKE.
	'%': '\\%',
	_: '\\_',
};

function readString(piece: string): string {
	const quote = piece.charAt(0);
	return piece
		.slice(1, -1)
		.replaceAll(/\\([^])|''|""/g, (pair: string, escaped: string | undefined) => {
			if (escaped !== undefined) return escapes[escaped] ?? escaped;
			return pair.charAt(0) === quote ? quote : pair;
		});
}
