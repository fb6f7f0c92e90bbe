import {access} from 'node:fs/promises';
import path from 'node:path';
import {parseConnection} from '../config/connection-settings.ts';
import {renderConfig, type InitAnswers} from '../config/render-config.ts';
import {ConfigurationError, exitCodes, UsageError} from '../model/errors.ts';
import type {ExitCode} from '../model/errors.ts';
import {jsonVersion} from '../report/comparison-json.ts';
import type {CommandContext} from './context.ts';
import {splitList} from './parse-states.ts';
import {note, printJson, printLines, warn} from './print.ts';
import {quote} from './suggest.ts';
import {writeTextFile} from './write-text-file.ts';

export type InitOptions = {readonly force?: boolean};

/**
Writes a `.deepdiffrc` (or what `--config` names): by asking, or from `--prod` and `--dev`.
A password inside a URL is not written; a variable takes its place.

`--json`: `{version, file, variables}`.
*/
export async function runInit(
	context: CommandContext,
	{force = false}: InitOptions,
): Promise<ExitCode> {
	const {directory, flags, stdout} = context;
	const file = path.resolve(directory, flags.config ?? '.deepdiffrc');
	if (!force && (await exists(file))) {
		throw new UsageError(`${file} is there already.`, {
			hint: 'Give --force to replace it, or --config FILE to write another.',
		});
	}
	const answers = await collectAnswers(context);
	const {text, variables} = renderConfig(answers);
	await writeTextFile(file, text);
	if (flags.json) {
		await printJson(stdout, {version: jsonVersion, file, variables});
		return exitCodes.done;
	}
	await printLines(stdout, [
		[{text: `Wrote ${file}.`, tone: 'good'}],
		...variables.map((name) => [
			{text: `Set ${name} to the password: passwords are not written to the file.`},
		]),
	]);
	const typed = flags.config === undefined ? '' : ` --config ${quote(flags.config)}`;
	await note(context, `Next: deepdiff-db check${typed}`);
	return exitCodes.done;
}

async function collectAnswers(context: CommandContext): Promise<InitAnswers> {
	const {flags, directory, ask} = context;
	const {prod, dev, base} = flags;
	// What was typed as a flag must be good before anything is asked or written.
	for (const [side, text] of Object.entries({prod, dev, base})) {
		if (text !== undefined) parseConnection(text, `--${side}`, directory);
	}
	if (prod !== undefined && dev !== undefined)
		return {prod, dev, ...(base !== undefined && {base})};
	if (!ask) {
		throw new UsageError('init needs --prod and --dev where there is no terminal to ask on.', {
			hint: 'For example: deepdiff-db init --prod ./prod.db --dev ./dev.db',
		});
	}
	const askSide = async (side: 'prod' | 'dev' | 'base', question: string) =>
		flags[side] ?? (await askForConnection(context, ask, side, question));
	return {
		prod: await askSide('prod', 'prod, the database that will be changed (URL or file): '),
		dev: await askSide('dev', 'dev, the database that the changes come from (URL or file): '),
		base: await askSide('base', 'base, their common ancestor (URL or file, empty for none): '),
		ignoreTables: splitList(await ask('tables to leave out (names or globs, commas between): ')),
		ignoreColumns: splitList(await ask('columns to leave out, e.g. *.updated_at: ')),
	};
}

/** Asks until the answer can be understood. */
async function askForConnection(
	context: CommandContext,
	ask: (question: string) => Promise<string>,
	side: 'prod' | 'dev' | 'base',
	question: string,
): Promise<string> {
	for (;;) {
		const answer = (await ask(question)).trim();
		if (answer === '' && side === 'base') return '';
		try {
			parseConnection(answer, side, context.directory);
			return answer;
		} catch (error) {
			if (!(error instanceof ConfigurationError)) throw error;
			await warn(context, `${error.message} ${error.hint}`);
		}
	}
}

async function exists(file: string): Promise<boolean> {
	return access(file).then(
		() => true,
		() => false,
	);
}
