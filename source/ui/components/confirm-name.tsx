import {useState, type ReactElement} from 'react';
import {Box} from 'ink';
import {useTextField} from '../hooks/use-text-field.ts';
import {Line} from './line.tsx';
import {makeSafe} from '../../report/safe-text.ts';
import type {Spans} from '../../report/spans.ts';
import {TextField} from './text-field.tsx';

type ConfirmNameProps = {
	/** What must be typed, exactly. */
	readonly name: string;
	/** What will happen, one row each. */
	readonly consequences: readonly Spans[];
	readonly width: number;
	readonly onConfirm: () => void;
	readonly onCancel: () => void;
	readonly isActive?: boolean;
};

/** Whether what was typed is the name; blanks around it are a slip of the hand. */
export function isNameConfirmed(name: string, typed: string): boolean {
	return typed.trim() === name.trim();
}

/** Asks for the target's name before something that changes it. */
export function ConfirmName({
	name,
	consequences,
	width,
	onConfirm,
	onCancel,
	isActive = true,
}: ConfirmNameProps): ReactElement {
	const field = useTextField();
	const [refused, setRefused] = useState('');
	const isConfirmed = isNameConfirmed(name, field.state.text);
	const hint: Spans =
		refused !== '' && refused === field.state.text
			? [{text: `That is not “${makeSafe(name)}”. Nothing was done.`, tone: 'danger'}]
			: isConfirmed
				? [{text: 'enter does it, esc goes back', tone: 'warning'}]
				: [{text: 'esc goes back', tone: 'muted'}];
	return (
		<Box flexDirection="column" width={width} flexShrink={0}>
			{consequences.map((spans, index) => (
				<Line key={index} spans={spans} width={width} />
			))}
			<Line
				spans={[{text: 'Type '}, {text: name, tone: 'strong'}, {text: ' to confirm:'}]}
				width={width}
			/>
			<TextField
				{...field}
				label={[{text: '› ', tone: 'accent'}]}
				width={width}
				isActive={isActive}
				onSubmit={(typed) => {
					if (isConfirmed) onConfirm();
					else setRefused(typed);
				}}
				onCancel={onCancel}
			/>
			<Line spans={hint} width={width} />
		</Box>
	);
}
