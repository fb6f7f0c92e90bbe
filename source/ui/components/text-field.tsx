import type {ReactElement} from 'react';
import {useKeys} from '../hooks/use-keys.ts';
import {matchKey} from '../keymap.ts';
import {useTheme, type Theme} from '../theme.ts';
import {showText} from '../../report/cell-text.ts';
import {Line} from './line.tsx';
import {makeSafe, splitGraphemes} from '../../report/safe-text.ts';
import {joinSpans, sliceSpans, type Spans} from '../../report/spans.ts';
import {newlineBinding, textFieldBindings} from './text-field-keys.ts';
import {cleanInput, type TextFieldAction, type TextFieldState} from './text-field-state.ts';
import {measureText} from '../../report/text-width.ts';

type TextFieldProps = {
	readonly state: TextFieldState;
	readonly onAction: (action: TextFieldAction) => void;
	readonly onSubmit: (text: string) => void;
	readonly onCancel: () => void;
	readonly width: number;
	/** Stands in front of the text, e.g. `/`. */
	readonly label?: Spans;
	/** Shown while nothing is typed. */
	readonly placeholder?: string;
	/** Whether it has the keys and shows the cursor. @default true */
	readonly isActive?: boolean;
	/** Whether newlines stay: pasted ones, and Ctrl-J types one. @default false */
	readonly hasLines?: boolean;
	/** Shows dots instead of the text. @default false */
	readonly isSecret?: boolean;
};

/**
One row to type in. What does not fit scrolls with the cursor.

Its state belongs to whoever draws it: keep it in a reducer and pass `onAction`
to `reduceTextField`.
*/
export function TextField({
	state,
	onAction,
	onSubmit,
	onCancel,
	width,
	label = [],
	placeholder = '',
	isActive = true,
	hasLines = false,
	isSecret = false,
}: TextFieldProps): ReactElement {
	const theme = useTheme();
	useKeys(
		({name, text}) => {
			const bindings = hasLines ? [...textFieldBindings, newlineBinding] : textFieldBindings;
			const command = matchKey(bindings, name)?.command;
			if (command === undefined) {
				if (text === '') return false;
				onAction({type: 'insert', text: cleanInput(text, hasLines)});
			} else if (command.type === 'submit') onSubmit(state.text);
			else if (command.type === 'cancel') onCancel();
			else if (command.type === 'newline') onAction({type: 'insert', text: '\n'});
			else onAction(command);
			return true;
		},
		{isActive, layer: 'component', acceptsText: true},
	);

	const labelWidth = measureText(makeSafe(joinSpans(label)));
	const shown = isSecret ? hideText(state) : state;
	const isEmpty = state.text === '' && placeholder !== '';
	const body = isEmpty
		? showPlaceholder(placeholder, isActive, theme)
		: showTyped(shown, width - labelWidth, isActive, theme);
	return <Line spans={[...label, ...body]} width={width} />;
}

/** The part of the text around the cursor that fits. */
function showTyped(
	{text, cursor}: TextFieldState,
	width: number,
	isActive: boolean,
	theme: Theme,
): Spans {
	if (!isActive) return showText(text);
	const before = showText(text.slice(0, cursor));
	const under = splitGraphemes(text.slice(cursor))[0] ?? '';
	const after = showText(text.slice(cursor + under.length));
	const beforeWidth = measureText(joinSpans(before));
	const cursorSpans = showCursor(makeSafe(under), theme);
	const cursorWidth = measureText(joinSpans(cursorSpans));
	const left = Math.max(0, beforeWidth + cursorWidth - width);
	return sliceSpans([...before, ...cursorSpans, ...after], left, width);
}

function showPlaceholder(placeholder: string, isActive: boolean, theme: Theme): Spans {
	if (!isActive) return [{text: placeholder, tone: 'muted'}];
	const [first = '', ...rest] = splitGraphemes(placeholder);
	return [...showCursor(first, theme), {text: rest.join(''), tone: 'muted'}];
}

function showCursor(under: string, theme: Theme): Spans {
	// Without styles the cursor is a character of its own in front of the one it is on.
	return theme.cursor === ''
		? [{text: under === '' ? ' ' : under, tone: 'cursor'}]
		: [{text: theme.cursor}, {text: under}];
}

function hideText({text, cursor}: TextFieldState): TextFieldState {
	const dots = (part: string): string => '•'.repeat(splitGraphemes(part).length);
	return {text: dots(text), cursor: dots(text.slice(0, cursor)).length};
}
