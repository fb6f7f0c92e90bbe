const space = /[ \t\n\r]*/y;
// eslint-disable-next-line no-control-regex -- JSON forbids raw control characters in strings
const text = /"(?:[^"\\\u0000-\u001F]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/y;
const word = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/**
Finds the offset at which a document stops being JSON; its length when it only ends too
early. `JSON.parse` itself gives an offset for some mistakes only, and quotes the text.
*/
export function findJsonMistake(document: string): number {
	let position = 0;
	if (readValue()) take(space);
	return position;

	/** Moves past one value, or stops in front of what is wrong with it. */
	function readValue(): boolean {
		take(space);
		if (takeSign('{')) return readItems('}', () => readKey() && readValue());
		if (takeSign('[')) return readItems(']', readValue);
		return take(text) || take(word);
	}

	function readItems(end: string, readItem: () => boolean): boolean {
		if (takeSign(end)) return true;
		do {
			if (!readItem()) return false;
		} while (takeSign(','));
		return takeSign(end);
	}

	function readKey(): boolean {
		take(space);
		return take(text) && takeSign(':');
	}

	function takeSign(sign: string): boolean {
		take(space);
		if (document[position] !== sign) return false;
		position++;
		return true;
	}

	function take(pattern: RegExp): boolean {
		pattern.lastIndex = position;
		if (!pattern.test(document)) return false;
		position = pattern.lastIndex;
		return true;
	}
}
