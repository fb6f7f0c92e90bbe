import type {ReactElement} from 'react';
import {Box} from 'ink';
import type {Spans} from '../../../report/spans.ts';
import {Choice} from '../../components/choice.tsx';
import {Line} from '../../components/line.tsx';
import {wrapText} from '../../components/wrap-text.ts';
import type {BulkChoice} from './bulk-choices.ts';
import {deletionNote} from './decision-text.ts';
import type {SideTake} from './rows-desk.ts';
import type {BulkState} from './rows-state.ts';

type BulkDialogProps = {
	readonly bulk: BulkState;
	readonly width: number;
	readonly height: number;
	readonly isActive: boolean;
	readonly onChoose: (choice: BulkChoice) => void;
};

/** Asks for which rows a side is taken; each answer says what it does and to how many. */
export function BulkDialog({
	bulk,
	width,
	height,
	isActive,
	onChoose,
}: BulkDialogProps): ReactElement {
	const {take, choices} = bulk;
	const mayDelete =
		take === 'theirs' && choices.some(({filter}) => filter.states?.includes('removed'));
	const notes = [
		...(choices.some(({hint}) => hint !== '')
			? ['Rows that were decided one by one or by a rule keep their decision.']
			: []),
		...(mayDelete ? [deletionNote] : []),
		'u takes it back as a whole.',
	].flatMap((note) => wrapText(note, width));
	const limit = Math.max(1, height - 3 - notes.length);
	return (
		<Box flexDirection="column" width={width} height={height} flexShrink={0}>
			<Line spans={askFor(take)} width={width} />
			<Line spans={[]} width={width} />
			<Choice
				items={choices.map((choice) => ({label: choice.label, hint: choice.hint, value: choice}))}
				width={width}
				limit={limit}
				isActive={isActive}
				onChoose={onChoose}
			/>
			<Line spans={[]} width={width} />
			{notes.map((text, index) => (
				<Line key={index} spans={[{text, tone: 'muted'}]} width={width} />
			))}
		</Box>
	);
}

function askFor(take: SideTake): Spans {
	if (take === null) return [{text: 'Take decisions back for which rows?', tone: 'strong'}];
	const side = take === 'ours' ? "Ours (prod's version)" : "Theirs (dev's version)";
	return [{text: `${side} for which rows?`, tone: 'strong'}];
}
