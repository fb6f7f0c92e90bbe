import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Box} from 'ink';
import fc from 'fast-check';
import {Line} from '../../source/ui/components/line.tsx';
import {renderApp} from '../../source/ui/render.tsx';
import {createTheme} from '../../source/ui/theme.ts';
import {measureText} from '../../source/report/text-width.ts';
import {FakeTerminal} from './fake-terminal.ts';
import type {Screen} from './screen.ts';

type Step = {
	/** The terminal becomes so large before the frame is drawn. */
	readonly size: {readonly columns: number; readonly rows: number} | undefined;
	/** Rows of characters, of which a frame shows as many as fit; undefined: the same again. */
	readonly rows: readonly (readonly string[])[] | undefined;
	/** Whether the next step comes only when this one is on the screen. */
	readonly isAwaited: boolean;
};

/** Characters about whose width terminals agree, and some about which they don't. */
const certain = ['a', 'b', 'Z', '7', '.', ' ', 'é', 'ß', 'я', '─', '█', '漢', '字', '한'];
const uncertain = ['😀', '👍🏽', '👨‍👩‍👧', '🇫🇷', '❤️', 'e\u0301', '✅', 'ก\u0e33'];

const rowOfCharacters = fc.oneof(
	{weight: 2, arbitrary: fc.array(fc.constantFrom(...certain), {maxLength: 90})},
	{weight: 1, arbitrary: fc.array(fc.constantFrom(...certain, ...uncertain), {maxLength: 90})},
);

const step: fc.Arbitrary<Step> = fc.record({
	size: fc.option(
		fc.record({columns: fc.integer({min: 20, max: 100}), rows: fc.integer({min: 4, max: 30})}),
		{nil: undefined, freq: 4},
	),
	rows: fc.option(fc.array(rowOfCharacters, {minLength: 1, maxLength: 30}), {
		nil: undefined,
		freq: 3,
	}),
	isAwaited: fc.boolean(),
});

test('the screen shows exactly the last of any sequence of frames and resizes', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, {minLength: 1, maxLength: 8}), async (steps) => {
			const terminal = new FakeTerminal(80, 24);
			const app = renderApp(<Rows rows={[]} width={80} />, {
				stdout: terminal.stdout,
				stdin: terminal.stdin,
				theme: createTheme({hasColor: false}),
			});
			let rows: NonNullable<Step['rows']> = [];
			for (const [index, {size, rows: newRows, isAwaited}] of steps.entries()) {
				rows = newRows ?? rows;
				if (size !== undefined) terminal.resize(size.columns, size.rows);
				const {columns} = terminal;
				const shown = rows.slice(0, terminal.rows - 1);
				app.rerender(<Rows rows={shown} width={columns} />);
				if (!isAwaited && index < steps.length - 1) continue;
				const expected = shown.map((characters) => layOut(characters, columns));
				await terminal.waitFor(
					() => findWrongCell(terminal.screen, expected) === undefined,
					() => findWrongCell(terminal.screen, expected) ?? '',
				);
			}
			app.unmount();
			await terminal.waitFor(
				() => !terminal.screen.isAlternate,
				() => 'The terminal was not given back.',
			);
			terminal.screen.dispose();
		}),
		{numRuns: 60, endOnFailure: true, includeErrorInReport: true},
	);
});

test('a character that is drawn narrower than counted leaves nothing old behind it', async () => {
	const terminal = new FakeTerminal(80, 24);
	const app = renderApp(<Rows rows={[Array.from('abcd')]} width={80} />, {
		stdout: terminal.stdout,
		stdin: terminal.stdin,
	});
	await terminal.waitFor(
		() => terminal.screen.text() === 'abcd',
		() => terminal.screen.text(),
	);
	app.rerender(<Rows rows={[['❤️', 'c', 'd']]} width={80} />);
	await terminal.waitFor(
		() => terminal.screen.text() === '❤️ cd',
		() => terminal.screen.text(),
	);
	app.unmount();
});

test('a row that is drawn wider than counted does not run into the next one', async () => {
	const terminal = new FakeTerminal(20, 6);
	const below = Array.from('below');
	const app = renderApp(<Rows rows={[[], below]} width={20} />, {
		stdout: terminal.stdout,
		stdin: terminal.stdin,
	});
	await terminal.waitFor(
		() => terminal.screen.lines()[1] === 'below',
		() => terminal.screen.text(),
	);
	app.rerender(<Rows rows={[[...Array.from('a'.repeat(19)), 'ก\u0e33'], below]} width={20} />);
	await terminal.waitFor(
		() => (terminal.screen.lines()[0] ?? '').startsWith('aaa'),
		() => terminal.screen.text(),
	);
	assert.equal(terminal.screen.lines()[1], 'below');
	app.unmount();
});

