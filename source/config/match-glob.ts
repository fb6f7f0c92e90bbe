/**
Tells whether a name fits a glob.

`*` is any run of characters, `?` one, `{a,b}` either; a backslash takes the next character
as it is. Nothing separates the parts of a name as `/` does those of a path: `*` also runs
over `.`, `/` and a leading dot, which is why no library for paths is used. Letter case
does not count, as in most databases.
*/
export function matchesGlob(name: string, glob: string): boolean {
	return compileGlob(glob).test(name.normalize());
}

export function matchesAnyGlob(name: string, globs: readonly string[]): boolean {
	return globs.some((glob) => matchesGlob(name, glob));
}

/**
Tells whether a column fits a glob such as `*.updated_at` or `orders.note`; without a dot
it is a column of every table. The last dot divides, unless a backslash stands before it.
*/
export function matchesColumnGlob(table: string, column: string, glob: string): boolean {
	const [, tableGlob = '*', columnGlob = glob] = /^(.*[^\\])\.(.+)$/s.exec(glob) ?? [];
	return matchesGlob(table, tableGlob) && matchesGlob(column, columnGlob);
}

/** Whether a text is a glob and not just a name. */
export function isGlob(text: string): boolean {
	return /[*?\\]|\{[^{}]*\}/.test(text);
}

/** Splits `a,b_*,{c,d}` at the commas outside braces. */
export function splitGlobs(text: string): readonly string[] {
	return text
		.split(/,(?![^{}]*\})/)
		.map((glob) => glob.trim())
		.filter((glob) => glob !== '');
}

const compiled = new Map<string, RegExp>();

function compileGlob(glob: string): RegExp {
	const known = compiled.get(glob);
	if (known !== undefined) return known;
	const pattern = new RegExp(`^${translate(glob.normalize())}$`, 'isu');
	compiled.set(glob, pattern);
	return pattern;
}

const part = /\\(.)|(\*+)|(\?)|\{([^{}]*)\}|(.)/gsu;

function translate(glob: string): string {
	return glob.replaceAll(part, (_, escaped, stars, question, choices, plain) => {
		if (typeof stars === 'string') return '.*';
		if (typeof question === 'string') return '.';
		if (typeof choices === 'string') return `(?:${choices.split(',').map(translate).join('|')})`;
		return escapeCharacter(typeof escaped === 'string' ? escaped : String(plain));
	});
}

function escapeCharacter(character: string): string {
	return character.replace(/[\\^$.*+?()[\]{}|/]/, String.raw`\$&`);
}
