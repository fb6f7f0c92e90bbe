import type {z} from 'zod';
import {ConfigurationError} from '../model/errors.ts';
import {findNearest} from './find-nearest.ts';
import {formatPath, isMapping, type KeyPath} from './key-path.ts';
import {findChild, listKeys, type SchemaNode} from './schema-tree.ts';

export type Explained = {
	readonly schema: SchemaNode;
	/** Gives a key's path as the person wrote it. */
	readonly formatKey: (path: KeyPath) => string;
	/** Whether a path leads into a connection. */
	readonly isConnection: (path: KeyPath) => boolean;
	/** The file, for messages. */
	readonly source: string;
};

type Problem = {readonly message: string; readonly hint: string};

/**
Says in sentences why a document does not fit the schema: which key, what was found, what
is wanted, and the known key that was probably meant.

Of a connection only the kind of most values is shown: one may be a password.
*/
export function explainProblems(
	error: z.ZodError,
	document: unknown,
	{schema, formatKey, isConnection, source}: Explained,
): ConfigurationError {
	const unknown = error.issues.flatMap((issue) =>
		issue.code === 'unrecognized_keys'
			? issue.keys.map((key) => explainUnknownKey(key, toKeyPath(issue.path)))
			: [],
	);
	const others = error.issues
		.filter(({code}) => code !== 'unrecognized_keys')
		.map((issue) => explainValue(issue, toKeyPath(issue.path)))
		// A key that was misspelt is also missing: one sentence is enough.
		.filter(({missing}) => !unknown.some(({meant}) => meant !== undefined && meant === missing));
	return combine([...unknown, ...others], source);

	function explainUnknownKey(key: string, path: KeyPath): Problem & {readonly meant?: string} {
		const node = path.reduce<SchemaNode | undefined>(
			(place, step) => (place === undefined ? undefined : findChild(place, String(step))),
			schema,
		);
		const known = node === undefined ? [] : listKeys(node);
		const nearest = findNearest(key, known);
		// `{password secret}` is a key to YAML: only what looks like one is shown.
		const isShown = !isConnection(path) || /^[\w-]+$/.test(key);
		const message = isShown
			? `Unknown key "${formatKey([...path, key])}"`
			: `Unknown key in "${formatKey(path)}"`;
		if (nearest === undefined) return {message, hint: `Known keys there: ${known.join(', ')}.`};
		const meant = formatPath([...path, nearest]);
		return {message, hint: `Did you mean "${meant}"?`, meant};
	}

	function explainValue(
		issue: z.core.$ZodIssue,
		path: KeyPath,
	): Problem & {readonly missing?: string} {
		const value = findValue(document, path);
		const key = `"${formatKey(path)}"`;
		if (value === undefined) {
			return {
				message: `${key} is missing`,
				hint: `It ${issue.message}.`,
				missing: formatPath(path),
			};
		}
		const nearest =
			issue.code === 'invalid_value' && typeof value === 'string'
				? findNearest(value, issue.values.map(String))
				: undefined;
		return {
			message: `${key} ${issue.message}, but is ${describeFound(value, !isConnection(path) || harmlessKeys.includes(path.at(-1)))}`,
			hint: nearest === undefined ? hintFor(issue, value) : `Did you mean "${nearest}"?`,
		};
	}
}

/** Words one issue as the end of a sentence that begins with the key. */
export function wordIssue(issue: z.core.$ZodRawIssue): string {
	if (issue.code === 'invalid_type')
		return `must be ${kindNames[issue.expected] ?? issue.expected}`;
	if (issue.code === 'invalid_value') {
		return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
	}
	if (issue.code === 'too_big') return `must be at most ${String(issue.maximum)}`;
	if (issue.code !== 'too_small') return 'has a value that is not understood';
	const isNumber = issue.origin === 'number' || issue.origin === 'int';
	return isNumber ? `must be at least ${String(issue.minimum)}` : 'must not be empty';
}

const kindNames: Readonly<Record<string, string>> = {
	string: 'text',
	number: 'a number',
	int: 'a whole number',
	boolean: 'true or false',
	array: 'a list',
	object: 'a group of keys and values',
	record: 'a group of keys and values',
};

function combine(problems: readonly Problem[], source: string): ConfigurationError {
	const [first = {message: 'The configuration is not valid', hint: ''}] = problems;
	if (problems.length <= 1) {
		return new ConfigurationError(`${first.message} (in ${source}).`, {hint: first.hint});
	}
	const lines = problems.map(({message, hint}) => `  - ${message}. ${hint}`.trimEnd());
	return new ConfigurationError(
		[`${source} has ${problems.length} mistakes:`, ...lines].join('\n'),
		{hint: 'Each key is described in .deepdiffrc.example.'},
	);
}

const harmlessKeys: readonly unknown[] = ['driver', 'port', 'mode', 'snapshot', 'passwordPrompt'];

/** What was found, for a sentence; a short plain value is shown when it may be. */
export function describeFound(value: unknown, isShown: boolean): string {
	if (value === null || value === '') return 'empty';
	if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
	if (value instanceof Date) return 'a date';
	if (typeof value === 'object') return 'a group of keys and values';
	const shown = isShown ? JSON.stringify(value) : '';
	const isBrief = shown !== '' && shown.length <= 40;
	if (typeof value === 'string') return isBrief ? `the text ${shown}` : 'another text';
	if (typeof value === 'number') return isBrief ? `the number ${shown}` : 'a number';
	return isBrief ? shown : 'true or false';
}

function hintFor(issue: z.core.$ZodIssue, value: unknown): string {
	const wantsText = issue.code === 'invalid_type' && issue.expected === 'string';
	return wantsText && (typeof value !== 'object' || value instanceof Date)
		? 'Text that looks like a number, a date or true needs quotes.'
		: '';
}

function toKeyPath(path: readonly PropertyKey[]): KeyPath {
	return path.map((step) => (typeof step === 'number' ? step : String(step)));
}

function findValue(document: unknown, path: KeyPath): unknown {
	return path.reduce<unknown>((value, step) => {
		if (Array.isArray(value)) return value[Number(step)] as unknown;
		return isMapping(value) ? value[step] : undefined;
	}, document);
}
