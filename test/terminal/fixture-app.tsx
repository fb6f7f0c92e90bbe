/* A small program made of the kit, for the tests that need a real terminal. */
import {useState, type ReactElement} from 'react';
import {Frame, type FrameMessage} from '../../source/ui/components/frame.tsx';
import {HelpOverlay} from '../../source/ui/components/help-overlay.tsx';
import {Line} from '../../source/ui/components/line.tsx';
import {listBindings, markBindings} from '../../source/ui/components/list-keys.ts';
import type {ListAction} from '../../source/ui/components/list-state.ts';
import {listGutter, VirtualList} from '../../source/ui/components/virtual-list.tsx';
import {TextField} from '../../source/ui/components/text-field.tsx';
import {useBindings} from '../../source/ui/hooks/use-bindings.ts';
import {useList} from '../../source/ui/hooks/use-list.ts';
import {useTextField} from '../../source/ui/hooks/use-text-field.ts';
import {describeBindings, type KeyBinding} from '../../source/ui/keymap.ts';
import {renderApp, type RenderedApp} from '../../source/ui/render.tsx';
import {createTheme, wantsColor} from '../../source/ui/theme.ts';

type Command =
	ListAction | {readonly type: 'help' | 'search' | 'quit' | 'throw' | 'warn' | 'crash' | 'exit'};

const bindings: readonly KeyBinding<Command>[] = [
	...listBindings,
	...markBindings,
	{keys: ['/'], name: 'search', description: 'Search', command: {type: 'search'}, footer: true},
	{keys: ['?'], name: 'help', description: 'All keys', command: {type: 'help'}, footer: true},
	{keys: ['q'], name: 'quit', description: 'Quit', command: {type: 'quit'}, footer: true},
	{keys: ['ctrl+t'], name: 'throw', description: 'Throw', command: {type: 'throw'}},
	{keys: ['ctrl+x'], name: 'crash', description: 'Crash', command: {type: 'crash'}},
	{keys: ['ctrl+e'], name: 'exit', description: 'Exit', command: {type: 'exit'}},
	{keys: ['ctrl+w'], name: 'warn', description: 'Warn', command: {type: 'warn'}},
];

function Program({onQuit}: {readonly onQuit: () => void}): ReactElement {
	const [message, setMessage] = useState<FrameMessage>();
	const [open, setOpen] = useState<'help' | 'search' | undefined>();
	const [isBroken, setBroken] = useState(false);
	const field = useTextField();
	const list = useList({count: 100_000, height: 17});
	if (isBroken) throw new Error('The screen broke.');
	useBindings({
		bindings,
		state: undefined,
		onCommand(command) {
			switch (command.type) {
				case 'help':
				case 'search':
					setOpen(command.type);
					break;
				case 'quit':
					onQuit();
					break;
				case 'throw':
					setBroken(true);
					break;
				case 'crash':
					setImmediate(() => {
						throw new Error('Nobody caught this.');
					});
					break;
				case 'exit':
					process.exit(7);
					break;
				case 'warn':
					process.emitWarning('Mind the gap.');
					break;
				case 'up':
				case 'down':
				case 'pageUp':
				case 'pageDown':
				case 'halfUp':
				case 'halfDown':
				case 'first':
				case 'last':
				case 'jump':
				case 'toggleMark':
				case 'clearMark':
					list.dispatch(command);
			}
		},
	});
	return (
		<Frame
			step="conflicts"
			prod="shop.db"
			dev="shop-dev.db"
			run="2026-01-01-a"
			hints={describeBindings(bindings, undefined)}
			message={message}
			onQuit={onQuit}
			prompt={
				open === 'search' && (
					<TextField
						{...field}
						width={80}
						label={[{text: '/'}]}
						onCancel={() => setOpen(undefined)}
						onSubmit={(text) => {
							setOpen(undefined);
							setMessage({text: `searched for ${text}`, tone: 'plain'});
						}}
					/>
				)
			}
		>
			{({width, height}) =>
				open === 'help' ? (
					<HelpOverlay
						groups={[{title: 'List', hints: describeBindings(bindings, undefined)}]}
						width={width}
						height={height}
						onClose={() => setOpen(undefined)}
					/>
				) : (
					<VirtualList
						state={list.state}
						bounds={list.bounds}
						width={width}
						renderRow={(index, view) => (
							<Line
								spans={[{text: `row ${index} of a table with a long name`}]}
								width={width - listGutter}
								isSelected={view.isSelected}
							/>
						)}
					/>
				)
			}
		</Frame>
	);
}

const isPatient = process.argv.includes('--patient');
const app: RenderedApp = renderApp(<Program onQuit={() => app.unmount()} />, {
	theme: createTheme({hasColor: wantsColor(process.env, process.argv)}),
	...(isPatient && {
		onSignal(signal: NodeJS.Signals) {
			// Stands for the checkpoint that a real program writes first.
			setImmediate(() => {
				app.unmount();
				console.log(`saved on ${signal}`);
				process.exitCode = 130;
			});
		},
	}),
});
app.exited.then(
	() => console.log('ended'),
	(error: unknown) => console.log(`failed: ${String(error)}`),
);
