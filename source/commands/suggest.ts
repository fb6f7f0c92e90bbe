import type {CommandContext} from './context.ts';

/**
A command to go on with, as it can be pasted: with the flags that this one was given to
find its databases and its runs.

@param command Empty: the walk.
*/
export function suggest({flags}: Pick<CommandContext, 'flags'>, command: string): string {
	const {config, prod, dev, base, output} = flags;
	const typed = Object.entries({config, prod, dev, base, output}).flatMap(([name, value]) =>
		value === undefined ? [] : [`--${name} ${quote(value)}`],
	);
	return ['deepdiff-db', ...(command === '' ? [] : [command]), ...typed].join(' ');
}

/** Quotes a word for a POSIX shell where it needs to be. */
export function quote(word: string): string {
	return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
