import type {Cell, CellKind, Row} from '../../model/cell.ts';
import {decodeRow} from '../../model/encoding.ts';
import type {Layout} from '../../model/layout.ts';

const longestText = 40;
const mostCells = 4;

/** Names a row by its key for people, e.g. `ArtistId 3`; without a key by its first cells. */
export function describeRow(layout: Layout, key: string, keyed: boolean): string {
	const cells = decodeRow(key);
	return keyed ? describeKey(layout.key.columns, cells) : describeCells(cells);
}

export function describeKey(columns: readonly string[], cells: Row): string {
	return columns
		.map((column, index) => {
			const cell = cells[index];
			return `${showControls(column)} ${cell ? describeCell(cell) : '?'}`;
		})
		.join(', ');
}

export function describeCells(cells: Row): string {
	const shown = cells.slice(0, mostCells).map(describeCell);
	if (cells.length > mostCells) shown.push('…');
	return shown.join(', ');
}

const plainKinds = new Set<CellKind>(['integer', 'real', 'decimal', 'boolean']);
const hexKinds = new Set<CellKind>(['bytes', 'rawText']);

function describeCell({kind, text}: Cell): string {
	if (kind === 'null') return 'NULL';
	if (kind === 'absent') return '–';
	// Cut by characters, not in the middle of one.
	const characters = Array.from(text.slice(0, 2 * longestText + 1));
	const isLong = characters.length > longestText || text.length > 2 * longestText;
	const short = showControls(isLong ? `${characters.slice(0, longestText).join('')}…` : text);
	if (plainKinds.has(kind)) return short;
	return hexKinds.has(kind) ? `x'${short}'` : `'${short}'`;
}

/**
Makes control characters, line ends and marks that turn the reading direction visible: a
name or a value stands in SQL comments and on terminals and must not break out of either.
*/
export function showControls(text: string): string {
	return text.replaceAll(
		/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}
