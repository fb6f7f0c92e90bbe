import type {ReactElement} from 'react';
import {TextField} from '../../components/text-field.tsx';
import {textFieldBindings} from '../../components/text-field-keys.ts';
import {describeBindings, type HelpGroup} from '../../keymap.ts';
import type {Prompt, RowsAction} from './rows-state.ts';

type PromptFieldProps = {
	readonly prompt: Prompt;
	readonly width: number;
	readonly isActive: boolean;
	readonly placeholder: string;
	readonly update: (...actions: readonly RowsAction[]) => void;
	readonly onSubmit: (text: string) => void;
};

/** The field in the message's row: a search, or the number of a row. */
export function PromptField({
	prompt,
	width,
	isActive,
	placeholder,
	update,
	onSubmit,
}: PromptFieldProps): ReactElement {
	const label = prompt.kind === 'search' ? '/' : ':';
	return (
		<TextField
			state={prompt.field}
			label={[{text: label, tone: 'accent'}]}
			placeholder={placeholder}
			width={width}
			isActive={isActive}
			onAction={(action) => update({type: 'typed', action})}
			onSubmit={(text) => {
				update({type: 'close'});
				onSubmit(text);
			}}
			onCancel={() => update({type: 'close'})}
		/>
	);
}

/** The keys while it is open. */
export const promptKeys: readonly HelpGroup[] = [
	{title: 'Field', hints: describeBindings(textFieldBindings, null)},
];
