import assert from 'node:assert/strict';
import {test} from 'node:test';
import {useReducer, useState, type ReactElement} from 'react';
import {Box, Text} from 'ink';
import {useBindings} from '../../../source/ui/hooks/use-bindings.ts';
import {useKeys} from '../../../source/ui/hooks/use-keys.ts';
import type {KeyLayer} from '../../../source/ui/key-queue.ts';
import type {KeyBinding} from '../../../source/ui/keymap.ts';
import {renderScreen} from '../render-screen.tsx';

/** Shows every key that it is given. */
function Log({
	name = 'log',
	layer = 'screen',
	acceptsText = false,
	isActive = true,
	takes = () => true,
}: {
	readonly name?: string;
	readonly layer?: KeyLayer;
	readonly acceptsText?: boolean;
	readonly isActive?: boolean;
	readonly takes?: (key: string) => boolean;
}): ReactElement {
	const [keys, add] = useReducer(
		(before: readonly string[], key: string) => [...before, key],
		[] as readonly string[],
	);
	useKeys(
		(key) => {
			add(key.name === 'paste' ? `paste(${key.text})` : key.name);
			return takes(key.name);
		},
		{layer, acceptsText, isActive},
	);
	return <Text>{`${name}: ${keys.join(' ')}`}</Text>;
}

test('keys that arrive together come one by one', async () => {
	const screen = renderScreen(<Log />);
	screen.type('jjj\u001B[Bk');
	await screen.waitFor(/^log: j j j down k$/);
});

test('a sequence that is cut in two is one key', async () => {
	const screen = renderScreen(<Log />);
	screen.type('j\u001B[');
	screen.type('6~k');
	await screen.waitFor(/^log: j pagedown k$/);
});

test('escape alone comes when nothing follows it', async () => {
	const screen = renderScreen(<Log />);
	screen.type('\u001B');
	await screen.waitFor(/^log: escape$/);
});

test('each key sees the state that the key before it made', async () => {
	// Not a reducer on purpose: the handler reads what it was drawn with.
	function Counter(): ReactElement {
		const [count, setCount] = useState(0);
		useKeys(() => {
			setCount(count + 1);
			return true;
		});
		return <Text>{`count ${count}`}</Text>;
	}
	const screen = renderScreen(<Counter />);
	screen.type('xxxxx');
	screen.type('xxxxx');
	await screen.waitFor('count 10');
});

test('what a key opens gets the keys that follow it, in the same input', async () => {
	function Opener(): ReactElement {
		const [isOpen, setOpen] = useState(false);
		useKeys(({name}) => {
			if (name === '/') setOpen(true);
			return true;
		});
		return isOpen ? <Log layer="component" acceptsText /> : <Text>closed</Text>;
	}
	const screen = renderScreen(<Opener />);
	screen.type('j/abc\r');
	await screen.waitFor(/^log: paste\(abc\) return$/);
});

test('what a key closes gets none of the keys that follow it', async () => {
	function Closer(): ReactElement {
		const [isOpen, setOpen] = useState(true);
		return (
			<Box flexDirection="column">
				<Log name="below" />
				{isOpen && <Dialog onClose={() => setOpen(false)} />}
			</Box>
		);
	}
	function Dialog({onClose}: {readonly onClose: () => void}): ReactElement {
		useKeys(
			({name}) => {
				if (name === 'q') onClose();
				return true;
			},
			{layer: 'overlay'},
		);
		return <Text>dialog</Text>;
	}
	const screen = renderScreen(<Closer />);
	screen.type('abqcd');
	await screen.waitFor(/^below: c d$/m);
	assert.doesNotMatch(screen.frame(), /dialog/);
});

test('higher layers are asked first, and a key that nobody takes goes down', async () => {
	const screen = renderScreen(
		<Box flexDirection="column">
			<Log name="app" layer="app" />
			<Log name="overlay" layer="overlay" takes={(key) => key === 'a'} />
			<Log name="screen" takes={(key) => key === 'b'} />
			<Log name="component" layer="component" takes={() => false} />
		</Box>,
	);
	screen.type('abc');
	await screen.waitFor('app: c');
	assert.deepEqual(screen.lines(), ['app: c', 'overlay: a b c', 'screen: b c', 'component: b c']);
});

test('who is not active is not asked, and is asked again when it is', async () => {
	const screen = renderScreen(<Log isActive={false} />);
	screen.type('abc');
	screen.rerender(<Log isActive />);
	screen.type('d');
	await screen.waitFor(/^log: d$/);
});

test('a paste is one key, and typed text is one only for who wants text', async () => {
	const screen = renderScreen(<Log />);
	screen.paste('two words');
	screen.type('xy');
	await screen.waitFor('log: paste(two words) x y');
});

type State = {readonly left: number};
const bindings: readonly KeyBinding<'take' | 'close', State>[] = [
	{
		keys: ['t', 'return'],
		name: 'take',
		description: 'Take one',
		command: 'take',
		disabledReason: ({left}) => (left === 0 ? 'Nothing is left.' : undefined),
	},
	{keys: ['escape'], name: 'close', description: 'Close', command: 'close'},
];

function Taker({isExclusive = false}: {readonly isExclusive?: boolean}): ReactElement {
	const [left, setLeft] = useState(2);
	const [said, say] = useState('');
	useBindings({
		bindings,
		state: {left},
		isExclusive,
		layer: 'overlay',
		onCommand: (command) => {
			if (command === 'take') setLeft(left - 1);
			else say('closed');
		},
		onDisabled: say,
	});
	return (
		<Box flexDirection="column">
			<Text>{`left ${left}: ${said}`}</Text>
			<Log />
		</Box>
	);
}

test('a disabled binding gives its reason instead of acting', async () => {
	const screen = renderScreen(<Taker />);
	screen.press('t', 'return', 't');
	await screen.waitFor('left 0: Nothing is left.');
});

test('keys without a binding go on to the layers below', async () => {
	const screen = renderScreen(<Taker />);
	screen.press('t', 'x', 'ctrl+c');
	await screen.waitFor('log: x ctrl+c');
});

test('an exclusive table lets nothing through but Ctrl-C', async () => {
	const screen = renderScreen(<Taker isExclusive />);
	screen.press('x', 'ctrl+c', 'y', 'escape');
	await screen.waitFor('left 2: closed');
	assert.match(screen.frame(), /^log: ctrl\+c$/m);
});
