import {selectSchemaChanges} from '../engine/compare-run.ts';
import {compareSchemas} from '../engine/compare-schema.ts';
import {exitCodes, type ExitCode} from '../model/errors.ts';
import {jsonVersion} from '../report/comparison-json.ts';
import {plural} from '../report/number-text.ts';
import {countSchemaChanges, listSchemaChanges} from '../report/schema-text.ts';
import type {CommandContext} from './context.ts';
import {printJson, printLines} from './print.ts';
import {withSession} from './with-session.ts';

export type SchemaDiffOptions = {
	/** Patterns as in `ignore.objects`, separated by commas. */
	readonly ignore?: string;
};

/**
Compares structure only and stores nothing. Exit code 1 when something differs.

`--json`: `{version, prod, dev, changes, ignored, identical}`; `ignored` counts the changes
that the configuration, `--ignore` or `--tables` leaves out.
*/
export async function runSchemaDiff(
	context: CommandContext,
	{ignore}: SchemaDiffOptions = {},
): Promise<ExitCode> {
	const {flags, stdout} = context;
	const config = await context.loadConfig({ignore});
	return withSession(context, config, async ({prod, dev, dialect}) => {
		const all = compareSchemas(prod.catalog, dev.catalog, dialect);
		const changes = selectSchemaChanges(all, config);
		const ignored = all.length - changes.length;
		const identical = changes.length === 0;
		if (flags.json) {
			const version = jsonVersion;
			const [prodName, devName] = [prod.name, dev.name];
			await printJson(stdout, {version, prod: prodName, dev: devName, changes, ignored, identical});
		} else {
			const leftOut = ignored > 0 ? ` Left out: ${plural(ignored, 'change')}.` : '';
			const verdict = identical ? 'The structure is the same.' : countSchemaChanges(changes);
			await printLines(stdout, [
				...listSchemaChanges(changes, {definitions: true}),
				...(identical ? [] : [[]]),
				[{text: verdict, tone: identical ? 'good' : 'strong'}, {text: leftOut}],
			]);
		}
		return identical ? exitCodes.done : exitCodes.differences;
	});
}
