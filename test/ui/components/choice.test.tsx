import assert from 'node:assert/strict';
import {test} from 'node:test';
import {useState, type ReactElement} from 'react';
import {Box, Text} from 'ink';
import {Choice, type ChoiceItem} from '../../../source/ui/components/choice.tsx';
import {ConfirmName, isNameConfirmed} from '../../../source/ui/components/confirm-name.tsx';
import {renderScreen} from '../render-screen.tsx';

const colors: readonly ChoiceItem<string>[] = [
	{label: 'red', value: 'r', hint: 'warm'},
	{label: 'green', value: 'g'},
	{label: 'blue\u001B[1m', value: 'b'},
	{label: 'white', value: 'w'},
];

function Question({limit}: {readonly limit?: number}): ReactElement {
	const [said, say] = useState('');
	return (
		<Box flexDirection="column">
			<Choice
				items={colors}
				width={30}
				onChoose={(value, index) => say(`took ${value} at ${index}`)}
				{...(limit !== undefined && {limit})}
			/>
			<Text>{said}</Text>
		</Box>
	);
}

test('the answers stand below each other, one of them marked', () => {
	const screen = renderScreen(<Question />);
	assert.deepEqual(screen.lines(), ['› red  warm', '  green', '  blue␛[1m', '  white']);
});

test('keys that arrive together move and take', async () => {
	const screen = renderScreen(<Question />);
	screen.type('jjk\u001B[B\r');
	await screen.waitFor('took b at 2');
	assert.match(screen.frame(), /^› blue/m);
	screen.press('G', 'j', 'return');
	await screen.waitFor('took w at 3');
});

test('more answers than fit scroll', async () => {
	const screen = renderScreen(<Question limit={2} />);
	assert.deepEqual(screen.lines().slice(0, 2), ['› red  warm', '  green']);
	screen.press('j', 'j');
	await screen.waitFor(/^ {2}green\n› blue/);
	screen.press('G', 'return');
	await screen.waitFor('took w at 3');
	assert.deepEqual(screen.lines().slice(0, 2), ['  blue␛[1m', '› white']);
});

function Confirmation(): ReactElement {
	const [said, say] = useState('');
	return (
		<Box flexDirection="column">
			<ConfirmName
				name="shop.db"
				consequences={[[{text: '12 rows change.', tone: 'warning'}]]}
				width={60}
				onConfirm={() => say('confirmed')}
				onCancel={() => say('cancelled')}
			/>
			<Text>{said}</Text>
		</Box>
	);
}

test('nothing happens until the name is typed, and a wrong one is told', async () => {
	const screen = renderScreen(<Confirmation />);
	screen.type('shop\r');
	await screen.waitFor('That is not “shop.db”. Nothing was done.');
	screen.type('.db');
	await screen.waitFor('enter does it, esc goes back');
	assert.equal(
		screen.frame().trimEnd(),
		[
			'12 rows change.',
			'Type shop.db to confirm:',
			'› shop.db▏',
			'enter does it, esc goes back',
		].join('\n'),
	);
	screen.press('return');
	await screen.waitFor('confirmed');
});

test('escape confirms nothing', async () => {
	const screen = renderScreen(<Confirmation />);
	screen.type('shop.db');
	screen.press('escape');
	await screen.waitFor('cancelled');
	assert.doesNotMatch(screen.frame(), /confirmed/);
});

test('only the whole name confirms, in its own letters', () => {
	assert.equal(isNameConfirmed('shop.db', ' shop.db '), true);
	for (const typed of ['', 'shop', 'Shop.db', 'shop.db.bak', 'y', 'yes']) {
		assert.equal(isNameConfirmed('shop.db', typed), false, typed);
	}
});
