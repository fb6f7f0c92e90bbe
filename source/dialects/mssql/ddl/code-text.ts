import {foldName} from '../names.ts';
import {isOperator, isWord, tokenize, type Token} from '../sql-tokens.ts';

/** The same statement for an object that is there already: it keeps its rights. */
export function alterText(text: string): string {
	const {create, end} = readHead(tokenize(text));
	if (!create) return text;
	return `${text.slice(0, create.start)}ALTER${text.slice(end)}`;
}

/** The statement that makes it where there is none. */
export function createText(text: string): string {
	const {create, end} = readHead(tokenize(text));
	if (!create) return text;
	return `${text.slice(0, create.start)}CREATE${text.slice(end)}`;
}

/** The bare name that a module's text gives it, folded; null: it is no such text. */
export function readModuleName(text: string): string | null {
	const tokens = tokenize(text);
	const {next} = readHead(tokens);
	// CREATE, the kind, a name with or without its schema.
	let name = tokens[next + 1];
	let at = next + 1;
	while (isOperator(tokens[at + 1], '.')) {
		at += 2;
		name = tokens[at];
	}
	return name === undefined ? null : foldName(name.value);
}

/** `CREATE` or `CREATE OR ALTER` behind comments; `next` is the token after it. */
function readHead(tokens: readonly Token[]): {create: Token | null; end: number; next: number} {
	const [create, or, alter] = tokens;
	if (!create || !isWord(create, 'create')) return {create: null, end: 0, next: 0};
	return isWord(or, 'or') && isWord(alter, 'alter')
		? {create, end: alter?.end ?? create.end, next: 3}
		: {create, end: create.end, next: 1};
}
