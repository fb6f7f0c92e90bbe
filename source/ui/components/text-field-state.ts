import {splitGraphemes} from '../../report/safe-text.ts';

/** What is typed, with the cursor in front of the character at index `cursor`. */
export type TextFieldState = {readonly text: string; readonly cursor: number};

export type TextFieldAction =
	| {readonly type: 'insert'; readonly text: string}
	| {readonly type: 'set'; readonly text: string}
	| {
			readonly type:
				| 'left'
				| 'right'
				| 'start'
				| 'end'
				| 'deleteBefore'
				| 'deleteAfter'
				| 'deleteWord'
				| 'deleteToStart'
				| 'deleteToEnd';
	  };

/** The cursor stands behind the text. */
export function startTextField(text = ''): TextFieldState {
	return {text, cursor: text.length};
}

/** The state after an action. The cursor never stands inside a character. */
export function reduceTextField(state: TextFieldState, action: TextFieldAction): TextFieldState {
	const {text, cursor} = state;
	const before = text.slice(0, cursor);
	const after = text.slice(cursor);
	switch (action.type) {
		case 'insert':
			return placeCursor(before + action.text, after);
		case 'set':
			return startTextField(action.text);
		case 'left':
			return {text, cursor: cursor - (splitGraphemes(before).at(-1)?.length ?? 0)};
		case 'right':
			return {text, cursor: cursor + (splitGraphemes(after)[0]?.length ?? 0)};
		case 'start':
			return {text, cursor: 0};
		case 'end':
			return {text, cursor: text.length};
		case 'deleteBefore':
			return placeCursor(
				before.slice(0, -(splitGraphemes(before).at(-1)?.length ?? 0) || 0),
				after,
			);
		case 'deleteAfter':
			return placeCursor(before, after.slice(splitGraphemes(after)[0]?.length ?? 0));
		case 'deleteWord':
			return placeCursor(before.replace(/[^\s/\\.:]*[\s/\\.:]*$/u, ''), after);
		case 'deleteToStart':
			return placeCursor('', after);
		case 'deleteToEnd':
			return placeCursor(before, '');
		default:
			return action satisfies never;
	}
}

/** What joins at the cursor may become one character: the cursor then stands behind it. */
function placeCursor(before: string, after: string): TextFieldState {
	const text = before + after;
	let cursor = 0;
	for (const grapheme of splitGraphemes(text)) {
		if (cursor >= before.length) break;
		cursor += grapheme.length;
	}
	return {text, cursor};
}

/**
What of typed or pasted text a field takes.

@param hasLines Whether newlines and tabs stay; otherwise they become blanks.
*/
export function cleanInput(text: string, hasLines: boolean): string {
	const lines = hasLines ? text : text.replace(/\n$/, '').replace(/[\n\t]+/g, ' ');
	return lines.replace(/(?![\n\t])\p{Cc}/gu, '');
}
