import {splitGraphemes} from '../../source/report/safe-text.ts';

/** What a terminal of the xterm kind sends for a key, by the names that bindings use. */
const codes: Readonly<Record<string, string>> = {
	return: '\r',
	escape: '\u001B',
	tab: '\t',
	'shift+tab': '\u001B[Z',
	space: ' ',
	backspace: '\u007F',
	delete: '\u001B[3~',
	insert: '\u001B[2~',
	up: '\u001B[A',
	down: '\u001B[B',
	right: '\u001B[C',
	left: '\u001B[D',
	home: '\u001B[H',
	end: '\u001B[F',
	pageup: '\u001B[5~',
	pagedown: '\u001B[6~',
	f1: '\u001BOP',
};

/** The bytes of one key: `j`, `G`, `down`, `ctrl+d`. */
export function encodeKey(name: string): string {
	const code = codes[name];
	if (code !== undefined) return code;
	const control = /^ctrl\+([a-z])$/.exec(name)?.[1];
	if (control !== undefined) return String.fromCharCode(control.charCodeAt(0) - 96);
	if (splitGraphemes(name).length !== 1) throw new Error(`No such key: ${name}`);
	return name;
}

/** What a terminal sends when a text is pasted into a program that asked to be told. */
export function encodePaste(text: string): string {
	return `\u001B[200~${text}\u001B[201~`;
}
