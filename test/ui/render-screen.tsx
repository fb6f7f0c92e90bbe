import type {ReactElement} from 'react';
import {render} from 'ink-testing-library';
import {TerminalSizeContext} from '../../source/ui/hooks/use-terminal-size.ts';
import {createTheme, ThemeContext, type Theme} from '../../source/ui/theme.ts';
import {encodeKey, encodePaste} from '../terminal/key-codes.ts';

export type RenderedScreen = {
	/** The newest frame, without the blanks at the ends of its rows. */
	frame(): string;
	lines(): readonly string[];
	/** Presses keys by name; those of one call arrive together. */
	press(...keys: readonly string[]): void;
	/** Types a text as it is. */
	type(text: string): void;
	paste(text: string): void;
	rerender(element: ReactElement): void;
	resize(columns: number, rows: number): void;
	/** Waits until the frame holds the text or meets the condition, and returns it. */
	waitFor(condition: string | RegExp | ((frame: string) => boolean)): Promise<string>;
	unmount(): void;
};

type RenderScreenOptions = {
	/** @default 80 */
	readonly columns?: number;
	/** @default 24 */
	readonly rows?: number;
	/** @default without colour, so that every mark is a glyph */
	readonly theme?: Theme;
};

/** Draws an element as on a terminal of 80×24, in the test's own process. */
export function renderScreen(
	element: ReactElement,
	{columns = 80, rows = 24, theme = createTheme({hasColor: false})}: RenderScreenOptions = {},
): RenderedScreen {
	let size = {columns, rows};
	let current = element;
	const wrap = (): ReactElement => (
		<ThemeContext value={theme}>
			<TerminalSizeContext value={size}>{current}</TerminalSizeContext>
		</ThemeContext>
	);
	const app = render(wrap());
	const lines = (): readonly string[] =>
		(app.lastFrame() ?? '').split('\n').map((line) => line.trimEnd());
	const frame = (): string => lines().join('\n');
	return {
		frame,
		lines,
		press: (...keys) => app.stdin.write(keys.map(encodeKey).join('')),
		type: (text) => app.stdin.write(text),
		paste: (text) => app.stdin.write(encodePaste(text)),
		rerender(next) {
			current = next;
			app.rerender(wrap());
		},
		resize(newColumns, newRows) {
			size = {columns: newColumns, rows: newRows};
			app.rerender(wrap());
		},
		async waitFor(condition) {
			const isMet = (): boolean => {
				if (typeof condition === 'function') return condition(frame());
				return typeof condition === 'string'
					? frame().includes(condition)
					: condition.test(frame());
			};
			const end = Date.now() + 30_000;
			while (!isMet()) {
				if (Date.now() > end) throw new Error(`Waited for ${String(condition)}:\n${frame()}`);
				await new Promise((resolve) => setImmediate(resolve));
			}
			return frame();
		},
		unmount: () => app.unmount(),
	};
}
