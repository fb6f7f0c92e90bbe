import type {Config} from '../config/config.ts';
import {exitCodes, UsageError, type ExitCode} from '../model/errors.ts';
import {App} from './app.tsx';
import {renderApp, type RenderedApp} from './render.tsx';
import {createTheme, wantsColor} from './theme.ts';
import {describeEnd} from './walk/describe-end.ts';
import {WalkController} from './walk/walk-controller.ts';

export type RunWalkOptions = {
	readonly config: Config;
	/** Take up this run and no other. */
	readonly runId?: string | undefined;
	/** Offer no unfinished run. */
	readonly fresh?: boolean | undefined;
	/**
	What starts the program again on the same databases, without `--run`.

	@default 'deepdiff-db'
	*/
	readonly command?: string | undefined;
};

/**
Opens the guided walk on the terminal. The first frame is drawn before anything is
connected; the terminal is given back however it ends.

@returns 0 when the person left, 130 after Ctrl-C or a signal; the run is kept.
@throws {UsageError} Without a terminal.
*/
export async function runWalk({
	config,
	runId,
	fresh,
	command = 'deepdiff-db',
}: RunWalkOptions): Promise<ExitCode> {
	if (!process.stdin.isTTY || !process.stdout.isTTY) {
		throw new UsageError('The guided walk needs a terminal.', {
			hint: 'Run it in one, or use the commands: see `deepdiff-db --help`.',
		});
	}
	const controller = new WalkController({config, runId, fresh, directory: process.cwd()});
	const app: RenderedApp = renderApp(
		<App controller={controller} onRepaint={() => app.repaint()} />,
		{
			theme: createTheme({hasColor: hasColor(config.output.color)}),
			onSignal: () => controller.end(exitCodes.interrupted),
		},
	);
	controller.start();
	// What a component throws ends the walk as well: what is under way is finished and kept.
	const drawn = app.exited.catch((error: unknown) => {
		controller.end(exitCodes.failed);
		return controller.ended.then(() => Promise.reject(asError(error)));
	});
	try {
		const [end] = await Promise.all([controller.ended.finally(() => app.unmount()), drawn]);
		await controller.close();
		process.stdout.write(describeEnd(end, command));
		return end.exitCode;
	} finally {
		app.unmount();
		await controller.close();
	}
}

function hasColor(choice: Config['output']['color']): boolean {
	if (choice === 'auto') return wantsColor(process.env, []);
	return choice === 'always';
}

function asError(error: unknown): Error {
	return error instanceof Error ? error : new Error(String(error));
}
