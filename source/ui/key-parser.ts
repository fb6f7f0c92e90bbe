import {splitGraphemes} from '../report/safe-text.ts';

/** One key, or one paste. */
export type Key = {
	/**
	What bindings are matched by: the character itself (`j`, `G`, `?`), `space`,
	`return`, `escape`, `tab`, `backspace`, `delete`, `insert`, `up`, `down`, `left`,
	`right`, `home`, `end`, `pageup`, `pagedown`, `f1` … `f12`, or `paste`; with
	`ctrl+`, `alt+`, `shift+` in front, in this order.
	*/
	readonly name: string;
	/** What it types: a character, the pasted text, or nothing. */
	readonly text: string;
};

export type ParsedKeys = {
	readonly keys: readonly Key[];
	/** The beginning of a sequence whose end has not arrived yet. */
	readonly rest: string;
};

const escape = '\u001B';
const pasteStart = `${escape}[200~`;
const pasteEnd = `${escape}[201~`;

/**
Splits what the terminal sent into keys.

Keys that arrive together are told apart; a sequence may be cut anywhere: put its
`rest` in front of the next input, or end it with `flushKeys`. Escape followed by
a character is two keys: over a slow line nothing tells it from Alt, and no
binding uses Alt.
*/
export function parseKeys(input: string): ParsedKeys {
	const keys: Key[] = [];
	let index = 0;
	while (index < input.length) {
		const sequence = input[index] === escape ? readSequence(input.slice(index)) : undefined;
		if (sequence === 'incomplete') return {keys, rest: input.slice(index)};
		if (sequence !== undefined) {
			if (sequence.key !== undefined) keys.push(sequence.key);
			index += sequence.length;
			continue;
		}
		const character = input[index] ?? '';
		if (isControl(character)) {
			const key = nameControl(character);
			if (key !== undefined) keys.push(key);
			index++;
			continue;
		}
		let end = index + 1;
		while (end < input.length && !isControl(input[end] ?? '')) end++;
		for (const text of splitGraphemes(input.slice(index, end))) {
			keys.push({name: text === ' ' ? 'space' : text, text});
		}
		index = end;
	}
	return {keys, rest: ''};
}

/** Ends what stayed incomplete: a lone escape is the key; a paste ends here. */
export function flushKeys(rest: string): readonly Key[] {
	if (rest === '') return [];
	if (rest.startsWith(pasteStart)) return [pasteKey(rest.slice(pasteStart.length))];
	const {keys, rest: next} = parseKeys(rest.slice(1));
	return [{name: 'escape', text: ''}, ...keys, ...flushKeys(next)];
}

/** Whether the rest is a paste that is still arriving, which may take longer than a key. */
export function isPasting(rest: string): boolean {
	return rest.startsWith(pasteStart);
}

type Sequence = {readonly key: Key | undefined; readonly length: number};

/** `undefined` when the escape stands for itself and ends nothing but itself. */
function readSequence(input: string): Sequence | 'incomplete' {
	if (input.startsWith(pasteStart)) {
		const end = input.indexOf(pasteEnd);
		if (end === -1) return 'incomplete';
		return {key: pasteKey(input.slice(pasteStart.length, end)), length: end + pasteEnd.length};
	}
	const body = input.slice(escape.length);
	if (body === '') return 'incomplete';
	// Some terminals send Alt with an arrow as two escapes in front of it.
	if (body.startsWith(escape)) return readDoubleEscape(body);
	if (body.startsWith('[')) return readControlSequence(body);
	if (body.startsWith('O')) {
		if (body === 'O') return 'incomplete';
		const name = singleShiftNames[body[1] ?? ''];
		if (name !== undefined) return {key: {name, text: ''}, length: 3};
	}
	return escapeItself;
}

const escapeItself: Sequence = {key: {name: 'escape', text: ''}, length: 1};

function readDoubleEscape(body: string): Sequence | 'incomplete' {
	if (body === escape) return 'incomplete';
	if (body[1] !== '[' && body[1] !== 'O') return escapeItself;
	const inner = readSequence(body);
	if (inner === 'incomplete') return 'incomplete';
	const {key, length} = inner;
	// A lone escape, then whatever begins with the second one.
	if (key?.name === 'escape' || key?.name === 'paste') return escapeItself;
	return {key: key && {name: `alt+${key.name}`, text: ''}, length: length + 1};
}

