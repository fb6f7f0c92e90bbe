import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {joinSpans, measureSpans, type Spans} from '../../../source/report/spans.ts';
import {highlightSql, type SqlState} from '../../../source/ui/components/highlight-sql.ts';
import {Line} from '../../../source/ui/components/line.tsx';
import {
	drawBar,
	measureFraction,
	ProgressBar,
} from '../../../source/ui/components/progress-bar.tsx';
import {Spinner} from '../../../source/ui/components/spinner.tsx';
import {SqlLine} from '../../../source/ui/components/sql-line.tsx';
import {createTheme, wantsColor} from '../../../source/ui/theme.ts';
import {renderScreen} from '../render-screen.tsx';

const tones = (spans: Spans): readonly (readonly [string, string | undefined])[] =>
	spans.filter(({text}) => text.trim() !== '').map(({text, tone}) => [text, tone]);

test('the words of SQL are told apart', () => {
	assert.deepEqual(
		tones(
			highlightSql("update \"Order\" set n = n+1.5e3, t = 'it''s', b = X'0f' where id = 7; -- done")
				.spans,
		),
		[
			['update', 'keyword'],
			['"Order"', 'identifier'],
			['set', 'keyword'],
			[' n = n+', undefined],
			['1.5e3', 'number'],
			[', t = ', undefined],
			["'it''s'", 'string'],
			[', b = ', undefined],
			["X'0f'", 'string'],
			['where', 'keyword'],
			[' id = ', undefined],
			['7', 'number'],
			['; ', undefined],
			['-- done', 'comment'],
		],
	);
});

test('comments and texts go on over lines', () => {
	const read = (line: string, start: SqlState): readonly [readonly string[], SqlState] => {
		const {spans, end} = highlightSql(line, start);
		return [spans.map(({text, tone}) => `${tone ?? '-'}:${text}`), end];
	};
	assert.deepEqual(read('/* one', 'code'), [['comment:/* one'], 'comment']);
	assert.deepEqual(read('two */ 3', 'comment'), [['comment:two */', '-: ', 'number:3'], 'code']);
	assert.deepEqual(read("'a", 'code'), [["string:'a"], 'string']);
	assert.deepEqual(read("b'' c', 1", 'string'), [["string:b'' c'", '-:, ', 'number:1'], 'code']);
});

test('colouring changes no character, whatever the line holds', () => {
	fc.assert(
		fc.property(
			fc.oneof(
				fc.string({unit: 'binary', maxLength: 40}),
				fc.string({
					unit: fc.constantFrom("'", '"', '-', '/', '*', '[', '`', 'x', '1', '.', ' '),
					maxLength: 20,
				}),
			),
			fc.constantFrom<SqlState[]>('code', 'comment', 'string'),
			(line, start) => {
				assert.equal(joinSpans(highlightSql(line, start).spans), line);
			},
		),
		{numRuns: 1000},
	);
});

test('a line of SQL is drawn on its columns, from where one looks', () => {
	const screen = renderScreen(<SqlLine text="select 'abc' from t" width={10} left={7} />);
	assert.equal(screen.frame(), "'abc' fro…");
});

test('a bar is full only when all is done', () => {
	assert.equal(joinSpans(drawBar(0, 10)), '░░░░░░░░░░');
	assert.equal(joinSpans(drawBar(0.999, 10)), '█████████░');
	assert.equal(joinSpans(drawBar(1, 10)), '██████████');
	assert.equal(measureFraction(0, 0), 1);
	fc.assert(
		fc.property(fc.double(), fc.nat(80), (fraction, width) => {
			assert.equal(measureSpans(drawBar(fraction, width)), width);
		}),
	);
});

test('a progress bar shows its label, its share and its detail on one row', () => {
	const screen = renderScreen(
		<ProgressBar
			done={250}
			total={1000}
			width={50}
			label={[{text: 'artist\u001B[1m'}]}
			labelWidth={12}
			detail={[{text: '12 found'}]}
			detailWidth={10}
		/>,
	);
	assert.equal(screen.frame(), 'artist␛[1m  █████░░░░░░░░░░░░░░░░░  25 %12 found');
});

test('while the total is unknown the bar tells how much was done', () => {
	const screen = renderScreen(<ProgressBar done={12_345} total={undefined} width={20} />);
	assert.equal(screen.frame(), '              12,345');
});

test('a spinner turns, and not faster than eight times a second', async () => {
	const screen = renderScreen(<Spinner label="connecting" width={20} />);
	const start = performance.now();
	const glyphs: string[] = [screen.frame().charAt(0)];
	await screen.waitFor((frame) => {
		if (frame.charAt(0) !== glyphs.at(-1)) glyphs.push(frame.charAt(0));
		return glyphs.length === 4;
	});
	assert.ok(performance.now() - start > 3 * 115);
	assert.match(screen.frame(), /^. connecting$/);
	screen.unmount();
});

test('a line is exactly as wide as asked, whatever its text holds', () => {
	fc.assert(
		fc.property(
			fc.string({unit: 'binary', maxLength: 60}),
			fc.integer({min: 1, max: 40}),
			(text, width) => {
				const screen = renderScreen(<Line spans={[{text}, {text: '|'}]} width={width} />);
				const frame = screen.frame();
				screen.unmount();
				assert.doesNotMatch(frame, /\p{Cc}/u);
				assert.ok(measureSpans([{text: frame}]) <= width, frame);
			},
		),
		{numRuns: 300},
	);
});

test('colour is left out when the environment or the person says so', () => {
	assert.equal(wantsColor({}, []), true);
	assert.equal(wantsColor({NO_COLOR: '1'}, []), false);
	assert.equal(wantsColor({NO_COLOR: ''}, []), true);
	assert.equal(wantsColor({}, ['diff', '--no-color']), false);
	assert.equal(wantsColor({TERM: 'dumb'}, []), false);
});

test('a theme without colour sets none, and marks what a style alone would not show', () => {
	const {styles, wordMarks, cursor} = createTheme({hasColor: false});
	for (const style of Object.values(styles)) assert.equal(style.color, undefined);
	assert.deepEqual([wordMarks, cursor], [{open: '[', close: ']'}, '▏']);
});

test('colours are those of sixteen that show on light and on dark', () => {
	const {styles} = createTheme({hasColor: true});
	for (const {color = 'green'} of Object.values(styles)) {
		assert.ok(['red', 'green', 'yellow', 'magenta', 'cyan'].includes(color));
	}
});
