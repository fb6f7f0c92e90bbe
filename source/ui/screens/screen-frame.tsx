import {createContext, useContext, type ReactElement, type ReactNode} from 'react';
import {Box} from 'ink';
import {Frame} from '../components/frame.tsx';
import {helpBindings} from '../components/help-overlay-keys.ts';
import {HelpOverlay} from '../components/help-overlay.tsx';
import type {StepId} from '../components/steps.ts';
import {describeBindings, type HelpGroup} from '../keymap.ts';
import type {Tone} from '../theme.ts';
import type {Message} from './screen-props.ts';

/** What the walk tells whichever screen is drawn: where it stands, and the keys of the program. */
export type Shell = {
	readonly step: StepId;
	/** Names of the databases; empty while they are not chosen. */
	readonly prod: string;
	readonly dev: string;
	/** The run's id; empty before there is one. */
	readonly run: string;
	readonly message: Message | undefined;
	/** Keys that work on every screen. */
	readonly keys: HelpGroup;
	readonly isHelpOpen: boolean;
	readonly onCloseHelp: () => void;
	readonly onQuit: () => void;
};

/** Without a walk around it: a screen alone, as in its tests. */
export const defaultShell: Shell = {
	step: 'connect',
	prod: '',
	dev: '',
	run: '',
	message: undefined,
	keys: {title: 'Everywhere', hints: []},
	isHelpOpen: false,
	onCloseHelp: () => undefined,
	onQuit: () => undefined,
};

export const ShellContext = createContext<Shell>(defaultShell);

type ScreenFrameProps = {
	/** The keys that work now, the most local group first: footer and help are drawn from them. */
	readonly keys: readonly HelpGroup[];
	/** Takes the place of the message: a search field, for example. */
	readonly prompt?: ReactNode;
	/**
	Whether a text field has the keys: then those of the program are typed, not obeyed.

	@default whether there is a prompt
	*/
	readonly isTyping?: boolean;
	/** The body, at most as many rows as the screen was given. */
	readonly children: ReactNode;
};

const messageTones = {
	info: 'plain',
	warning: 'warning',
	error: 'danger',
} as const satisfies Record<Message['kind'], Tone>;

/** The root of every screen: header, body, message, footer, and the help over the body. */
export function ScreenFrame({
	keys,
	prompt,
	isTyping = hasPrompt(prompt),
	children,
}: ScreenFrameProps): ReactElement {
	const shell = useContext(ShellContext);
	const groups = isTyping ? keys : [...keys, shell.keys];
	const {message} = shell;
	return (
		<Frame
			step={shell.step}
			prod={shell.prod}
			dev={shell.dev}
			run={shell.run}
			hints={
				shell.isHelpOpen
					? describeBindings(helpBindings, undefined)
					: groups.flatMap(({hints}) => hints)
			}
			message={message && {text: message.text, tone: messageTones[message.kind]}}
			prompt={hasPrompt(prompt) ? prompt : undefined}
			onQuit={shell.onQuit}
		>
			{({width, height}) => (
				<>
					{shell.isHelpOpen && (
						<HelpOverlay
							groups={groups}
							width={width}
							height={height}
							onClose={shell.onCloseHelp}
						/>
					)}
					{/* Hidden, not gone: the screen keeps what its components remember. */}
					<Box
						flexDirection="column"
						width={width}
						flexShrink={0}
						display={shell.isHelpOpen ? 'none' : 'flex'}
					>
						{children}
					</Box>
				</>
			)}
		</Frame>
	);
}

/** What React draws nothing for is no prompt: the message keeps its row. */
function hasPrompt(prompt: ReactNode): boolean {
	return prompt !== undefined && prompt !== null && prompt !== false;
}
