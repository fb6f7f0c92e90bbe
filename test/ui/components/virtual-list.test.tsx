import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ReactElement} from 'react';
import {Line} from '../../../source/ui/components/line.tsx';
import {listBindings, markBindings} from '../../../source/ui/components/list-keys.ts';
import {VirtualList} from '../../../source/ui/components/virtual-list.tsx';
import {useBindings} from '../../../source/ui/hooks/use-bindings.ts';
import {useList} from '../../../source/ui/hooks/use-list.ts';
import {renderScreen} from '../render-screen.tsx';

function List({
	count,
	height = 6,
	name = (index: number) => `row ${index}`,
}: {
	readonly count: number;
	readonly height?: number;
	readonly name?: (index: number) => string;
}): ReactElement {
	const list = useList({count, height});
	useBindings({
		bindings: [...listBindings, ...markBindings],
		state: undefined,
		onCommand: list.dispatch,
	});
	return (
		<VirtualList
			state={list.state}
			bounds={list.bounds}
			width={40}
			status={[{text: 'all rows'}]}
			renderRow={(index, {isSelected, width}) => (
				<Line spans={[{text: name(index)}]} width={width} isSelected={isSelected} />
			)}
		/>
	);
}

test('the list shows its window, the cursor, the marked rows and the position', async () => {
	const screen = renderScreen(<List count={100_000} />);
	screen.press('j', 'v', 'down', 'down');
	assert.equal(
		await screen.waitFor('4/100,000'),
		[
			'  row 0',
			' •row 1',
			' •row 2',
			'›•row 3',
			'  row 4',
			'  row 5',
			'all rows             3 marked  4/100,000',
		].join('\n'),
	);
});

test('the last of a million rows is one key away, and only the rows in sight are asked for', async () => {
	const asked = new Set<number>();
	const screen = renderScreen(
		<List
			count={1_000_000}
			name={(index) => {
				asked.add(index);
				return `row ${index}`;
			}}
		/>,
	);
	screen.press('G');
	await screen.waitFor('› row 999999');
	assert.match(screen.frame(), /1,000,000\/1,000,000/);
	assert.deepEqual(
		[...asked].sort((a, b) => a - b),
		[0, 1, 2, 3, 4, 5, 999_994, 999_995, 999_996, 999_997, 999_998, 999_999],
	);
});

test('an empty list says so and every key leaves it as it is', async () => {
	const screen = renderScreen(<List count={0} height={3} />);
	const empty = ['Nothing here.', '', '', 'all rows                             0/0'].join('\n');
	assert.equal(screen.frame(), empty);
	screen.press('G', 'j', 'v', 'pagedown');
	screen.rerender(<List count={1} height={3} />);
	await screen.waitFor('› row 0');
});

test('a list that gets shorter keeps its cursor on a row', async () => {
	const screen = renderScreen(<List count={50} />);
	screen.press('G');
	await screen.waitFor('50/50');
	screen.rerender(<List count={3} />);
	assert.match(screen.frame(), /› row 2\n/);
	assert.match(screen.frame(), / 3\/3$/);
});

test('rows of every script keep their columns and are cut by what they take', () => {
	const names = [
		'漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字',
		'e\u0301'.repeat(50),
		'\u001B[31mred',
		'',
	];
	const screen = renderScreen(<List count={4} height={4} name={(index) => names[index] ?? ''} />);
	assert.deepEqual(screen.lines().slice(0, 4), [
		'› 漢字漢字漢字漢字漢字漢字漢字漢字漢字 …',
		`  ${'e\u0301'.repeat(37)}…`,
		'  ␛[31mred',
		'',
	]);
});
