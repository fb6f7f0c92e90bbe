import type {TerminalSize} from '../hooks/use-terminal-size.ts';

export const smallestTerminal: TerminalSize = {columns: 80, rows: 24};

/** Product and steps; databases and run. */
const headerRows = 2;
const messageRows = 1;

/** Rows and columns that a screen may draw on. */
export type BodySize = {readonly width: number; readonly height: number};

export function isTooSmall({columns, rows}: TerminalSize): boolean {
	return columns < smallestTerminal.columns || rows < smallestTerminal.rows;
}

/** A frame as tall as the terminal would scroll it, or make Ink clear all of it. */
export function measureFrame({columns, rows}: TerminalSize): BodySize {
	return {width: columns, height: Math.max(1, rows - 1)};
}

/** What header, message and footer leave. */
export function measureBody(size: TerminalSize, footerRows: number): BodySize {
	const {width, height} = measureFrame(size);
	return {width, height: Math.max(1, height - headerRows - messageRows - footerRows)};
}
