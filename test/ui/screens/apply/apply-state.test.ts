import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {findClashes} from '../../../../source/ui/keymap.ts';
import {listApplyKeys} from '../../../../source/ui/screens/apply/apply-keys.ts';
import {listPhases} from '../../../../source/ui/screens/apply/apply-running.tsx';
import {
	findDialogue,
	initialApplyState,
	reduceApplyScreen,
	triggerChoices,
	type ApplyCommand,
	type ApplyView,
} from '../../../../source/ui/screens/apply/apply-state.ts';
import {quoteForShell} from '../../../../source/ui/screens/apply/outcome-text.ts';

const kinds = ['ready', 'running', 'rehearsed', 'applied', 'failed'] as const;

const command: fc.Arbitrary<ApplyCommand> = fc.oneof(
	fc
		.constantFrom(
			'openConfirm' as const,
			'openStop' as const,
			'close' as const,
			'changeTriggers' as const,
			'openSearch' as const,
			'closeSearch' as const,
		)
		.map((type) => ({type})),
	fc.string().map((query) => ({type: 'search' as const, query})),
	fc.string().map((text) => ({type: 'field' as const, action: {type: 'insert' as const, text}})),
	fc
		.constantFrom('down' as const, 'pageDown' as const, 'last' as const, 'nextMatch' as const)
		.map((type) => ({type: 'text' as const, action: {type}})),
);

const view: ApplyView = {
	source: {count: 50, line: (line) => `line ${line}`},
	height: 17,
	width: 80,
};

test('whatever was pressed: a name is asked for only when nothing runs, a stop only when something does', () => {
	fc.assert(
		fc.property(fc.array(command), fc.constantFrom(...kinds), (commands, kind) => {
			const state = commands.reduce(
				(before, next) => reduceApplyScreen(before, next, view),
				initialApplyState,
			);
			const dialogue = findDialogue(state, {kind});
			if (dialogue === 'confirm') assert.ok(kind !== 'running' && kind !== 'applied');
			if (dialogue === 'stop') assert.equal(kind, 'running');
			assert.ok(state.text.top >= 0 && state.text.top <= 50 - 17);
		}),
	);
});

test('only the key for it changes what is done about triggers, and it comes around', () => {
	fc.assert(
		fc.property(fc.array(command), (commands) => {
			const presses = commands.filter(({type}) => type === 'changeTriggers').length;
			const {triggers} = commands.reduce(
				(before, next) => reduceApplyScreen(before, next, view),
				initialApplyState,
			);
			assert.equal(triggers, triggerChoices[presses % 3]);
		}),
	);
});

test('closing a dialogue closes it, and nothing else opens', () => {
	fc.assert(
		fc.property(fc.array(command), (commands) => {
			const state = [...commands, {type: 'close'} as const].reduce(
				(before, next) => reduceApplyScreen(before, next, view),
				initialApplyState,
			);
			assert.equal(state.dialogue, 'none');
			assert.equal(state.field, undefined);
		}),
	);
});

test('no two bindings claim the same key, and none takes a key of the program', () => {
	const program = ['?', 'q', 'ctrl+c', 'ctrl+l', '1', '2', '3', '4', '5', '6', '7'];
	for (const kind of kinds) {
		for (const dialogue of ['none', 'stop'] as const) {
			const {own, moving} = listApplyKeys(kind, dialogue);
			assert.deepEqual(findClashes([...own, ...moving, {keys: program}]), []);
		}
	}
});

test('a rehearsal ends in rolling back, an apply in its commit unless it is rolled back', () => {
	assert.equal(listPhases('rehearse', undefined).at(-1), 'roll back');
	assert.equal(listPhases('apply', 'run').at(-1), 'commit');
	assert.deepEqual(listPhases('apply', 'roll back').slice(-2), ['commit', 'roll back']);
	assert.equal(listPhases('rehearse', 'roll back').length, 6);
});

test('a path is quoted for the shell only where it must be', () => {
	assert.equal(quoteForShell('/runs/a-b_1.sql'), '/runs/a-b_1.sql');
	assert.equal(quoteForShell('/my runs/a.sql'), "'/my runs/a.sql'");
	assert.equal(quoteForShell("/it's/$HOME"), "'/it'\\''s/$HOME'");
	assert.equal(quoteForShell(''), "''");
});
