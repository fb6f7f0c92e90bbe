/** What a screen asked of the walk, in order: the name and what was handed over. */
export type Calls = (readonly [string, ...unknown[]])[];

type Answers<Actions> = {
	[Name in keyof Actions]?: Actions[Name];
};

/**
Actions that do nothing but note that they were called. A double: the real ones run the
engine, which the tests of the controller cover.
*/
export function recordCalls<Actions extends object>(
	names: readonly (keyof Actions & string)[],
	answers: Answers<Actions> = {},
): {readonly actions: Actions; readonly calls: Calls} {
	const calls: Calls = [];
	const entries = names.map((name) => [
		name,
		(...given: unknown[]) => {
			calls.push([name, ...given]);
			const answer: unknown = answers[name];
			return typeof answer === 'function'
				? (answer as (...all: unknown[]) => unknown)(...given)
				: undefined;
		},
	]);
	// Every name has its function; what it returns is the answer's business.
	return {actions: Object.fromEntries(entries) as Actions, calls};
}
