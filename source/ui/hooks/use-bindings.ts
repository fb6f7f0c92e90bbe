import {matchKey, type KeyBinding} from '../keymap.ts';
import type {Key} from '../key-parser.ts';
import {useKeys, type UseKeysOptions} from './use-keys.ts';

type UseBindingsOptions<C, S> = UseKeysOptions & {
	readonly bindings: readonly KeyBinding<C, S>[];
	/** What `disabledReason` judges by. */
	readonly state: S;
	readonly onCommand: (command: C, key: Key) => void;
	/** Told instead of the command when the binding is disabled: show the reason. */
	readonly onDisabled?: (reason: string) => void;
	/** Takes every other key too, so nothing below reacts; Ctrl-C always passes. @default false */
	readonly isExclusive?: boolean;
};

/** Connects a key table with what acts on its commands. */
export function useBindings<C, S>({
	bindings,
	state,
	onCommand,
	onDisabled,
	isExclusive = false,
	...options
}: UseBindingsOptions<C, S>): void {
	useKeys((key) => {
		const binding = matchKey(bindings, key.name);
		if (binding === undefined) return isExclusive && key.name !== 'ctrl+c';
		const reason = binding.disabledReason?.(state);
		if (reason === undefined) onCommand(binding.command, key);
		else onDisabled?.(reason);
		return true;
	}, options);
}
