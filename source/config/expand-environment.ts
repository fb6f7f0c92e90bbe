import {ConfigurationError} from '../model/errors.ts';
import {formatPath, isMapping, type KeyPath} from './key-path.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
Replaces `${NAME}` and `${NAME:-default}` in every string of a document.

The default is taken when the variable is not set or empty, as in a shell. `$${` stands
for a plain `${`. A value is put in as it is: what looks like a variable inside it stays.

@param source The file, for messages.
@throws {ConfigurationError} Naming the variable that is missing and the key that wants it.
*/
export function expandEnvironment(
	value: unknown,
	environment: Environment,
	source: string,
): unknown {
	return expandValue(value, []);

	function expandValue(part: unknown, path: KeyPath): unknown {
		if (typeof part === 'string') {
			return expandText(part, environment, `${formatPath(path)} in ${source}`);
		}
		if (Array.isArray(part)) return part.map((item, index) => expandValue(item, [...path, index]));
		if (!isMapping(part)) return part;
		return Object.fromEntries(
			Object.entries(part).map(([key, item]) => [key, expandValue(item, [...path, key])]),
		);
	}
}

// The text around a variable may be a password: messages name the variable and the place only.
function expandText(text: string, environment: Environment, place: string): string {
	return text.replaceAll(/\$\$\{|\$\{([^}]*)(\}?)/g, (_, inner: string | undefined, end) => {
		if (inner === undefined) return '${';
		const [, name, rest = ''] = /^([A-Za-z_]\w*)(.*)$/s.exec(inner) ?? [];
		const isPlain = rest === '' || (rest.startsWith(':-') && !rest.includes('${'));
		if (name === undefined || !isPlain || end === '') {
			throw new ConfigurationError(`A "\${" in ${place} is not followed by a variable.`, {
				hint: 'Write ${NAME} or ${NAME:-default}; a plain "${" is written "$${".',
			});
		}
		const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
		if (rest !== '') return value === undefined || value === '' ? rest.slice(2) : value;
		if (value !== undefined) return value;
		throw new ConfigurationError(
			`The environment variable ${name} is not set; ${place} needs it.`,
			{hint: `Set ${name}, or give a default: \${${name}:-value}.`},
		);
	});
}
