import {ConfigurationError} from '../model/errors.ts';
import {adoptOldLayout} from './adopt-old-layout.ts';
import {sides, type Side} from './config.ts';
import {readConnectionForm} from './connection-settings.ts';
import {formatOriginalPath} from './draft.ts';
import {expandEnvironment, type Environment} from './expand-environment.ts';
import {describeFound, explainProblems, wordIssue} from './explain-problems.ts';
import {fitToSchema} from './fit-to-schema.ts';
import {isMapping, type Mapping} from './key-path.ts';
import {configSchema, type ConfigInput} from './schema.ts';

/**
Turns what a file holds into keys and values that the schema knows: variables expanded,
old names replaced, URLs taken apart, everything checked.

@param source The file, for messages.
@param skipped Sides that are not looked at.
@throws {ConfigurationError}
*/
export function validateConfig(
	value: unknown,
	source: string,
	skipped: readonly Side[],
	environment: Environment,
): {readonly input: ConfigInput; readonly notices: readonly string[]} {
	const document = value ?? {};
	if (!isMapping(document)) {
		throw new ConfigurationError(
			`${source} must hold keys and values, but is ${describeFound(document, false)}.`,
			{hint: 'A line of it looks like: prod: sqlite:./prod.db'},
		);
	}
	const kept = Object.entries(document).filter(([key]) => !skipped.some((side) => side === key));
	const expanded = expandEnvironment(Object.fromEntries(kept), environment, source);
	const adopted = adoptOldLayout(isMapping(expanded) ? expanded : {}, source);
	const renamed = new Map(adopted.renamed);
	const fitted = fitToSchema(readSides(adopted.document, source), configSchema, renamed);
	const result = configSchema.safeParse(fitted, {error: wordIssue});
	if (result.success) return {input: result.data, notices: adopted.notices};
	throw explainProblems(result.error, fitted, {
		schema: configSchema,
		formatKey: (path) => formatOriginalPath(path, renamed),
		isConnection: ([first]) => sides.some((side) => side === first),
		source,
	});
}

function readSides(document: Mapping, source: string): Mapping {
	const read: Record<string, unknown> = {...document};
	for (const side of sides) {
		if (side in read) read[side] = readConnectionForm(read[side], side, source) ?? null;
	}
	return read;
}
