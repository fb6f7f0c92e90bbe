import {useReducer} from 'react';
import {
	reduceTextField,
	startTextField,
	type TextFieldAction,
	type TextFieldState,
} from '../components/text-field-state.ts';

/** A text field that a component keeps for itself: spread it into `TextField`. */
export type TextFieldHandle = {
	readonly state: TextFieldState;
	readonly onAction: (action: TextFieldAction) => void;
};

export function useTextField(initial = ''): TextFieldHandle {
	const [state, onAction] = useReducer(reduceTextField, initial, startTextField);
	return {state, onAction};
}
