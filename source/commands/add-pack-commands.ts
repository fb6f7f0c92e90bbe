import type {Command, OptionValues} from 'commander';
import type {Run} from './add-commands.ts';
import {readTexts} from './read-texts.ts';

/** Declares `apply` and `undo`, which take the same. */
export function addPackCommands(program: Command, run: Run): void {
	for (const kind of ['migration', 'undo'] as const) addApply(program, kind, run);
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
