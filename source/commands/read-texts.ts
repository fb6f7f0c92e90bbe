import type {Command} from 'commander';

/** Options of a command as texts; what was not given is undefined. */
export function readTexts<Name extends string>(
	command: Command,
	names: readonly Name[],
): Readonly<Partial<Record<Name, string>>> {
	const texts: Partial<Record<Name, string>> = {};
	for (const name of names) {
		const value: unknown = command.getOptionValue(name);
		if (typeof value === 'string') texts[name] = value;
	}
	return texts;
}
