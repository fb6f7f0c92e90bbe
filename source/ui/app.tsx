import {useMemo, useState, useSyncExternalStore, type ReactElement} from 'react';
import {exitCodes} from '../model/errors.ts';
import {appBindings, type AppCommand} from './app-keys.ts';
import {measureBody} from './components/frame-layout.ts';
import {useBindings} from './hooks/use-bindings.ts';
import {useKeys} from './hooks/use-keys.ts';
import {useTerminalSize} from './hooks/use-terminal-size.ts';
import {describeBindings} from './keymap.ts';
import {ShellContext, type Shell} from './screens/screen-frame.tsx';
import {StepScreen} from './step-screen.tsx';
import type {WalkController} from './walk/walk-controller.ts';

type AppProps = {
	readonly controller: WalkController;
	/** Draws every row again. */
	readonly onRepaint: () => void;
};

/** The footer may take two rows; a screen must not depend on which. */
const footerRows = 2;

/** The walk on the screen: the step's screen inside what all of them share. */
export function App({controller, onRepaint}: AppProps): ReactElement {
	const walk = useSyncExternalStore(controller.subscribe, controller.getState);
	const [isHelpOpen, setHelpOpen] = useState(false);
	const {width, height} = measureBody(useTerminalSize(), footerRows);
	const {message, isEnding} = walk;

	// A message stays until the next key, which then does what it always does.
	useKeys(
		() => {
			controller.readMessage();
			return false;
		},
		{layer: 'overlay', isActive: message !== undefined},
	);

	const act = (command: AppCommand): void => {
		switch (command.type) {
			case 'help':
				setHelpOpen(true);
				return;
			case 'quit':
				controller.quit();
				return;
			case 'interrupt':
				controller.end(exitCodes.interrupted);
				return;
			case 'repaint':
				onRepaint();
				return;
			case 'goTo':
				controller.goTo(command.step);
				return;
			default:
				command satisfies never;
		}
	};
	useBindings({
		bindings: appBindings,
		state: walk,
		layer: 'app',
		onCommand: act,
		onDisabled: (text) => controller.say({kind: 'warning', text}),
	});

	const shell = useMemo(
		(): Shell => ({
			step: walk.step,
			prod: nameOf(walk.sides.prod),
			dev: nameOf(walk.sides.dev),
			run: walk.run.kind === 'open' ? walk.run.id : '',
			message: isEnding
				? {kind: 'info', text: 'Ending: what is under way is finished and kept…'}
				: message,
			keys: {title: 'Everywhere', hints: describeBindings(appBindings, walk)},
			isHelpOpen,
			onCloseHelp: () => setHelpOpen(false),
			onQuit: controller.quit,
		}),
		[walk, message, isEnding, isHelpOpen, controller],
	);
	return (
		<ShellContext value={shell}>
			<StepScreen
				walk={walk}
				controller={controller}
				columns={width}
				rows={height}
				isActive={!isHelpOpen && !isEnding}
			/>
		</ShellContext>
	);
}

function nameOf(side: {readonly kind: string; readonly name?: string}): string {
	return side.name ?? '';
}
