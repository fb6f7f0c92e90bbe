import {useReducer, type ReactElement} from 'react';
import {Box} from 'ink';
import {useBindings} from '../hooks/use-bindings.ts';
import type {HelpGroup} from '../keymap.ts';
import {helpBindings} from './help-overlay-keys.ts';
import {listHelpLines} from './help-lines.ts';
import {Line} from './line.tsx';
import {fitScroll, initialScrollState, reduceScroll, type ScrollBounds} from './scroll-state.ts';
import type {ScrollAction, ScrollState} from './scroll-state.ts';

type HelpOverlayProps = {
	readonly groups: readonly HelpGroup[];
	readonly width: number;
	readonly height: number;
	readonly onClose: () => void;
};

/** All keys, grouped, in place of the screen's body. While it is open it takes every key. */
export function HelpOverlay({groups, width, height, onClose}: HelpOverlayProps): ReactElement {
	const lines = listHelpLines(groups);
	const bounds: ScrollBounds = {count: lines.length, height: height - 1, width, widest: width};
	const [state, dispatch] = useReducer(
		(before: ScrollState, {action, at}: {action: ScrollAction; at: ScrollBounds}) =>
			reduceScroll(before, action, at),
		initialScrollState,
	);
	useBindings({
		bindings: helpBindings,
		state: undefined,
		layer: 'overlay',
		isExclusive: true,
		onCommand(command) {
			if (command.type === 'close') onClose();
			else dispatch({action: command, at: bounds});
		},
	});
	const {top} = fitScroll(state, bounds);
	const end = Math.min(lines.length, top + bounds.height);
	const isWhole = top === 0 && end === lines.length;
	return (
		<Box flexDirection="column" width={width} height={height} flexShrink={0} overflowY="hidden">
			{lines.slice(top, end).map((spans, index) => (
				<Line key={index} spans={spans} width={width} />
			))}
			<Box flexGrow={1} />
			<Line
				spans={[
					{
						text: isWhole
							? 'esc closes the help'
							: `${top + 1}-${end}/${lines.length}  esc closes the help`,
						tone: 'muted',
					},
				]}
				width={width}
				align="right"
			/>
		</Box>
	);
}
