import type {RowState} from '../model/row-change.ts';
import type {Tone} from './tone.ts';

/** Every glyph is one column wide and means the same with and without colour. */
export const glyphs = {
	added: '+',
	removed: '-',
	changed: '~',
	conflict: '!',
	kept: '=',
	merged: '*',
	pointer: '›',
	marked: '•',
	ticked: '✓',
	failed: '✗',
	unticked: '·',
	ellipsis: '…',
	arrow: '→',
	divider: '│',
	barDone: '█',
	barLeft: '░',
} as const;

/** How a row that differs is shown, by its state. */
export const rowStateMarks = {
	added: {glyph: glyphs.added, tone: 'added'},
	removed: {glyph: glyphs.removed, tone: 'removed'},
	conflict: {glyph: glyphs.conflict, tone: 'conflict'},
	'dev-only': {glyph: glyphs.changed, tone: 'changed'},
	'prod-only': {glyph: glyphs.kept, tone: 'muted'},
	merged: {glyph: glyphs.merged, tone: 'changed'},
} as const satisfies Record<RowState, {glyph: string; tone: Tone}>;
