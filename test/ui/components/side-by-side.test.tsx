import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {alignTexts, markWords, type Word} from '../../../source/ui/components/align-texts.ts';
import {diffSequences} from '../../../source/ui/components/diff-sequence.ts';
import {initialScrollState, reduceScroll} from '../../../source/ui/components/scroll-state.ts';
import {measureSideBySide, SideBySide} from '../../../source/ui/components/side-by-side.tsx';
import {renderScreen} from '../render-screen.tsx';

const before = 'CREATE TABLE artist (\n  id INTEGER PRIMARY KEY,\n  name TEXT,\n  born INTEGER\n)';
const after =
	'CREATE TABLE artist (\n  id INTEGER PRIMARY KEY,\n  name TEXT NOT NULL,\n  city TEXT,\n  born INTEGER\n)';

test('two definitions stand beside each other with the words that differ marked', () => {
	const rows = alignTexts(before, after);
	const bounds = measureSideBySide(rows, 61, 8);
	const screen = renderScreen(
		<SideBySide
			rows={rows}
			state={initialScrollState}
			bounds={bounds}
			leftTitle="prod"
			rightTitle="dev"
		/>,
	);
	assert.deepEqual(screen.lines(), [
		'  prod                        │  dev',
		'  CREATE TABLE artist (       │  CREATE TABLE artist (',
		'    id INTEGER PRIMARY KEY,   │    id INTEGER PRIMARY KEY,',
		'~   name TEXT,                │~   name TEXT[ NOT NULL],',
		'                              │+   city TEXT,',
		'    born INTEGER              │    born INTEGER',
		'  )                           │  )',
		'',
	]);
});

test('the view scrolls both sides together, down and to the side', () => {
	const rows = alignTexts(before, after);
	const bounds = measureSideBySide(rows, 41, 4);
	const down = reduceScroll(initialScrollState, {type: 'last'}, bounds);
	const aside = reduceScroll(down, {type: 'right'}, bounds);
	// No further than the widest line needs.
	assert.deepEqual(aside, {top: 3, left: 7});
	const screen = renderScreen(
		<SideBySide rows={rows} state={aside} bounds={bounds} leftTitle="prod" rightTitle="dev" />,
	);
	assert.deepEqual(screen.lines(), [
		'  prod              │  dev',
		'                    │+ TEXT,',
		'  INTEGER           │  INTEGER',
		'                    │',
	]);
});

test('hostile text stays in its half', () => {
	const rows = alignTexts('a\u001B[2Jb\t', 'a\u202Eb\t');
	const screen = renderScreen(
		<SideBySide
			rows={rows}
			state={initialScrollState}
			bounds={measureSideBySide(rows, 41, 2)}
			leftTitle={'p\u0007'}
			rightTitle="漢字"
		/>,
	);
	assert.deepEqual(screen.lines(), [
		'  p␇                │  漢字',
		'~ a[␛[2Jb]→         │~ a[\\u202eb]→',
	]);
	assert.doesNotMatch(screen.frame(), /(?!\n)\p{Cc}|\p{Cf}/u);
});

test('a text that only one side has stands alone', () => {
	const kinds = (left: string, right: string): readonly string[] =>
		alignTexts(left, right).map(({kind}) => kind);
	assert.deepEqual(kinds('', 'a\nb'), ['added', 'added']);
	assert.deepEqual(kinds('a\nb', ''), ['removed', 'removed']);
	assert.deepEqual(kinds('', ''), []);
	assert.deepEqual(kinds('a', 'a'), ['same']);
});

test('a missing last newline and a carriage return are differences', () => {
	assert.ok(alignTexts('a\n', 'a').some(({kind}) => kind !== 'same'));
	assert.ok(alignTexts('a\r\nb', 'a\nb').some(({kind}) => kind !== 'same'));
});

const joinWords = (words: readonly Word[] | undefined): string =>
	(words ?? []).map(({text}) => text).join('');

test('each side of an alignment reads as its text, and only equal rows are called the same', () => {
	const text = fc
		.array(fc.constantFrom('a b', 'c', '', '  d(e)', 'x y z', 'NOT NULL'), {maxLength: 12})
		.map((lines) => lines.join('\n'));
	fc.assert(
		fc.property(text, text, (left, right) => {
			const rows = alignTexts(left, right);
			const side = (name: 'left' | 'right'): string =>
				rows
					.filter((row) => row[name] !== undefined)
					.map((row) => joinWords(row[name]))
					.join('\n');
			assert.equal(side('left'), left);
			assert.equal(side('right'), right);
			for (const row of rows) {
				assert.equal(
					row.kind === 'same',
					joinWords(row.left) === joinWords(row.right) &&
						row.left !== undefined &&
						row.right !== undefined,
				);
			}
		}),
	);
});

test('words that are not marked are the same on both sides', () => {
	const line = fc
		.array(fc.constantFrom('a', 'bc', ' ', ',', 'é', '漢'), {maxLength: 12})
		.map((words) => words.join(''));
	fc.assert(
		fc.property(line, line, (left, right) => {
			const marked = markWords(left, right);
			assert.equal(joinWords(marked.left), left);
			assert.equal(joinWords(marked.right), right);
			const same = (words: readonly Word[]): string =>
				joinWords(words.filter(({isChanged}) => !isChanged));
			assert.equal(same(marked.left), same(marked.right));
		}),
	);
});

test('an alignment is as long as the longest common subsequence', () => {
	const items = fc.array(fc.constantFrom(1, 2, 3), {maxLength: 9});
	fc.assert(
		fc.property(items, items, (left, right) => {
			const common = diffSequences(left, right)
				.filter(({kind}) => kind === 'same')
				.flatMap((run) => run.left);
			assert.equal(common.length, measureLongest(left, right));
		}),
	);
});

test('texts of twenty thousand lines are aligned in bounded time', () => {
	const lines = Array.from({length: 20_000}, (_, index) => `line ${index}`);
	const start = performance.now();
	const rows = alignTexts(lines.join('\n'), lines.map((line) => `${line}!`).join('\n'));
	assert.equal(rows.length, 20_000);
	assert.ok(performance.now() - start < 10_000);
});

/** The textbook definition, for short sequences only. */
function measureLongest(left: readonly number[], right: readonly number[]): number {
	if (left.length === 0 || right.length === 0) return 0;
	if (left[0] === right[0]) return 1 + measureLongest(left.slice(1), right.slice(1));
	return Math.max(measureLongest(left.slice(1), right), measureLongest(left, right.slice(1)));
}
