import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
	describeBindings,
	findClashes,
	liftBindings,
	matchKey,
	showKeys,
	type KeyBinding,
} from '../../source/ui/keymap.ts';
import {choiceBindings} from '../../source/ui/components/choice-keys.ts';
import {helpBindings} from '../../source/ui/components/help-overlay-keys.ts';
import {listBindings, markBindings} from '../../source/ui/components/list-keys.ts';
import {scrollTextBindings} from '../../source/ui/components/scroll-text-keys.ts';
import {newlineBinding, textFieldBindings} from '../../source/ui/components/text-field-keys.ts';

type State = {readonly left: number};

const bindings: readonly KeyBinding<'take' | 'quit', State>[] = [
	{
		keys: ['t', 'return'],
		name: 'take',
		description: 'Take this one',
		command: 'take',
		disabledReason: ({left}) => (left === 0 ? 'Nothing is left.' : undefined),
		footer: true,
	},
	{keys: ['q'], name: 'quit', description: 'Quit', command: 'quit'},
];

test('a key finds its binding by any of its names', () => {
	assert.equal(matchKey(bindings, 'return')?.command, 'take');
	assert.equal(matchKey(bindings, 'q')?.command, 'quit');
	assert.equal(matchKey(bindings, 'Q'), undefined);
});

test('hints say why a key can not act now', () => {
	assert.deepEqual(
		describeBindings(bindings, {left: 0}).map(({name, footer, disabledReason}) => [
			name,
			footer,
			disabledReason,
		]),
		[
			['take', true, 'Nothing is left.'],
			['quit', false, undefined],
		],
	);
	assert.equal(describeBindings(bindings, {left: 1})[0]?.disabledReason, undefined);
});

test('a lifted table keeps its keys and wraps its commands', () => {
	const lifted = liftBindings(listBindings, (action) => ({type: 'list', action}) as const);
	assert.deepEqual(matchKey(lifted, 'G')?.command, {type: 'list', action: {type: 'last'}});
});

test('keys are written as people know them', () => {
	assert.equal(showKeys(['down', 'j']), '↓/j');
	assert.equal(showKeys(['ctrl+d']), '^d');
	assert.equal(showKeys(['escape', 'q', '?'], 2), 'esc/q');
});

test('keys that two bindings claim are found', () => {
	assert.deepEqual(findClashes([...bindings, {keys: ['x', 'q']}]), ['q']);
});

test('no table of the kit claims a key twice', () => {
	const tables = {
		list: [...listBindings, ...markBindings],
		text: scrollTextBindings,
		help: helpBindings,
		choice: choiceBindings,
		field: [...textFieldBindings, newlineBinding],
	};
	for (const [name, table] of Object.entries(tables))
		assert.deepEqual(findClashes(table), [], name);
});