test('a frame that is taller than the terminal does not scroll it', async () => {
	const terminal = new FakeTerminal(80, 24);
	const rows = Array.from({length: 40}, (_, index) => Array.from(`row ${index}`));
	const app = renderApp(<Rows rows={rows} width={80} />, {
		stdout: terminal.stdout,
		stdin: terminal.stdin,
	});
	await terminal.waitFor(
		() => terminal.screen.lines().at(-1) === 'row 23',
		() => terminal.screen.text(),
	);
	assert.equal(terminal.screen.lines()[0], 'row 0');
	app.unmount();
});

test('while the terminal is slow, the newest frame is drawn and those between are not', async () => {
	const terminal = new FakeTerminal(80, 24);
	const app = renderApp(<Rows rows={[['a']]} width={80} />, {
		stdout: terminal.stdout,
		stdin: terminal.stdin,
	});
	await terminal.waitFor(
		() => terminal.screen.text() === 'a',
		() => terminal.screen.text(),
	);
	terminal.fill();
	app.rerender(<Rows rows={[['b']]} width={80} />);
	await terminal.waitFor(
		() => terminal.screen.text() === 'b',
		() => terminal.screen.text(),
	);
	const before = terminal.written.length;
	for (const letter of ['c', 'd', 'e', 'f']) {
		app.rerender(<Rows rows={[[letter]]} width={80} />);
	}
	assert.equal(terminal.written.length, before);
	terminal.drain();
	await terminal.waitFor(
		() => terminal.screen.text() === 'f',
		() => terminal.screen.text(),
	);
	assert.doesNotMatch(terminal.written.slice(before), /[cde]/);
	app.unmount();
});

test('changes that come quickly are drawn at most 30 times a second, the last one always', async () => {
	const terminal = new FakeTerminal(80, 24);
	const app = renderApp(<Rows rows={[['0']]} width={80} />, {
		stdout: terminal.stdout,
		stdin: terminal.stdin,
	});
	const start = performance.now();
	for (let count = 1; count <= 300; count++) {
		app.rerender(<Rows rows={[Array.from(String(count))]} width={80} />);
		await new Promise((resolve) => setImmediate(resolve));
	}
	await terminal.waitFor(
		() => terminal.screen.text() === '300',
		() => terminal.screen.text(),
	);
	const frames = terminal.written.split('?2026h').length - 1;
	const most = Math.ceil((performance.now() - start) / 33) + 2;
	assert.ok(frames <= most, `${frames} frames, at most ${most}`);
	app.unmount();
});

test('what others write meanwhile is kept back and comes when the screen is given back', () => {
	const terminal = new FakeTerminal(80, 24);
	const app = renderApp(<Rows rows={[['a']]} width={80} />, {
		stdout: terminal.stdout,
		stdin: terminal.stdin,
	});
	terminal.stdout.write('a warning\n');
	assert.doesNotMatch(terminal.written, /warning/);
	app.unmount();
	assert.match(terminal.written, /\?1049la warning\n$/);
});

/** What may stand in a column: one character, or, of an uncertain one, any part or nothing. */
type ExpectedCell = {readonly text: string; readonly isCertain: boolean};

const blank: ExpectedCell = {text: ' ', isCertain: true};

/** Columns by the widths that we count. */
function layOut(characters: readonly string[], columns: number): readonly ExpectedCell[] {
	const cells: ExpectedCell[] = [];
	// Line replaces what is cut off by an ellipsis.
	const isCut = characters.reduce((sum, text) => sum + measureText(text), 0) > columns;
	const room = isCut ? columns - 1 : columns;
	for (const text of characters) {
		const width = measureText(text);
		if (cells.length + width > room) break;
		const isCertain = certain.includes(text);
		cells.push({text, isCertain});
		for (let index = 1; index < width; index++) {
			cells.push({text: isCertain ? ' ' : text, isCertain});
		}
	}
	// A wide character that is cut in half leaves a blank.
	while (isCut && cells.length < room) cells.push(blank);
	if (isCut) cells.push({text: '…', isCertain: true});
	while (cells.length < columns) cells.push(blank);
	return cells;
}

function findWrongCell(
	screen: Screen,
	expected: readonly (readonly ExpectedCell[])[],
): string | undefined {
	for (let row = 0; row < screen.rows; row++) {
		const cells = screen.cells(row);
		for (const [column, cell] of cells.entries()) {
			const {text, isCertain} = expected[row]?.[column] ?? blank;
			const found = cell.text === '' ? ' ' : cell.text;
			const isRight = found === text || (!isCertain && (found === ' ' || text.includes(found)));
			if (!isRight) {
				const line = screen.lines()[row] ?? '';
				return `Row ${row}, column ${column}: expected '${text}', found '${found}' in:\n${line}`;
			}
		}
	}
	return undefined;
}

function Rows({
	rows,
	width,
}: {
	readonly rows: readonly (readonly string[])[];
	readonly width: number;
}) {
	return (
		<Box flexDirection="column">
			{rows.map((characters, index) => (
				<Line key={index} spans={[{text: characters.join('')}]} width={width} />
			))}
		</Box>
	);
}
