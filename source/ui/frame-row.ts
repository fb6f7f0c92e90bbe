import {measureText} from '../report/text-width.ts';
import {splitGraphemes} from '../report/safe-text.ts';

/*
One row of a frame on its way to the terminal.

Terminals disagree about the width of emoji, joined clusters and combining marks.
After each such character the cursor is put where we count it to be, so a
disagreement stays inside that character instead of moving the rest of the row.
*/

const escape = '\u001B';
const colorSequence = new RegExp(`(${escape}\\[[\\d;]*m)`);

// One code point of the basic plane that is neither a mark nor drawn as an emoji.
const certain = /^(?!\p{M}|\p{Emoji_Presentation})[\u{20}-\u{7E}\u{A0}-\u{FFFF}]$/u;

/**
The bytes that draw a row from its first column on and erase what was there.

Everything but text and colours is left out: whatever reached Ink unescaped
can't drive the terminal.
*/
export function encodeRow(row: string, columns: number): string {
	let text = '';
	let column = 0;
	let isCertain = true;
	for (const [index, piece] of row.split(colorSequence).entries()) {
		if (index % 2 === 1) {
			text += piece;
			continue;
		}
		if (/^[\x20-\x7E]*$/.test(piece)) {
			text += piece;
			column += piece.length;
			continue;
		}
		for (const grapheme of splitGraphemes(piece)) {
			if (/^\p{Cc}/u.test(grapheme)) continue;
			text += grapheme;
			column += measureText(grapheme);
			if (certain.test(grapheme)) continue;
			isCertain = false;
			text += `\u001B[${column + 1}G`;
		}
	}
	// Past the last column the cursor stands on it, and erasing would take its character.
	const end = column < columns ? '\u001B[0m\u001B[K' : '\u001B[0m';
	// What may be drawn narrower than counted leaves gaps: nothing old must show in them.
	return isCertain ? text + end : `\u001B[2K${text}${end}`;
}
