import type {Spans} from '../report/spans.ts';
import {createPrinter} from '../report/print-spans.ts';
import type {CommandContext, Output} from './context.ts';

/** Prints lines for people. */
export async function printLines(
	output: Output,
	lines: Iterable<Spans>,
	{exact = false}: {readonly exact?: boolean} = {},
): Promise<void> {
	const print = createPrinter(output);
	let text = '';
	for (const line of lines) text += `${print(line)}\n`;
	await (exact ? output.writeExact(text) : output.write(text));
}

/** Prints one JSON document. */
export async function printJson(output: Output, document: unknown): Promise<void> {
	await output.writeExact(`${JSON.stringify(document, null, '\t')}\n`);
}

/** A remark that a person may want and a script does not; not with `--quiet`. */
export async function note({flags, stderr}: CommandContext, text: string): Promise<void> {
	if (!flags.quiet) await printLines(stderr, [[{text, tone: 'muted'}]]);
}

/** Something that changes what the result means; even with `--quiet`. */
export async function warn({stderr}: CommandContext, text: string): Promise<void> {
	await printLines(stderr, [[{text: 'warning: ', tone: 'warning'}, {text}]]);
}
