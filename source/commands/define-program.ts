import {Command, CommanderError, type OptionValues} from 'commander';
import {findNearest} from '../config/find-nearest.ts';
import {UsageError, type ExitCode} from '../model/errors.ts';
import {addCommands} from './add-commands.ts';
import type {CommandContext, GlobalFlags} from './context.ts';
import type {DemoFlags} from './demo.ts';
import {readTexts} from './read-texts.ts';

/** Who runs what was asked for. */
export type Launcher = {
	command(
		flags: GlobalFlags,
		work: (context: CommandContext) => Promise<ExitCode>,
	): Promise<ExitCode>;
	walk(flags: GlobalFlags, demo: DemoFlags | null): Promise<ExitCode>;
};

export type ParsedRun = {
	/** Null: only help or the version was asked for. */
	readonly exitCode: ExitCode | null;
	/** Help or version, for stdout. */
	readonly text: string;
};

/** Names that users of the Go program of this name know. */
const oldNames = new Map([
	['gen-pack', 'plan'],
	['row-diff', 'rows'],
	['resolve-conflicts', 'resolve'],
	['checkpoint', 'runs'],
]);

/**
Reads the command line and has it run. Commands are loaded when they are called, so that
help and the first screen are quick.

@throws {UsageError} Naming the nearest known command or option.
*/
export async function runProgram(
	argv: readonly string[],
	version: string,
	launcher: Launcher,
): Promise<ParsedRun> {
	let text = '';
	let exitCode: ExitCode | null = null;
	const program = new Command('deepdiff-db');
	program
		.description(
			'Bring a diverged database back in line with another: compare, settle conflicts, apply safely.\nWithout a command it opens the guided walk.',
		)
		.version(version, '-V, --version', 'print the version')
		.helpOption('-h, --help', 'print this help')
		.exitOverride()
		.configureHelp({showGlobalOptions: true})
		.configureOutput({
			writeOut: (part) => {
				text += part;
			},
			// Errors are thrown and told in one place.
			writeErr: () => undefined,
		})
		.helpCommand('help [command]', 'print the help of a command')
		.action(async (_options: OptionValues, command: Command) => {
			const [word] = command.args;
			if (word !== undefined) throw explainUnknownCommand(program, word);
			const flags = readFlags(command);
			if (flags.json) {
				throw new UsageError('--json needs a command.', {
					hint: 'For example: deepdiff-db diff --json',
				});
			}
			exitCode = await launcher.walk(flags, null);
		});
	addGlobalOptions(program);
	addCommands(program, async (command, work) => {
		exitCode = await launcher.command(readFlags(command), work);
	});
	program
		.command('demo')
		.description('make two diverged SQLite databases with an own base, and walk them')
		.argument('[folder]', 'where to make them (default: ./deepdiff-demo)')
		.option('--rows <number>', 'about how many rows each side gets')
		.option('--seed <number>', 'other data')
		.action(async (folder: string | undefined, _options: OptionValues, command: Command) => {
			const {rows, seed} = readTexts(command, ['rows', 'seed']);
			exitCode = await launcher.walk(readFlags(command), {folder, rows, seed});
		});
	// After the commands, which would inherit it: here a word too many is an unknown command.
	program.allowExcessArguments();
	try {
		await program.parseAsync([...argv], {from: 'user'});
		return {exitCode, text};
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		if (error.exitCode === 0) return {exitCode: null, text};
		throw explainUsage(error);
	}
}

function addGlobalOptions(program: Command): void {
	program
		.option('--config <file>', 'the configuration, instead of the one that is found')
		.option('--prod <url|file>', 'the database that will be changed')
		.option('--dev <url|file>', 'the database that the changes come from')
		.option('--base <url|file>', 'their common ancestor')
		.option('--tables <globs>', 'only these tables, separated by commas')
		.option('--run <id>', 'this stored run (default: the newest of this pair)')
		.option('--output <folder>', 'where runs, packs and reports go (default: .deepdiff)')
		.option('--json', 'print one JSON document (rows: one line a row)')
		.option('--quiet', 'no progress and no remarks')
		.option('--no-color', 'no colours');
}

function readFlags(command: Command): GlobalFlags {
	const values: Readonly<Record<string, unknown>> = command.optsWithGlobals();
	const text = (name: string) => {
		const value = values[name];
		return typeof value === 'string' ? value : undefined;
	};
	return {
		config: text('config'),
		prod: text('prod'),
		dev: text('dev'),
		base: text('base'),
		tables: text('tables'),
		run: text('run'),
		output: text('output'),
		json: values['json'] === true,
		quiet: values['quiet'] === true,
		color: values['color'] !== false,
	};
}

function explainUnknownCommand(program: Command, word: string): UsageError {
	const known = program.commands.map((command) => command.name());
	const meant = oldNames.get(word) ?? findNearest(word, known);
	return new UsageError(`There is no command "${word}".`, {
		hint: meant === undefined ? `Known: ${known.join(', ')}.` : `Did you mean "${meant}"?`,
	});
}

/** Commander's message as a sentence, its suggestion as the hint. */
function explainUsage({message}: CommanderError): UsageError {
	const [first = '', ...rest] = message.replace(/^error: /, '').split('\n');
	const sentence = first.charAt(0).toUpperCase() + first.slice(1).replace(/\.?$/, '.');
	const suggestion = /\(Did you mean (.*)\?\)/.exec(rest.join(' '))?.[1];
	return new UsageError(sentence, {
		hint:
			suggestion === undefined
				? 'See `deepdiff-db --help`, or `--help` after a command.'
				: `Did you mean ${suggestion}?`,
	});
}
