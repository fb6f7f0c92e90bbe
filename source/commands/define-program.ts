import {Command, CommanderError, type OptionValues} from 'commander';
import {findNearest} from '../config/find-nearest.ts';
import {UsageError, type ExitCode} from '../model/errors.ts';
import type {CommandContext, GlobalFlags} from './context.ts';
import type {DemoFlags} from './demo.ts';

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

type Run = (
	command: Command,
	work: (context: CommandContext) => Promise<ExitCode>,
) => Promise<void>;

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

function addCommands(program: Command, run: Run): void {
	program
		.command('init')
		.description('write a .deepdiffrc, by asking or from --prod and --dev')
		.option('--force', 'replace one that is there')
		.action(async (_options: OptionValues, command: Command) => {
			const force = command.getOptionValue('force') === true;
			await run(command, async (context) => {
				const {runInit} = await import('./init.ts');
				return runInit(context, {force});
			});
		});
	program
		.command('check')
		.description("connect to each side: version, size, what can't be compared and why")
		.action(async (_options: OptionValues, command: Command) => {
			await run(command, async (context) => {
				const {runCheck} = await import('./check.ts');
				return runCheck(context);
			});
		});
	program
		.command('schema-diff')
		.description('compare structure only; exit code 1 when it differs')
		.action(async (_options: OptionValues, command: Command) => {
			await run(command, async (context) => {
				const {runSchemaDiff} = await import('./schema-diff.ts');
				return runSchemaDiff(context);
			});
		});
	program
		.command('diff')
		.description('compare structure and rows into a stored run; exit code 1 when they differ')
		.option('--fresh', 'do not take up an unfinished scan')
		.action(async (_options: OptionValues, command: Command) => {
			const fresh = command.getOptionValue('fresh') === true;
			await run(command, async (context) => {
				const {runDiff} = await import('./diff.ts');
				return runDiff(context, {fresh});
			});
		});
	program
		.command('rows')
		.description('print the rows that differ, column by column')
		.argument('[table]', 'only this table')
		.option('--state <states>', 'only these: added, removed, conflict, dev-only, prod-only, merged')
		.option('--unresolved', 'only conflicts that need a decision')
		.action(async (table: string | undefined, _options: OptionValues, command: Command) => {
			const {state} = readTexts(command, ['state']);
			const unresolved = command.getOptionValue('unresolved') === true;
			await run(command, async (context) => {
				const {runRows} = await import('./rows.ts');
				return runRows(context, {table, state, unresolved});
			});
		});
	program
		.command('resolve')
		.description('settle conflicts: all one way, by a file, or by the configuration')
		.option('--all <side>', "ours keeps prod's rows, theirs takes dev's")
		.option('--state <states>', 'with --all: rows of these states (default: conflict)')
		.option('--file <file>', 'JSON lines {table, key, take, cells}, as rows --json prints them')
		.action(async (_options: OptionValues, command: Command) => {
			const {all, state, file} = readTexts(command, ['all', 'state', 'file']);
			await run(command, async (context) => {
				const {runResolve} = await import('./resolve.ts');
				return runResolve(context, {all, state, file});
			});
		});
	program
		.command('plan')
		.description('write the pack: SQL, its manifest and its undo')
		.option('--allow <kinds>', 'allow destructive kinds, e.g. deleteRows,dropColumn')
		.action(async (_options: OptionValues, command: Command) => {
			const {allow} = readTexts(command, ['allow']);
			await run(command, async (context) => {
				const {runPlan} = await import('./plan.ts');
				return runPlan(context, {allow});
			});
		});
	for (const kind of ['migration', 'undo'] as const) addApply(program, kind, run);
	addRuns(program, run);
}

function addApply(program: Command, kind: 'migration' | 'undo', run: Run): void {
	const isUndo = kind === 'undo';
	program
		.command(isUndo ? 'undo' : 'apply')
		.description(isUndo ? 'take an applied pack back' : 'apply a pack in one transaction')
		.argument('<pack>', 'its .sql, its .json, or their folder')
		.option('--yes', "go on without typing the target's name")
		.option('--dry-run', 'rehearse: do everything and roll it back')
		.option('--allow <kinds>', 'allow destructive kinds, e.g. deleteRows,dropColumn')
		.option('--triggers <mode>', 'fire, off, or accept what they rewrite (default: fire)')
		.action(async (pack: string, _options: OptionValues, command: Command) => {
			const {allow, triggers} = readTexts(command, ['allow', 'triggers']);
			const yes = command.getOptionValue('yes') === true;
			const dryRun = command.getOptionValue('dryRun') === true;
			await run(command, async (context) => {
				const {runApply} = await import('./apply.ts');
				return runApply(context, kind, {pack, yes, dryRun, allow, triggers});
			});
		});
}

function addRuns(program: Command, run: Run): void {
	const runs = program.command('runs').description('list, show and delete stored runs');
	runs
		.command('list', {isDefault: true})
		.description('list them, newest first')
		.action(async (_options: OptionValues, command: Command) => {
			await run(command, async (context) => {
				const {listRuns} = await import('./runs.ts');
				return listRuns(context);
			});
		});
	runs
		.command('show')
		.description('what a run found, what was decided and done')
		.argument('<id>')
		.action(async (id: string, _options: OptionValues, command: Command) => {
			await run(command, async (context) => {
				const {showRun} = await import('./runs.ts');
				return showRun(context, id);
			});
		});
	runs
		.command('prune')
		.description('delete runs with their packs and reports')
		.argument('[ids...]')
		.option('--all', 'all of them')
		.option('--older-than <age>', 'those made longer ago, e.g. 12h, 30d, 4w')
		.action(async (ids: string[], _options: OptionValues, command: Command) => {
			const {olderThan} = readTexts(command, ['olderThan']);
			const all = command.getOptionValue('all') === true;
			await run(command, async (context) => {
				const {pruneRuns} = await import('./prune-runs.ts');
				return pruneRuns(context, {ids, all, olderThan});
			});
		});
}

/** Options of a command as texts; what was not given is undefined. */
function readTexts<Name extends string>(
	command: Command,
	names: readonly Name[],
): Readonly<Partial<Record<Name, string>>> {
	const texts: Partial<Record<Name, string>> = {};
	for (const name of names) {
		const value: unknown = command.getOptionValue(name);
		if (typeof value === 'string') texts[name] = value;
	}
	return texts;
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
