import assert from 'node:assert/strict';
import test from 'node:test';
import {findClashes} from '../../../../source/ui/keymap.ts';
import {conflictRowsKeys} from '../../../../source/ui/screens/conflicts/conflicts-keys.ts';
import {
	tableRowsKeys,
	tablesBindings,
	tablesMoveBindings,
} from '../../../../source/ui/screens/differences/differences-keys.ts';
import {rowBindings, rowMoveBindings} from '../../../../source/ui/screens/rows/row-keys.ts';
import {listRowsBindings, rowsMoveBindings} from '../../../../source/ui/screens/rows/rows-keys.ts';
import {
	viewerBindings,
	viewerMoveBindings,
} from '../../../../source/ui/screens/rows/viewer-keys.ts';

const tables = {
	'tables of Differences': [...tablesBindings, ...tablesMoveBindings],
	'rows of Differences': [...listRowsBindings(tableRowsKeys), ...rowsMoveBindings],
	'rows of Conflicts': [...listRowsBindings(conflictRowsKeys), ...rowsMoveBindings],
	'a row': [...rowBindings, ...rowMoveBindings],
	'a value': [...viewerBindings, ...viewerMoveBindings],
};

test('no key means two things, and none is the shell’s', () => {
	for (const [name, bindings] of Object.entries(tables)) {
		assert.deepEqual(findClashes(bindings), [], name);
		const keys = bindings.flatMap((binding) => binding.keys);
		const taken = ['?', 'q', 'ctrl+c', 'ctrl+l', '1', '2', '3', '4', '5', '6', '7'];
		assert.deepEqual(
			keys.filter((key) => taken.includes(key)),
			[],
			name,
		);
	}
});

test('every list and text has its search, its way on and its way back', () => {
	for (const [name, bindings] of Object.entries(tables)) {
		const keys = bindings.flatMap((binding) => binding.keys);
		for (const key of ['/', 'n', 'N', 'tab', 'shift+tab', 'escape', 'home', 'end', 'pagedown']) {
			assert.ok(keys.includes(key), `${name}: ${key}`);
		}
	}
});
