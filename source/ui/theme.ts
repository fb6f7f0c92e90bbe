import {createContext, useContext} from 'react';
import type {Tone} from '../report/tone.ts';

export type {Tone} from '../report/tone.ts';
export {glyphs, rowStateMarks} from '../report/glyphs.ts';

export type TextStyle = {
	readonly color?: 'red' | 'green' | 'yellow' | 'magenta' | 'cyan';
	readonly bold?: true;
	readonly dimColor?: true;
	readonly inverse?: true;
	readonly underline?: true;
};

export type Theme = {
	readonly hasColor: boolean;
	readonly styles: Readonly<Record<Tone, TextStyle>>;
	/** Put around what only a style would mark otherwise: changed words, search matches. */
	readonly wordMarks: {readonly open: string; readonly close: string};
	/** Stands before the character that the text cursor is on; empty when inverse shows it. */
	readonly cursor: string;
};

// Only the terminal's own palette, and of that no black, white, grey or blue: each of
// them vanishes on some common light or dark background. Faint text is dimmed, not grey.
const colored: Theme = {
	hasColor: true,
	styles: {
		plain: {},
		strong: {bold: true},
		muted: {dimColor: true},
		accent: {color: 'cyan', bold: true},
		added: {color: 'green'},
		removed: {color: 'red'},
		changed: {color: 'cyan'},
		conflict: {color: 'magenta', bold: true},
		good: {color: 'green', bold: true},
		warning: {color: 'yellow', bold: true},
		danger: {color: 'red', bold: true},
		match: {color: 'yellow', inverse: true},
		cursor: {inverse: true},
		removedWord: {color: 'red', inverse: true},
		addedWord: {color: 'green', inverse: true},
		keyword: {color: 'magenta'},
		string: {color: 'green'},
		number: {color: 'cyan'},
		comment: {dimColor: true},
		identifier: {},
	},
	wordMarks: {open: '', close: ''},
	cursor: '',
};

const plain: Theme = {
	hasColor: false,
	styles: {
		plain: {},
		strong: {bold: true},
		muted: {dimColor: true},
		accent: {bold: true},
		added: {},
		removed: {},
		changed: {},
		conflict: {bold: true},
		good: {bold: true},
		warning: {bold: true},
		danger: {bold: true},
		match: {underline: true},
		cursor: {},
		removedWord: {underline: true},
		addedWord: {underline: true},
		keyword: {bold: true},
		string: {},
		number: {},
		comment: {dimColor: true},
		identifier: {},
	},
	wordMarks: {open: '[', close: ']'},
	cursor: '▏',
};

export function createTheme({hasColor}: {readonly hasColor: boolean}): Theme {
	return hasColor ? colored : plain;
}

/**
Whether colour may be used: not with `NO_COLOR` (https://no-color.org), not with
`--no-color`, not on a terminal that calls itself dumb.
*/
export function wantsColor(
	env: Readonly<Record<string, string | undefined>>,
	argv: readonly string[],
): boolean {
	const isForbidden = (env['NO_COLOR'] ?? '') !== '' || argv.includes('--no-color');
	return !isForbidden && env['TERM'] !== 'dumb';
}

export const ThemeContext = createContext<Theme>(colored);

export function useTheme(): Theme {
	return useContext(ThemeContext);
}
