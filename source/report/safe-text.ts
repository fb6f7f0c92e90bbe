/**
Makes text from outside safe to draw, and shows what would not be seen.

Control characters and escape sequences can drive the terminal; bidi overrides
and zero-width characters can hide what a value really is. Each is replaced by a
visible stand-in, never dropped, so that two values that differ also look
different.
*/

/** A run of characters that are shown as they are, or a stand-in for one that can't be. */
export type ShownText = {readonly text: string; readonly isStandIn: boolean};

// Lone surrogates, C0, C1, DEL, format characters (bidi, zero-width, tags), line and
// paragraph separators, fillers and variation selectors, and every blank but the space.
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/u;
const unseenOrMark = new RegExp(`${unseen.source}|^[\\p{Mn}\\p{Me}]`, 'u');

// Joiners and selectors are part of how an emoji is written; only there they stay.
// Built from a string because the compiler's target does not know the flag yet.
const wholeEmoji = new RegExp('^\\p{RGI_Emoji}$', 'v');

/** A cluster longer than this is not writing but an attack on the screen. */
const longestCluster = 32;

const segmenter = new Intl.Segmenter('en', {granularity: 'grapheme'});

/** Splits text into what a person sees as one character each. */
export function splitGraphemes(text: string): string[] {
	if (isPlainAscii(text)) return text.split('');
	return Array.from(segmenter.segment(text), ({segment}) => segment);
}

/** Printable ASCII only: one column each, nothing to replace. */
export function isPlainAscii(text: string): boolean {
	return /^[\x20-\x7E]*$/.test(text);
}

/** Replaces everything that can't be shown. Text that is fine comes back as it is. */
export function makeSafe(text: string): string {
	if (isPlainAscii(text)) return text;
	return showCharacters(text)
		.map((shown) => shown.text)
		.join('');
}

/** As `makeSafe`, with the stand-ins told apart from what the text itself says. */
export function showCharacters(text: string): readonly ShownText[] {
	const shown: ShownText[] = [];
	const add = (piece: string, isStandIn: boolean): void => {
		const last = shown.at(-1);
		if (last?.isStandIn === isStandIn) {
			shown[shown.length - 1] = {text: last.text + piece, isStandIn};
		} else {
			shown.push({text: piece, isStandIn});
		}
	};
	if (isPlainAscii(text)) return text === '' ? [] : [{text, isStandIn: false}];
	for (const {segment} of segmenter.segment(text)) addCluster(segment, add);
	return shown;
}

function addCluster(cluster: string, add: (piece: string, isStandIn: boolean) => void): void {
	const isLong = cluster.length > longestCluster;
	if (!isLong && (!unseenOrMark.test(cluster) || wholeEmoji.test(cluster))) {
		add(cluster, false);
		return;
	}
	let left = longestCluster;
	// A mark needs something to stand on, or it lands on the neighbour's text.
	let isStandIn = /^[\p{Mn}\p{Me}]/u.test(cluster);
	if (isStandIn) add('◌', true);
	for (const character of cluster) {
		if (left <= 0) {
			add('…', true);
			return;
		}
		if (unseen.test(character)) {
			add(nameCharacter(character), true);
			isStandIn = true;
		} else {
			// And it stays with what it stands on.
			isStandIn &&= /\p{M}/u.test(character);
			add(character, isStandIn);
		}
		left -= character.length;
	}
}

/** The visible stand-in for one character: a control picture, or its code point. */
function nameCharacter(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	if (code === 0x0a) return '⏎';
	if (code === 0x09) return '→';
	if (code === 0x7f) return '␡';
	if (code < 0x20) return String.fromCodePoint(0x2400 + code);
	const hex = code.toString(16);
	return code > 0xffff ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`;
}
