#!/usr/bin/env node
import {readFileSync} from 'node:fs';
import {askOnTerminal, askSecretOnTerminal} from './commands/ask.ts';
import type {CommandContext, GlobalFlags} from './commands/context.ts';
import {createContext} from './commands/create-context.ts';
import {runProgram, type Launcher} from './commands/define-program.ts';
import {explainError} from './commands/explain-error.ts';
import {printLines} from './commands/print.ts';
import {StreamOutput} from './commands/stream-output.ts';
import {suggest} from './commands/suggest.ts';
import {createRedactor} from './config/redact.ts';
import {exitCodes, type ExitCode} from './model/errors.ts';

/*
The only place that knows the process: its arguments, its streams, its signals, and the
only one that ends it.
*/

const redactor = createRedactor();
const outputOptions = {
	redact: (text: string) => redactor.redact(text),
	wantsColor: (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb',
};
const stdout = new StreamOutput(process.stdout, outputOptions);
const stderr = new StreamOutput(process.stderr, outputOptions);
const interruption = new AbortController();

const launcher: Launcher = {
	async command(flags, work) {
		listenToSignals();
		return work(makeContext(flags));
	},

	async walk(flags, demo) {
		const context = makeContext(flags);
		const hasTerminal = process.stdin.isTTY && process.stdout.isTTY;
		if (!hasTerminal) listenToSignals();
		const {config, command} = demo
			? await (await import('./commands/demo.ts')).prepareDemo(context, demo)
			: {config: await context.loadConfig(), command: suggest(context, '')};
		if (hasTerminal) {
			const {runWalk} = await import('./ui/run-walk.tsx');
			return runWalk({
				config,
				runId: flags.run,
				fresh: demo !== null,
				command,
			});
		}
		const {printWalk} = await import('./commands/print-walk.ts');
		const exitCode = await printWalk(context, config, {fresh: demo !== null});
		// The demo's databases differ by design: it has done what it was asked for.
		return demo && exitCode === exitCodes.differences ? exitCodes.done : exitCode;
	},
};

process.on('uncaughtException', (error) => void end(error));
process.on('unhandledRejection', (error) => void end(error));
process.exit(await main());

async function main(): Promise<ExitCode> {
	try {
		const {exitCode, text} = await runProgram(process.argv.slice(2), readVersion(), launcher);
		await stdout.write(text);
		return exitCode ?? exitCodes.done;
	} catch (error) {
		return tell(error);
	}
}

function makeContext(flags: GlobalFlags): CommandContext {
	const chooseColor = (mode: 'auto' | 'always' | 'never') => {
		stdout.chooseColor(mode);
		stderr.chooseColor(mode);
	};
	if (!flags.color) chooseColor('never');
	const canAsk = process.stdin.isTTY && process.stderr.isTTY;
	return createContext(
		{
			stdout,
			stderr,
			ask: canAsk ? askOnTerminal : null,
			askSecret: canAsk ? askSecretOnTerminal : undefined,
			directory: process.cwd(),
			environment: process.env,
			signal: interruption.signal,
			redactor,
			onColor: chooseColor,
		},
		flags,
	);
}

/** The first signal asks for an orderly end, a second one does not wait for it. */
function listenToSignals(): void {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => {
			if (interruption.signal.aborted) process.exit(exitCodes.interrupted);
			interruption.abort();
		});
	}
}

async function tell(error: unknown): Promise<ExitCode> {
	const {lines, exitCode} = explainError(redactor.redactError(error));
	await printLines(stderr, lines);
	return exitCode;
}

async function end(error: unknown): Promise<void> {
	process.exit(await tell(error));
}

function readVersion(): string {
	// The package's own file, one folder above this one in source/ as in dist/.
	const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
	// npm refuses a package without a version.
	return (JSON.parse(text) as {version: string}).version;
}
