import {createContext, useContext, useSyncExternalStore} from 'react';
import {useStdout} from 'ink';

export type TerminalSize = {readonly columns: number; readonly rows: number};

/** What a terminal has that does not tell its size. */
const usualSize: TerminalSize = {columns: 80, rows: 24};

/** Stands in for the terminal's own size, for tests. */
export const TerminalSizeContext = createContext<TerminalSize | undefined>(undefined);

/** The terminal's size now; the component is drawn again when it changes. */
export function useTerminalSize(): TerminalSize {
	const fixed = useContext(TerminalSizeContext);
	const {stdout} = useStdout();
	// A snapshot must be comparable: numbers are, a new object each time is not.
	const columns = useSyncExternalStore(
		(onChange) => followResize(stdout, onChange),
		() => stdout.columns || usualSize.columns,
	);
	const rows = useSyncExternalStore(
		(onChange) => followResize(stdout, onChange),
		() => stdout.rows || usualSize.rows,
	);
	return fixed ?? {columns, rows};
}

function followResize(stdout: NodeJS.WriteStream, onChange: () => void): () => void {
	stdout.on('resize', onChange);
	return () => {
		stdout.off('resize', onChange);
	};
}
