import {compareSchemas} from '../engine/compare-schema.ts';
import {selectSchemaChanges} from '../engine/compare-run.ts';
import {renderSchemaSql} from '../engine/render-schema-sql.ts';
import type {Session} from '../engine/session.ts';
import {exitCodes, UsageError, type ExitCode} from '../model/errors.ts';
import {allowKinds} from '../model/schema-change.ts';
import {jsonVersion} from '../report/comparison-json.ts';
import {plural} from '../report/number-text.ts';
import {renderSchemaJunit} from '../report/schema-junit.ts';
import {renderSchemaMarkdown} from '../report/schema-markdown.ts';
import {groupByObject, type SchemaReport} from '../report/schema-report.ts';
import {countSchemaChanges, listSchemaChanges} from '../report/schema-text.ts';
import type {CommandContext} from './context.ts';
import {printJson, printLines} from './print.ts';
import {withSession} from './with-session.ts';

export type SchemaDiffOptions = {
	/** Patterns as in `ignore.objects`, separated by commas. */
	readonly ignore?: string | undefined;
	/** One of `schemaFormats`. */
	readonly format?: string | undefined;
	/** With `--format sql`: kinds that are not commented, separated by commas. */
	readonly allow?: string | undefined;
};

export const schemaFormats = ['text', 'json', 'markdown', 'junit', 'sql'] as const;
type SchemaFormat = (typeof schemaFormats)[number];

/**
Compares structure only and stores nothing. Exit code 1 when something differs.

`--json`: `{version, prod, dev, changes, ignored, identical}`; `ignored` counts the changes
that the configuration, `--ignore` or `--tables` leaves out.
*/
export async function runSchemaDiff(
	context: CommandContext,
	{ignore, allow, ...options}: SchemaDiffOptions = {},
): Promise<ExitCode> {
	const {flags, redact} = context;
	const format = flags.json ? 'json' : readFormat(options.format);
	const config = await context.loadConfig({ignore, allow});
	return withSession(context, config, async (session) => {
		const [prod, dev] = [session.prod.catalog, session.devStructure];
		const all = compareSchemas(prod, dev, session.dialect);
		const changes = selectSchemaChanges(all, config);
		const report: SchemaReport = {
			prod: redact(session.prod.name),
			dev: redact(session.dev.name),
			changes,
			ignored: all.length - changes.length,
			compared: groupByObject(prod, dev, changes),
			notCompared: listNotCompared(session),
		};
		const allowed = new Set(allowKinds.filter((kind) => config.allow[kind]));
		await print(context, format, report, () => renderSchemaSql(session, changes, allowed));
		return changes.length === 0 ? exitCodes.done : exitCodes.differences;
	});
}

/** @throws {UsageError} */
function readFormat(text: string = 'text'): SchemaFormat {
	const format = schemaFormats.find((known) => known === text);
	if (format) return format;
	throw new UsageError(`There is no format ${text}.`, {
		hint: `Known: ${schemaFormats.join(', ')}.`,
	});
}

async function print(
	{stdout}: CommandContext,
	format: SchemaFormat,
	report: SchemaReport,
	renderSql: () => string,
): Promise<void> {
	const {prod, dev, changes, ignored} = report;
	const identical = changes.length === 0;
	switch (format) {
		case 'text':
			return printLines(stdout, [
				...listSchemaChanges(changes, {definitions: true}),
				...(identical ? [] : [[]]),
				[
					{
						text: identical ? 'The structure is the same.' : countSchemaChanges(changes),
						tone: identical ? 'good' : 'strong',
					},
					{text: ignored > 0 ? ` Left out: ${plural(ignored, 'change')}.` : ''},
				],
			]);
		case 'json':
			return printJson(stdout, {version: jsonVersion, prod, dev, changes, ignored, identical});
		case 'markdown':
			return stdout.writeExact(renderSchemaMarkdown(report));
		case 'junit':
			return stdout.writeExact(renderSchemaJunit(report));
		case 'sql':
			return stdout.writeExact(renderSql());
		default:
			format satisfies never;
	}
}

/** What one side or both can't be compared by, once each. */
function listNotCompared({prod, devStructure}: Session): SchemaReport['notCompared'] {
	const all = [...prod.catalog.notCompared, ...devStructure.notCompared];
	return [...new Map(all.map((object) => [`${object.kind} ${object.name}`, object])).values()];
}