/** @param body What follows the escape, beginning with `[`. */
function readControlSequence(body: string): Sequence | 'incomplete' {
	// The Linux console sends F1 to F5 as ESC [ [ A to E.
	const consoleKey = /^\[\[([A-E])/.exec(body);
	if (consoleKey !== null) {
		const name = `f${(consoleKey[1] ?? 'A').charCodeAt(0) - 64}`;
		return {key: {name, text: ''}, length: 4};
	}
	const match = /^\[([0-?]*)[ -/]*([@-Z\\-~])/.exec(body);
	if (match === null) {
		return /^\[(?:\[|[0-?]*[ -/]*)$/.test(body) ? 'incomplete' : escapeItself;
	}
	const [whole, parameters = '', final = ''] = match;
	// Answers of the terminal to questions, which we never ask.
	if (/^[<=>?]/.test(parameters)) return {key: undefined, length: escape.length + whole.length};
	const [first = '', second = ''] = parameters.split(';');
	const key = nameControlSequence(first, Number.parseInt(second, 10) || 1, final);
	return {key, length: escape.length + whole.length};
}

function nameControlSequence(first: string, modifier: number, final: string): Key | undefined {
	// ESC [ code ; modifier u: what terminals send that tell every key apart.
	if (final === 'u') return nameCodePoint(Number.parseInt(first, 10), modifier);
	const isNumbered = final === '~' || final === '^';
	// In front of a letter stands nothing, or a 1 that only makes room for the modifier.
	if (!isNumbered && first !== '' && first !== '1') return undefined;
	const name = isNumbered ? numberNames[first] : letterNames[final];
	if (name === undefined) return undefined;
	// rxvt marks Control by the final character.
	return {name: addModifiers(name, final === '^' ? 5 : modifier), text: ''};
}

function nameCodePoint(code: number, modifier: number): Key | undefined {
	if (Number.isNaN(code) || code > 0x10ffff) return undefined;
	const character = String.fromCodePoint(code);
	const plain = isControl(character)
		? (nameControl(character) ?? (code === 27 ? {name: 'escape', text: ''} : undefined))
		: {name: character === ' ' ? 'space' : character, text: character};
	if (plain === undefined) return undefined;
	if (modifier === 1) return plain;
	// Shift is already part of a character.
	const isShifted = modifier === 2 && plain.text !== '';
	return isShifted
		? {name: character.toUpperCase(), text: character.toUpperCase()}
		: {name: addModifiers(plain.name, modifier), text: ''};
}

/** xterm's modifier parameter: one more than a sum of 1 Shift, 2 Alt, 4 Control. */
function addModifiers(name: string, modifier: number): string {
	const bits = modifier - 1;
	const prefix =
		((bits & 4) === 0 ? '' : 'ctrl+') +
		((bits & 2) === 0 ? '' : 'alt+') +
		((bits & 1) === 0 ? '' : 'shift+');
	return prefix + name;
}

function pasteKey(text: string): Key {
	return {name: 'paste', text: text.replaceAll('\r\n', '\n').replaceAll('\r', '\n')};
}

function isControl(character: string): boolean {
	return /^\p{Cc}/u.test(character);
}

function nameControl(character: string): Key | undefined {
	const code = character.charCodeAt(0);
	const name = controlNames[code];
	if (name !== undefined) return {name, text: ''};
	if (code >= 1 && code <= 26) return {name: `ctrl+${String.fromCharCode(code + 96)}`, text: ''};
	return undefined;
}

const controlNames: Readonly<Record<number, string>> = {
	0x00: 'ctrl+space',
	0x08: 'backspace',
	0x09: 'tab',
	0x0d: 'return',
	0x1c: 'ctrl+\\',
	0x1d: 'ctrl+]',
	0x1e: 'ctrl+^',
	0x1f: 'ctrl+_',
	0x7f: 'backspace',
};

const arrowNames = {A: 'up', B: 'down', C: 'right', D: 'left', F: 'end', H: 'home'};
const functionNames = {P: 'f1', Q: 'f2', R: 'f3', S: 'f4'};

const letterNames: Readonly<Record<string, string>> = {
	...arrowNames,
	...functionNames,
	Z: 'shift+tab',
	a: 'shift+up',
	b: 'shift+down',
	c: 'shift+right',
	d: 'shift+left',
};

const singleShiftNames: Readonly<Record<string, string>> = {
	...arrowNames,
	...functionNames,
	M: 'return',
	a: 'ctrl+up',
	b: 'ctrl+down',
	c: 'ctrl+right',
	d: 'ctrl+left',
};

const numberNames: Readonly<Record<string, string>> = {
	1: 'home',
	2: 'insert',
	3: 'delete',
	4: 'end',
	5: 'pageup',
	6: 'pagedown',
	7: 'home',
	8: 'end',
	11: 'f1',
	12: 'f2',
	13: 'f3',
	14: 'f4',
	15: 'f5',
	17: 'f6',
	18: 'f7',
	19: 'f8',
	20: 'f9',
	21: 'f10',
	23: 'f11',
	24: 'f12',
};
