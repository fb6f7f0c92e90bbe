import assert from 'node:assert/strict';
import {test} from 'node:test';
import {useState, type ReactElement} from 'react';
import {Box, Text} from 'ink';
import fc from 'fast-check';
import {splitGraphemes} from '../../../source/report/safe-text.ts';
import {
	cleanInput,
	reduceTextField,
	startTextField,
	type TextFieldAction,
} from '../../../source/ui/components/text-field-state.ts';
import {TextField} from '../../../source/ui/components/text-field.tsx';
import {useTextField} from '../../../source/ui/hooks/use-text-field.ts';
import {createTheme} from '../../../source/ui/theme.ts';
import {renderScreen} from '../render-screen.tsx';

function Field({
	initial = '',
	hasLines = false,
	isSecret = false,
	placeholder = '',
}: {
	readonly initial?: string;
	readonly hasLines?: boolean;
	readonly isSecret?: boolean;
	readonly placeholder?: string;
}): ReactElement {
	const field = useTextField(initial);
	const [said, say] = useState('');
	return (
		<Box flexDirection="column">
			<TextField
				{...field}
				label={[{text: '/'}]}
				width={20}
				hasLines={hasLines}
				isSecret={isSecret}
				placeholder={placeholder}
				onSubmit={(text) => say(`submitted ${JSON.stringify(text)}`)}
				onCancel={() => say('cancelled')}
			/>
			<Text>{said}</Text>
		</Box>
	);
}

test('what is typed stands before the cursor, and enter hands it over', async () => {
	const screen = renderScreen(<Field />);
	assert.equal(screen.lines()[0], '/▏');
	screen.type('some text\r');
	await screen.waitFor('submitted "some text"');
	assert.equal(screen.lines()[0], '/some text▏');
});

test('cursor and deletion keys work as in a shell', async () => {
	const screen = renderScreen(<Field initial="one two three" />);
	screen.press('left', 'left', 'backspace', 'X', 'home', 'delete', 'end', 'ctrl+w');
	await screen.waitFor('/ne two ▏');
	screen.press('ctrl+a', 'right', 'ctrl+k');
	await screen.waitFor('/n▏');
	screen.press('ctrl+u', 'escape');
	await screen.waitFor('cancelled');
	assert.equal(screen.lines()[0], '/▏');
});

test('a paste is inserted at the cursor on one line and submits nothing', async () => {
	const screen = renderScreen(<Field initial="ac" />);
	screen.press('left');
	screen.paste('b\u001B[2J1\n2\t3\n');
	screen.press('return');
	await screen.waitFor('submitted "ab[2J1 2 3c"');
});

test('a field with lines keeps newlines and types one with Ctrl-J', async () => {
	const screen = renderScreen(<Field hasLines />);
	screen.paste('a\nb');
	screen.press('ctrl+j', 'c', 'return');
	await screen.waitFor('submitted "a\\nb\\nc"');
	assert.equal(screen.lines()[0], '/a⏎b⏎c▏');
});

test('what does not fit scrolls with the cursor', async () => {
	const screen = renderScreen(<Field initial="0123456789012345678901234567890" />);
	assert.equal(screen.lines()[0], '/345678901234567890▏');
	screen.press('home');
	await screen.waitFor(/^\/▏0123456789/);
});

test('a secret shows dots, as many as there are characters', async () => {
	const screen = renderScreen(<Field isSecret />);
	screen.type('pässw\u{1F511}');
	await screen.waitFor('/••••••▏');
	assert.doesNotMatch(screen.frame(), /p/);
});

test('a placeholder stands there until something is typed', async () => {
	const screen = renderScreen(<Field placeholder="a path" />);
	assert.equal(screen.lines()[0], '/▏a path');
	screen.press('x');
	await screen.waitFor('/x▏');
});

test('with colour the cursor is drawn over the character that it is on', async () => {
	const screen = renderScreen(<Field initial="ab" />, {theme: createTheme({hasColor: true})});
	screen.press('left');
	screen.type('c');
	await screen.waitFor(/^\/acb$/m);
});

test('the cursor never stands inside a character, whatever is done', () => {
	const character = fc.constantFrom(
		'a',
		' ',
		'e',
		'\u0301',
		'👩',
		'\u200D',
		'💻',
		'🇫',
		'🇷',
		'漢',
		'.',
	);
	const text = fc.array(character, {maxLength: 6}).map((parts) => parts.join(''));
	const action: fc.Arbitrary<TextFieldAction> = fc.oneof(
		text.map((inserted) => ({type: 'insert' as const, text: inserted})),
		text.map((set) => ({type: 'set' as const, text: set})),
		fc
			.constantFrom(
				...(['left', 'right', 'start', 'end', 'deleteBefore', 'deleteAfter'] as const),
				...(['deleteWord', 'deleteToStart', 'deleteToEnd'] as const),
			)
			.map((type) => ({type})),
	);
	fc.assert(
		fc.property(text, fc.array(action, {maxLength: 30}), (initial, actions) => {
			let state = startTextField(initial);
			for (const next of actions) {
				state = reduceTextField(state, next);
				const ends = splitGraphemes(state.text).reduce(
					(places, grapheme) => [...places, (places.at(-1) ?? 0) + grapheme.length],
					[0],
				);
				assert.ok(ends.includes(state.cursor), JSON.stringify(state));
			}
		}),
		{numRuns: 500},
	);
});

test('input loses its control characters and keeps its text', () => {
	assert.equal(cleanInput('a\u0000\u001B[31mb\u009B', false), 'a[31mb');
	assert.equal(cleanInput('x\ny\tz\n', false), 'x y z');
	assert.equal(cleanInput('x\ny\tz\n', true), 'x\ny\tz\n');
});
