import {type ReactElement, type ReactNode, useEffect} from 'react';
import {render, useStdin} from 'ink';
import {FrameOutput} from './frame-output.ts';
import {holdOutput} from './held-output.ts';
import {LimitFrames} from './limit-frames.tsx';
import {createTheme, ThemeContext, type Theme} from './theme.ts';

export type RenderAppOptions = {
	/** @default process.stdin */
	readonly stdin?: NodeJS.ReadStream;
	/** @default process.stdout */
	readonly stdout?: NodeJS.WriteStream;
	/** @default with colour */
	readonly theme?: Theme;
	/**
	Told of SIGINT, SIGTERM, SIGHUP and SIGQUIT instead of dying at once: save what
	must be saved, then `unmount` and exit. Without it the screen is restored and
	the signal does what it always does.
	*/
	readonly onSignal?: (signal: NodeJS.Signals) => void;
};

export type RenderedApp = {
	/** Draws another element in place of the first. */
	rerender(element: ReactNode): void;
	/** Ends the app and gives the terminal back. Calling it again does nothing. */
	unmount(): void;
	/** Draws every row again, for when something else wrote on the screen. */
	repaint(): void;
	/** Settles when the app has ended; rejects with what a component threw. */
	readonly exited: Promise<void>;
};

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/**
Draws an app on the terminal's alternate screen until it is unmounted.

The terminal is given back however the program ends: by `unmount`, an exception,
`process.exit` or a signal. Ctrl-C is a key like any other (`ctrl+c`).
*/
export function renderApp(
	element: ReactNode,
	{
		stdin = process.stdin,
		stdout = process.stdout,
		theme = createTheme({hasColor: true}),
		onSignal,
	}: RenderAppOptions = {},
): RenderedApp {
	// Bound now: while the screen is ours, `write` itself belongs to the held stream.
	const write = stdout.write.bind(stdout);
	const output = new FrameOutput({
		get columns() {
			return stdout.columns;
		},
		get rows() {
			return stdout.rows;
		},
		write: (text) => write(text),
		on: (event, listener) => stdout.on(event, listener),
		off: (event, listener) => stdout.off(event, listener),
	});
	const releases = [stdout, ...(stdout === process.stdout ? [process.stderr] : [])].map(holdOutput);
	let isRestored = false;

	const restore = (): void => {
		if (isRestored) return;
		isRestored = true;
		process.off('exit', restore);
		process.off('SIGTSTP', suspend);
		process.off('SIGCONT', resume);
		for (const signal of endingSignals) process.off(signal, end);
		// Node resets the terminal when it exits, but not when a signal ends it.
		if (stdin.isTTY) stdin.setRawMode(false);
		output.close();
		for (const release of releases) release();
	};
	const end = (signal: NodeJS.Signals): void => {
		if (onSignal !== undefined) {
			onSignal(signal);
			return;
		}
		restore();
		process.kill(process.pid, signal);
	};
	const suspend = (): void => {
		output.close();
		if (stdin.isTTY) stdin.setRawMode(false);
		process.kill(process.pid, 'SIGSTOP');
	};
	const resume = (): void => {
		// Whoever had the terminal meanwhile left it in a state that nobody knows.
		output.close();
		if (stdin.isTTY) stdin.setRawMode(false).setRawMode(true);
		output.open();
	};

	process.on('exit', restore);
	process.on('SIGTSTP', suspend);
	process.on('SIGCONT', resume);
	for (const signal of endingSignals) process.on(signal, end);
	// Reading from a terminal that went away fails before SIGHUP tells so.
	stdin.on('error', () => {});
	output.open();

	const wrap = (content: ReactNode): ReactElement => (
		<ThemeContext value={theme}>
			<RawMode />
			<LimitFrames />
			{content}
		</ThemeContext>
	);
	const instance = render(wrap(element), {
		// Ink uses no more of a stream than FrameOutput has: write, columns, rows, resize.
		stdout: output as unknown as NodeJS.WriteStream,
		stdin,
		// One whole frame for each write, at once and even where CI is set.
		debug: true,
		exitOnCtrlC: false,
		patchConsole: false,
	});
	const exited = instance.waitUntilExit().finally(restore);
	// Whoever wants to know awaits it; nobody has to.
	exited.catch(() => {});

	return {
		rerender: (next) => instance.rerender(wrap(next)),
		unmount() {
			instance.unmount();
			restore();
		},
		repaint: () => output.repaint(),
		exited,
	};
}

/** Keeps the terminal raw between two screens, so no key is echoed while they change. */
function RawMode(): ReactNode {
	const {setRawMode, isRawModeSupported} = useStdin();
	useEffect(() => {
		if (!isRawModeSupported) return undefined;
		setRawMode(true);
		return () => setRawMode(false);
	}, [setRawMode, isRawModeSupported]);
	return null;
}
