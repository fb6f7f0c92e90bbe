import {extname} from 'node:path';
import {defaultLoaders} from 'cosmiconfig';
import {ConfigurationError} from '../model/errors.ts';
import {findJsonMistake} from './find-json-mistake.ts';

/**
Parses one configuration file by its name: JSON for `.json`, otherwise YAML (which JSON
is a part of).

The parsers' own errors quote the lines around a mistake and hold the whole text, which
may hold a password: only the reason and the place are kept.

@param source The file as messages call it.
@throws {ConfigurationError} Naming line and column.
*/
export function parseDocument(file: string, text: string, source: string): unknown {
	const isJson = extname(file) === '.json';
	try {
		return isJson ? JSON.parse(text) : loadYaml(file, text);
	} catch (error) {
		const mistake = isJson ? locateJsonMistake(text) : locateYamlMistake(error);
		if (mistake === undefined) throw error;
		const {line, column, reason} = mistake;
		throw new ConfigurationError(
			`${source} can't be read as ${isJson ? 'JSON' : 'YAML'}: line ${line}, column ${column}: ${reason}.`,
			{hint: isJson ? jsonHint : yamlHint},
		);
	}
}

const yamlHint =
	'Put quotes around a value that begins with a special character, indent with spaces, and check the brackets.';
const jsonHint = 'Check the commas, quotes and brackets there; JSON has no comments.';

type Mistake = {readonly line: number; readonly column: number; readonly reason: string};

function loadYaml(file: string, text: string): unknown {
	return defaultLoaders['.yaml'](file, text);
}

function locateYamlMistake(error: unknown): Mistake | undefined {
	if (!(error instanceof Error) || !('mark' in error) || !isMark(error.mark)) return undefined;
	const reason = 'reason' in error && typeof error.reason === 'string' ? error.reason : '';
	return {
		line: error.mark.line + 1,
		column: error.mark.column + 1,
		reason: withoutQuotation(reason),
	};
}

/** Drops the piece of the file that some reasons end in, e.g. `unidentified alias "…"`. */
function withoutQuotation(reason: string): string {
	if (/^(unidentified alias|undeclared tag handle)/.test(reason)) {
		return reason.replace(/ ".*$/s, '');
	}
	return reason.replace(/(: | !<|there is a previously).*$/s, '') || 'not valid';
}

function isMark(mark: unknown): mark is {readonly line: number; readonly column: number} {
	return (
		typeof mark === 'object' &&
		mark !== null &&
		'line' in mark &&
		typeof mark.line === 'number' &&
		'column' in mark &&
		typeof mark.column === 'number'
	);
}

function locateJsonMistake(text: string): Mistake {
	const position = findJsonMistake(text);
	const before = text.slice(0, position);
	return {
		line: before.split('\n').length,
		column: position - before.lastIndexOf('\n'),
		reason: position >= text.length ? 'the file ends too early' : 'something else must stand here',
	};
}
