import type {Span, Spans} from '../../../report/spans.ts';
import {glyphs} from '../../theme.ts';
import type {Marks, PairedLines} from './viewer-text.ts';

const bytesPerLine = 8;

/** Two hex dumps beside each other, byte by byte at the same place; 39 columns each. */
export function pairBytes(left: string, right: string, marks: Marks): PairedLines {
	const digits = bytesPerLine * 2;
	const read = (hex: string, index: number): readonly string[] =>
		hex.slice(index * digits, (index + 1) * digits).match(/../g) ?? [];
	return {
		count: Math.max(1, Math.ceil(Math.max(left.length, right.length) / digits)),
		text(index) {
			const from = index * digits;
			return [left, right].map((hex) => hex.slice(from, from + digits)).join(glyphs.divider);
		},
		isChanged(index) {
			const from = index * digits;
			return left.slice(from, from + digits) !== right.slice(from, from + digits);
		},
		line(index) {
			const [ours, theirs] = [read(left, index), read(right, index)];
			return {
				left: showBytes(ours, theirs, {index, tone: 'removedWord', marks}),
				right: showBytes(theirs, ours, {index, tone: 'addedWord', marks}),
			};
		},
	};
}

function showBytes(
	bytes: readonly string[],
	others: readonly string[],
	{index, tone, marks}: {index: number; tone: 'removedWord' | 'addedWord'; marks: Marks},
): Spans {
	if (bytes.length === 0) return [];
	const spans: Span[] = [
		{text: (index * bytesPerLine).toString(16).padStart(6, '0'), tone: 'muted'},
	];
	bytes.forEach((byte, place) => {
		const isChanged = byte !== others[place];
		// Without colour there is no room for a mark but the blank in front.
		spans.push({text: isChanged && marks.open !== '' ? '*' : ' '});
		spans.push(isChanged ? {text: byte, tone} : {text: byte});
	});
	const characters = bytes.map((byte) => showByte(Number.parseInt(byte, 16))).join('');
	const missing = (bytesPerLine - bytes.length) * 3;
	return [...spans, {text: ' '.repeat(missing + 1)}, {text: characters, tone: 'muted'}];
}

function showByte(byte: number): string {
	return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
}
