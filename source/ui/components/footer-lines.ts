import {showKeys, type KeyHint} from '../keymap.ts';
import {measureSpans, type Spans} from '../../report/spans.ts';

/** Keys of one binding that the footer names; the help names all. */
const keysShown = 2;

/** Between two hints. */
const gap = 2;

/**
Lays the hints that belong to the footer over at most `maxRows` rows.

Hints that do not fit are left to the help, from the end on; the one with `?`
always stays, because it leads there.
*/
export function listFooterLines(
	hints: readonly KeyHint[],
	width: number,
	maxRows = 2,
): readonly Spans[] {
	const shown = hints.filter(({footer}) => footer);
	const help = shown.find(({keys}) => keys.includes('?'));
	const others = shown.filter((hint) => hint !== help);
	for (let count = others.length; count >= 0; count--) {
		const kept = help === undefined ? others.slice(0, count) : [...others.slice(0, count), help];
		const lines = fillLines(kept.map(showHint), width);
		if (lines.length <= maxRows) return lines;
	}
	return [];
}

function showHint({keys, name, disabledReason}: KeyHint): Spans {
	const isDisabled = disabledReason !== undefined;
	return [
		{text: showKeys(keys, keysShown), tone: isDisabled ? 'muted' : 'accent'},
		{text: ` ${name}`, tone: isDisabled ? 'muted' : 'plain'},
	];
}

function fillLines(items: readonly Spans[], width: number): readonly Spans[] {
	const lines: Spans[] = [];
	for (const item of items) {
		const last = lines.at(-1);
		if (last !== undefined && measureSpans(last) + gap + measureSpans(item) <= width) {
			lines[lines.length - 1] = [...last, {text: ' '.repeat(gap)}, ...item];
		} else {
			lines.push(item);
		}
	}
	return lines;
}
