import type {Command, OptionValues} from 'commander';
import type {ExitCode} from '../model/errors.ts';
import {addPackCommands} from './add-pack-commands.ts';
import {addRunCommands} from './add-run-commands.ts';
import type {CommandContext} from './context.ts';
import {readTexts} from './read-texts.ts';

/** Has a command's work done with the flags that were typed. */
export type Run = (
	command: Command,
	work: (context: CommandContext) => Promise<ExitCode>,
) => Promise<void>;

/** Declares every headless command; each is loaded when it is called. */
export function addCommands(program: Command, run: Run): void {
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
		.option(
			'--ignore <patterns>',
			'leave these out: a kind and a name, e.g. "index tmp_*,trigger *"',
		)
		.option('--format <format>', 'text, json, markdown, junit or sql (default: text)')
		.option('--allow <kinds>', 'with --format sql: do not comment these, e.g. dropIndex')
		.action(async (_options: OptionValues, command: Command) => {
			const options = readTexts(command, ['ignore', 'format', 'allow']);
			await run(command, async (context) => {
				const {runSchemaDiff} = await import('./schema-diff.ts');
				return runSchemaDiff(context, options);
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
	program
		.command('snapshot')
		.description('record a base: right after the backup was restored, before anybody works on it')
		.option('--side <side>', 'prod or dev (default: dev)')
		.option('--file <file>', 'where to (default: base.snapshot in the output folder)')
		.action(async (_options: OptionValues, command: Command) => {
			const options = readTexts(command, ['side', 'file']);
			await run(command, async (context) => {
				const {runSnapshot} = await import('./snapshot.ts');
				return runSnapshot(context, options);
			});
		});
	addPackCommands(program, run);
	addRunCommands(program, run);
}
