import {createContext, useContext, type ReactElement} from 'react';
import {Box} from 'ink';
import SelectInput, {type IndicatorProps, type ItemProps} from 'ink-select-input';
import {useBindings} from '../hooks/use-bindings.ts';
import {useList} from '../hooks/use-list.ts';
import {glyphs} from '../theme.ts';
import {choiceBindings} from './choice-keys.ts';
import {initialListState} from './list-state.ts';
import {Line} from './line.tsx';

export type ChoiceItem<V> = {
	readonly label: string;
	readonly value: V;
	/** Said behind the label, dimmed. */
	readonly hint?: string;
};

type ChoiceProps<V> = {
	readonly items: readonly ChoiceItem<V>[];
	readonly onChoose: (value: V, index: number) => void;
	readonly width: number;
	/** Rows that it may take; more items scroll. @default as many as there are */
	readonly limit?: number;
	/** The one that is marked at first. @default 0 */
	readonly initialIndex?: number;
	readonly isActive?: boolean;
};

/**
A few answers of which one is taken.

The list itself is ink-select-input's; the keys come through the program's own
queue, so that keys which arrive together all count.
*/
export function Choice<V>({
	items,
	onChoose,
	width,
	limit = items.length,
	initialIndex = 0,
	isActive = true,
}: ChoiceProps<V>): ReactElement {
	const bounds = {count: items.length, height: Math.max(1, Math.min(limit, items.length))};
	const list = useList(bounds, {...initialListState, cursor: initialIndex});
	const {cursor, offset} = list.state;
	useBindings({
		bindings: choiceBindings,
		state: undefined,
		isActive,
		layer: 'component',
		onCommand(command) {
			if (command.type !== 'choose') {
				list.dispatch(command);
				return;
			}
			const item = items[cursor];
			if (item !== undefined) onChoose(item.value, cursor);
		},
	});
	const shown = items.slice(offset, offset + bounds.height);
	return (
		<LabelWidthContext value={width - indicatorWidth}>
			<Box flexDirection="column" width={width} flexShrink={0}>
				{/* It has no prop for the index: a new one begins where ours stands. */}
				<SelectInput
					key={`${offset}:${cursor}`}
					items={shown.map(({label, hint = ''}, index) => ({
						label: label + hintSeparator + hint,
						value: index,
					}))}
					initialIndex={cursor - offset}
					isFocused={false}
					indicatorComponent={ChoiceIndicator}
					itemComponent={ChoiceLabel}
				/>
			</Box>
		</LabelWidthContext>
	);
}

// ink-select-input hands its row components one label and nothing else of ours.
const hintSeparator = '\n';
const LabelWidthContext = createContext(0);

const indicatorWidth = 2;

function ChoiceIndicator({isSelected = false}: IndicatorProps): ReactElement {
	const glyph = isSelected ? glyphs.pointer : ' ';
	return <Line spans={[{text: glyph, tone: 'accent'}]} width={indicatorWidth} />;
}

function ChoiceLabel({label, isSelected = false}: ItemProps): ReactElement {
	const width = useContext(LabelWidthContext);
	const [text = '', hint = ''] = label.split(hintSeparator);
	return (
		<Line
			spans={[
				{text, tone: isSelected ? 'strong' : 'plain'},
				{text: hint === '' ? '' : `  ${hint}`, tone: 'muted'},
			]}
			width={width}
		/>
	);
}
