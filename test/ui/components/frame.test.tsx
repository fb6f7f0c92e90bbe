import assert from 'node:assert/strict';
import {test} from 'node:test';
import {useState, type ReactElement} from 'react';
import {Text} from 'ink';
import fc from 'fast-check';
import {listFooterLines} from '../../../source/ui/components/footer-lines.ts';
import {Frame, type FrameMessage} from '../../../source/ui/components/frame.tsx';
import {Line} from '../../../source/ui/components/line.tsx';
import {steps, type StepId} from '../../../source/ui/components/steps.ts';
import {useKeys} from '../../../source/ui/hooks/use-keys.ts';
import type {KeyHint} from '../../../source/ui/keymap.ts';
import {joinSpans, measureSpans} from '../../../source/report/spans.ts';
import {renderScreen} from '../render-screen.tsx';

const hint = (key: string, name: string): KeyHint => ({
	keys: [key],
	name,
	description: name,
	footer: true,
	disabledReason: undefined,
});

const few = [hint('j', 'down'), hint('q', 'quit'), hint('?', 'help')];
const many = [
	...Array.from({length: 20}, (_, index) => hint(`f${(index % 12) + 1}`, `do thing ${index}`)),
	hint('?', 'help'),
];

function Page({
	step = 'scan',
	hints = few,
	message,
	prompt,
	onQuit = () => undefined,
}: {
	readonly step?: StepId;
	readonly hints?: readonly KeyHint[];
	readonly message?: FrameMessage;
	readonly prompt?: ReactElement;
	readonly onQuit?: () => void;
}): ReactElement {
	return (
		<Frame
			step={step}
			prod="shop.db"
			dev="shop-dev.db"
			run="r1"
			hints={hints}
			message={message}
			prompt={prompt}
			onQuit={onQuit}
		>
			{({width, height}) => <Body width={width} height={height} />}
		</Frame>
	);
}

function Body({width, height}: {readonly width: number; readonly height: number}): ReactElement {
	const [keys, setKeys] = useState('');
	useKeys(({name}) => {
		setKeys(keys + name);
		return true;
	});
	return (
		<>
			{Array.from({length: height}, (_, row) => (
				<Line key={row} spans={[{text: `${width}×${height} row ${row} ${keys}`}]} width={width} />
			))}
		</>
	);
}

test('the whole screen at 80×24 leaves one row free', () => {
	const screen = renderScreen(<Page message={{text: 'saved', tone: 'good'}} />);
	assert.deepEqual(screen.lines(), [
		'DeepDiff DB  Connect › Structure ›[Scan]› Differences › Conflicts › Plan › Apply',
		'prod shop.db → dev shop-dev.db                                            run r1',
		...Array.from({length: 19}, (_, row) => `80×19 row ${row}`),
		'saved',
		'j down  q quit  ? help',
	]);
});

test('every step is marked in a header that fits into 80 columns', () => {
	for (const {id, title} of steps) {
		const screen = renderScreen(<Page step={id} />);
		const header = screen.lines()[0] ?? '';
		assert.match(header, new RegExp(`^DeepDiff DB .*\\[${title}\\]`));
		assert.ok(header.length <= 80 && !header.includes('…'), header);
		screen.unmount();
	}
});

test('keys that do not fit take a second row, then are left to the help', () => {
	const screen = renderScreen(<Page hints={many} />);
	const lines = screen.lines();
	assert.equal(lines.length, 23);
	assert.match(lines[2] ?? '', /^80×18 row 0/);
	assert.match(lines[22] ?? '', /\? help$/);
	assert.doesNotMatch(screen.frame(), /do thing 19/);
});

test('a prompt takes the place of the message', () => {
	const screen = renderScreen(
		<Page message={{text: 'saved', tone: 'good'}} prompt={<Text>/search</Text>} />,
	);
	assert.equal(screen.lines()[21], '/search');
	assert.doesNotMatch(screen.frame(), /saved/);
});

test('the body follows a resize and keeps what it knows while the terminal is too small', async () => {
	let quits = 0;
	const screen = renderScreen(<Page onQuit={() => quits++} />);
	screen.press('a');
	await screen.waitFor('row 0 a');
	screen.resize(100, 40);
	assert.match(screen.frame(), /^100×35 row 34 a$/m);
	screen.resize(79, 24);
	assert.equal(
		screen.frame().trimEnd(),
		'This terminal is 79×24; DeepDiff DB needs 80×24. Make it larger, or press q to\nquit.',
	);
	screen.press('b', 'c', 'q');
	await screen.waitFor(() => quits === 1);
	screen.resize(80, 24);
	assert.match(screen.frame(), /^80×19 row 0 a$/m);
});

test('hostile names can not break out of the header', () => {
	const screen = renderScreen(
		<Frame
			step="connect"
			prod={'\u001B[2J\u001B]0;x\u0007.db'}
			dev={'a'.repeat(200)}
			run="r1"
			hints={[]}
			message={{text: 'line one\nline two\u001B[5m', tone: 'danger'}}
			onQuit={() => undefined}
		>
			{() => null}
		</Frame>,
	);
	assert.match(screen.lines()[1] ?? '', /^prod ␛\[2J␛\]0;x␇\.db → dev a+… run r1$/);
	assert.equal(screen.lines().at(-1), 'line one⏎line two␛[5m');
	assert.doesNotMatch(screen.frame(), /(?!\n)\p{Cc}/u);
});

test('no footer is wider or higher than it may be, and the help is never left out', () => {
	const anyHint = fc.record({
		keys: fc.array(fc.constantFrom('a', 'ctrl+d', 'pagedown', 'up'), {minLength: 1, maxLength: 3}),
		name: fc.string({minLength: 1, maxLength: 20}),
		description: fc.constant(''),
		footer: fc.boolean(),
		disabledReason: fc.option(fc.constant('no'), {nil: undefined}),
	});
	fc.assert(
		fc.property(
			fc.array(anyHint, {maxLength: 30}),
			fc.integer({min: 24, max: 120}),
			fc.constantFrom(1, 2),
			(hints, width, rows) => {
				const lines = listFooterLines([...hints, hint('?', 'help')], width, rows);
				assert.ok(lines.length <= rows);
				for (const line of lines) assert.ok(measureSpans(line) <= width);
				assert.match(lines.map(joinSpans).at(-1) ?? '', /\? help$/);
			},
		),
	);
});
