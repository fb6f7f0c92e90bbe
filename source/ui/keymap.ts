/**
A key binding is data. The reducer acts on its command; the footer and the help
are drawn from the same table, so they can't promise what the program won't do.
*/
export type KeyBinding<C = unknown, S = unknown> = {
	/** Key names as `Key.name` gives them: `j`, `G`, `down`, `ctrl+d`, `space`, `?`. */
	readonly keys: readonly string[];
	/** One or two words for the footer. */
	readonly name: string;
	/** One line for the help. */
	readonly description: string;
	readonly command: C;
	/** Why it can't be done now, as one sentence; undefined when it can. */
	readonly disabledReason?: (state: S) => string | undefined;
	/** Also shown in the footer. @default false */
	readonly footer?: boolean;
};

/** What the footer and the help need to know of a binding. */
export type KeyHint = {
	readonly keys: readonly string[];
	readonly name: string;
	readonly description: string;
	readonly footer: boolean;
	readonly disabledReason: string | undefined;
};

/** One heading of the help with its keys. */
export type HelpGroup = {readonly title: string; readonly hints: readonly KeyHint[]};

/** The first binding that has the key. */
export function matchKey<B extends {readonly keys: readonly string[]}>(
	bindings: readonly B[],
	keyName: string,
): B | undefined {
	return bindings.find(({keys}) => keys.includes(keyName));
}

/** Turns a table into hints, with what is disabled in this state. */
export function describeBindings<S>(
	bindings: readonly KeyBinding<unknown, S>[],
	state: S,
): readonly KeyHint[] {
	return bindings.map(({keys, name, description, footer = false, disabledReason}) => ({
		keys,
		name,
		description,
		footer,
		disabledReason: disabledReason?.(state),
	}));
}

/**
Puts a component's table into a screen's: each command is wrapped, so that one
table holds both and one reducer tells them apart.
*/
export function liftBindings<C, D>(
	bindings: readonly KeyBinding<C>[],
	wrap: (command: C) => D,
): readonly KeyBinding<D>[] {
	return bindings.map((binding) => ({...binding, command: wrap(binding.command)}));
}

/** Keys that more than one binding claims; only the first of them would act. */
export function findClashes(bindings: readonly {readonly keys: readonly string[]}[]): string[] {
	const seen = new Set<string>();
	const clashes = new Set<string>();
	for (const key of bindings.flatMap(({keys}) => keys)) {
		(seen.has(key) ? clashes : seen).add(key);
	}
	return [...clashes];
}

const shownNames: Readonly<Record<string, string>> = {
	up: '↑',
	down: '↓',
	left: '←',
	right: '→',
	return: 'enter',
	escape: 'esc',
	pageup: 'pgup',
	pagedown: 'pgdn',
	delete: 'del',
	backspace: 'bksp',
	'shift+tab': 'shift-tab',
};

/** A key as people write it: `down` → `↓`, `ctrl+d` → `^d`. */
export function showKey(keyName: string): string {
	return shownNames[keyName] ?? keyName.replace(/^ctrl\+/, '^');
}

/** The keys of a binding, e.g. `↓/j`. */
export function showKeys(keys: readonly string[], limit = keys.length): string {
	return keys.slice(0, limit).map(showKey).join('/');
}
