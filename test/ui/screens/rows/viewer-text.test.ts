import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {joinSpans, makeSpansSafe} from '../../../../source/report/spans.ts';
import {makeSafe} from '../../../../source/report/safe-text.ts';
import {measureText} from '../../../../source/report/text-width.ts';
import {breakColumns} from '../../../../source/ui/screens/rows/break-columns.ts';
import {
	describeSize,
	viewCell,
	viewPair,
	type ViewerText,
} from '../../../../source/ui/screens/rows/viewer-text.ts';
import {bytes, integer, nothing, text} from './rows-fixture.tsx';

const noMarks = {open: '', close: ''};
const width = 79;

const anyText = fc.oneof(
	fc.string({unit: 'binary', maxLength: 300}),
	fc.string({unit: 'grapheme', maxLength: 200}),
	fc
		.array(fc.constantFrom('one ', 'two\n', '漢字', '\u001B[2J', 'e\u0301', '👨‍👩‍👧', '\u202e', '\t'))
		.map((parts) => parts.join('')),
);

function readAll({source, renderLine}: ViewerText): readonly string[] {
	return Array.from({length: source.count}, (_, index) =>
		joinSpans(makeSpansSafe(renderLine(source.line(index), index))),
	);
}

test('a text breaks into pieces that are the text and never too wide', () => {
	fc.assert(
		fc.property(anyText, fc.integer({min: 8, max: 60}), (value, columns) => {
			const line = value.replaceAll('\n', ' ');
			const starts = breakColumns(line, columns);
			const pieces = starts.map((start, index) => line.slice(start, starts[index + 1]));
			assert.equal(pieces.join(''), line);
			for (const piece of pieces) assert.ok(measureText(makeSafe(piece)) <= columns);
		}),
	);
});

test('one side alone shows every character of it', () => {
	fc.assert(
		fc.property(anyText, (value) => {
			const {source} = viewCell(text(value), width);
			const lines = Array.from({length: source.count}, (_, index) => source.line(index));
			assert.equal(lines.join(''), value);
		}),
	);
});

test('two sides fit on the screen, whatever they hold', () => {
	fc.assert(
		fc.property(anyText, anyText, fc.boolean(), (left, right, isPlain) => {
			const marks = isPlain ? {open: '[', close: ']'} : noMarks;
			for (const line of readAll(viewPair(text(left), text(right), width, marks))) {
				assert.ok(measureText(line) <= width, line);
				// eslint-disable-next-line no-control-regex
				assert.doesNotMatch(line, /[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/);
			}
		}),
	);
});

test('lines that differ are told, equal ones are not', () => {
	const left = 'same\nold line\nsame too\n';
	const right = 'same\nnew line\nsame too\nadded\n';
	const view = viewPair(text(left), text(right), width, {open: '[', close: ']'});
	assert.deepEqual(
		Array.from({length: view.source.count}, (_, line) => view.isChanged(line)),
		[false, true, false, true],
	);
	const lines = readAll(view);
	assert.match(lines[0] ?? '', /^ {2}same⏎ +│ {2}same⏎$/);
	assert.match(lines[1] ?? '', /^~ \[old\] line⏎ +│~ \[new\] line⏎$/);
	assert.match(lines[3] ?? '', /^ +│\+ \[added⏎\]$/);
});

test('bytes stand beside each other and the ones that differ are marked', () => {
	const view = viewPair(bytes('00ff414243'), bytes('00fe4142'), width, {open: '[', close: ']'});
	assert.equal(
		readAll(view)[0],
		'000000 00*ff 41 42*43          ..ABC   │000000 00*fe 41 42             ..AB',
	);
	assert.ok(view.isChanged(0));
});

test('values of two kinds are shown as each of them is', () => {
	const lines = readAll(viewPair(integer(1), nothing, width, noMarks));
	assert.match(lines[0] ?? '', /^1 +│NULL$/);
});

test('two values of 10 MB open and show where they differ', () => {
	const left = 'Lorem ipsum '.repeat(900_000);
	const right = left.replace('ipsum Lorem', 'CHANGED');
	const view = viewPair(text(left), text(right), width, noMarks);
	assert.ok(view.source.count > 250_000);
	assert.ok(view.isChanged(0));
	assert.match(readAll({...view, source: {...view.source, count: 1}})[0] ?? '', /CHANGED/);
	assert.ok(!view.isChanged(view.source.count - 1));
});

test('sizes are told in characters and bytes', () => {
	assert.equal(describeSize(text('a👍')), 'text, 2 characters');
	assert.equal(describeSize(bytes('00ff')), '2 bytes');
	assert.equal(describeSize(nothing), 'NULL');
});
