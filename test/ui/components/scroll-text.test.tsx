import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ReactElement} from 'react';
import fc from 'fast-check';
import type {LineSource} from '../../../source/report/cell-text.ts';
import {scrollTextBindings} from '../../../source/ui/components/scroll-text-keys.ts';
import {
	initialScrollTextState,
	reduceScrollText,
	type ScrollTextAction,
} from '../../../source/ui/components/scroll-text-state.ts';
import {ScrollText} from '../../../source/ui/components/scroll-text.tsx';
import {findLine, findMatches} from '../../../source/ui/components/text-search.ts';
import {useBindings} from '../../../source/ui/hooks/use-bindings.ts';
import {useScrollText} from '../../../source/ui/hooks/use-scroll-text.ts';
import {renderScreen} from '../render-screen.tsx';

function makeSource(lines: readonly string[]): LineSource {
	return {count: lines.length, line: (index) => lines[index] ?? ''};
}

const poem = makeSource(
	Array.from({length: 30}, (_, index) => `line ${index}${index % 10 === 3 ? ' with a FISH' : ''}`),
);

function View({
	source,
	query,
}: {
	readonly source: LineSource;
	readonly query?: string;
}): ReactElement {
	const text = useScrollText(
		{source, height: 4, width: 30},
		query === undefined
			? initialScrollTextState
			: reduceScrollText(
					initialScrollTextState,
					{type: 'search', query},
					{source, height: 4, width: 30},
				),
	);
	useBindings({bindings: scrollTextBindings, state: undefined, onCommand: text.dispatch});
	return <ScrollText state={text.state} view={text.view} />;
}

test('the text shows its window and where it stands', async () => {
	const screen = renderScreen(<View source={poem} />);
	screen.press('j', 'j');
	assert.equal(
		await screen.waitFor('3-6/30'),
		[' line 2', ' line 3 with a FISH', ' line 4', ' line 5', `${' '.repeat(23)} 3-6/30`].join('\n'),
	);
	screen.press('G');
	await screen.waitFor('27-30/30');
	screen.press('g', 'pagedown');
	await screen.waitFor('4-7/30');
});

test('a search marks every match, points to the line and goes on from there, around the end', async () => {
	const screen = renderScreen(<View source={poem} query="fish" />);
	assert.match(screen.frame(), /^›line 3 with a \[FISH\]$/m);
	screen.press('n');
	await screen.waitFor('›line 13 with a [FISH]');
	screen.press('n', 'n');
	await screen.waitFor('›line 3 with a [FISH]');
	screen.press('N');
	await screen.waitFor('›line 23 with a [FISH]');
});

test('a search that finds nothing says so', () => {
	const screen = renderScreen(<View source={poem} query="whale" />);
	assert.match(screen.frame(), /^Not found: whale +1-4\/30$/m);
});

test('a line that is wider than the view is read by going to the side', async () => {
	const source = makeSource([`${'0123456789'.repeat(5)}end`, 'short']);
	const screen = renderScreen(<View source={source} />);
	assert.equal(screen.lines()[0], ' 0123456789012345678901234567…');
	screen.press('l');
	await screen.waitFor('8901234567890123456789012345…');
	screen.press('l', 'l', 'l', 'l', 'l');
	await screen.waitFor('45678901234567890123456789end');
	screen.press('h', 'h', 'h', 'h');
	await screen.waitFor(' 0123456789');
});

test('what a line holds can not drive the terminal', () => {
	const source = makeSource(['\u001B]0;title\u0007 \u009B2J \u202Egnp.exe', 'a\tb']);
	const screen = renderScreen(<View source={source} />);
	assert.deepEqual(screen.lines().slice(0, 2), [' ␛]0;title␇ \\u009b2J \\u202egn…', ' a→b']);
});

test('a line of ten megabytes is drawn at once', () => {
	const source = makeSource(['x'.repeat(10_000_000)]);
	const start = performance.now();
	const screen = renderScreen(<View source={source} />);
	assert.match(screen.frame(), /^ x{28}…$/m);
	assert.ok(performance.now() - start < 3000);
});

test('the window is always inside the text', () => {
	const action: fc.Arbitrary<ScrollTextAction> = fc.oneof(
		fc
			.constantFrom(
				...(['up', 'down', 'pageUp', 'pageDown', 'halfUp', 'halfDown'] as const),
				...(['first', 'last', 'left', 'right', 'nextMatch', 'previousMatch'] as const),
			)
			.map((type) => ({type})),
		fc.string({maxLength: 3}).map((query) => ({type: 'search' as const, query})),
		fc.integer({min: -3, max: 60}).map((line) => ({type: 'show' as const, line})),
	);
	const view = fc.record({
		source: fc.array(fc.string({maxLength: 50}), {maxLength: 40}).map(makeSource),
		height: fc.integer({min: 1, max: 20}),
		width: fc.integer({min: 2, max: 60}),
	});
	fc.assert(
		fc.property(fc.array(fc.tuple(action, view), {maxLength: 20}), (steps) => {
			let state = initialScrollTextState;
			for (const [next, at] of steps) {
				state = reduceScrollText(state, next, at);
				assert.ok(state.top >= 0 && state.top <= Math.max(0, at.source.count - at.height));
				assert.ok(state.left >= 0 && state.left <= 50);
				if (next.type === 'search' && state.matchLine !== undefined) {
					const isInSight = state.matchLine >= state.top && state.matchLine < state.top + at.height;
					assert.ok(isInSight, `line ${state.matchLine} with top ${state.top}`);
				}
			}
		}),
	);
});

test('a search takes every character of the query as it is', () => {
	assert.deepEqual(findMatches('a.b a+b A.B', 'a.b'), [
		{from: 0, to: 3},
		{from: 8, to: 11},
	]);
	assert.equal(findLine(makeSource(['xyz', '(a|b)[c]^$\\']), '(A|B)[c]^$\\', 0, 1), 1);
	fc.assert(
		fc.property(
			fc.array(fc.string({unit: 'grapheme-composite', maxLength: 10}), {maxLength: 10}),
			fc.string({minLength: 1, maxLength: 2}),
			fc.nat(9),
			(lines, query, start) => {
				const found = findLine(makeSource(lines), query, start, 1);
				const order = lines.map((_, index) => (start + index) % lines.length);
				const lower = query.toLowerCase();
				const expected = order.find((index) => lines[index]?.toLowerCase().includes(lower));
				assert.equal(found, expected);
			},
		),
	);
});
