import {makeSpansSafe, type Spans} from './spans.ts';
import type {Tone} from './tone.ts';

/** Turns one row of spans into terminal text. */
export type Printer = (spans: Spans) => string;

// Only the terminal's own palette, as in the walk: black, white, grey and blue each vanish
// on some common background.
const codes: Readonly<Record<Tone, string>> = {
	plain: '',
	strong: '1',
	muted: '2',
	accent: '1;36',
	added: '32',
	removed: '31',
	changed: '36',
	conflict: '1;35',
	good: '1;32',
	warning: '1;33',
	danger: '1;31',
	match: '33',
	cursor: '',
	removedWord: '31',
	addedWord: '32',
	keyword: '35',
	string: '32',
	number: '36',
	comment: '2',
	identifier: '',
};

/**
Makes a printer. Whatever the texts hold, nothing but the printer's own escapes reaches the
terminal, and without colour not even those.
*/
export function createPrinter({hasColor}: {readonly hasColor: boolean}): Printer {
	return (spans) =>
		makeSpansSafe(spans)
			.map(({text, tone}) => {
				const code = hasColor && tone !== undefined ? codes[tone] : '';
				return code === '' ? text : `\u001B[${code}m${text}\u001B[0m`;
			})
			.join('')
			// Padding of a last column is of no use in a log.
			.replace(/ +$/, '');
}
