import {DeepDiffError, exitCodes, InterruptedError, type ExitCode} from '../model/errors.ts';
import type {Spans} from '../report/spans.ts';

export type ExplainedError = {readonly lines: readonly Spans[]; readonly exitCode: ExitCode};

/**
Says what went wrong: what failed and what to do about it. Only a mistake of our own shows
its stack, with the request to report it.
*/
export function explainError(error: unknown): ExplainedError {
	if (error instanceof DeepDiffError) {
		const start: Spans =
			error instanceof InterruptedError ? [] : [{text: 'error: ', tone: 'danger'}];
		// Several mistakes of a configuration stand on a line each.
		const [first = '', ...others] = error.message.split('\n');
		return {
			lines: [
				[...start, {text: first}],
				...others.map((text): Spans => [{text}]),
				...(error.hint === '' ? [] : [[{text: error.hint, tone: 'muted' as const}]]),
			],
			exitCode: error.exitCode,
		};
	}
	const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
	return {
		lines: [
			[
				{text: 'error: ', tone: 'danger'},
				{text: 'something went wrong inside deepdiff-db; this is a bug.'},
			],
			...stack.split('\n').map((line): Spans => [{text: line}]),
			...listCauses(error),
			[
				{
					text: 'Please report it with these lines and the output of `deepdiff-db --version`. No database was changed unless a line above says so.',
					tone: 'muted',
				},
			],
		],
		exitCode: exitCodes.failed,
	};
}

function listCauses(error: unknown): Spans[] {
	const cause = error instanceof Error ? error.cause : undefined;
	if (!(cause instanceof Error)) return [];
	const text = cause.stack ?? cause.message;
	return [
		...text
			.split('\n')
			.map((line, index): Spans => [{text: index === 0 ? `caused by: ${line}` : line}]),
		...listCauses(cause),
	];
}
