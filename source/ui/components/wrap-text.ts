import {makeSafe, splitGraphemes} from '../../report/safe-text.ts';
import {measureText} from '../../report/text-width.ts';

/**
Breaks a sentence between its words into rows of at most `width` columns; a word that is
longer than a row is cut. The rows are safe to draw.
*/
export function wrapText(text: string, width: number): readonly string[] {
	const rows: string[] = [];
	let row = '';
	for (const word of makeSafe(text).split(' ')) {
		const longer = row === '' ? word : `${row} ${word}`;
		if (measureText(longer) <= width) {
			row = longer;
			continue;
		}
		if (row !== '') rows.push(row);
		row = '';
		for (const grapheme of splitGraphemes(word)) {
			if (row !== '' && measureText(row + grapheme) > width) {
				rows.push(row);
				row = '';
			}
			row += grapheme;
		}
	}
	return row === '' && rows.length > 0 ? rows : [...rows, row];
}
