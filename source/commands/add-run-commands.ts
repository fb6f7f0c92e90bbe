import type {Command, OptionValues} from 'commander';
import type {Run} from './add-commands.ts';
import {readTexts} from './read-texts.ts';

/** Declares `runs` with its own commands. */
export function addRunCommands(program: Command, run: Run): void {
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
