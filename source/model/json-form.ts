import {spellDecimal} from './cast-number.ts';

/** Nested deeper than any database keeps it. */
const deepest = 2000;

/**
JSON in the form in which documents of two engines are compared: no white space, the names of
an object in order, one that comes twice kept twice, numbers as their exact decimal digits.

@returns Null when the text is no JSON.
*/
export function spellJson(text: string): string | null {
	try {
		const reader = new JsonReader(text);
		const value = reader.readValue(0);
		return reader.isAtEnd() ? value : null;
	} catch (error) {
		if (error instanceof SyntaxError) return null;
		throw error;
	}
}

const space = /[ \t\n\r]*/y;
// eslint-disable-next-line no-control-regex -- JSON has none of these unescaped in a string
const string = /"(?:[^"\\\u0000-\u001F]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

class JsonReader {
	readonly #text: string;
	#at = 0;

	constructor(text: string) {
		this.#text = text;
	}

	isAtEnd(): boolean {
		this.#take(space);
		return this.#at === this.#text.length;
	}

	readValue(depth: number): string {
		if (depth > deepest) throw new SyntaxError('Nested too deeply');
		this.#take(space);
		switch (this.#text.charAt(this.#at)) {
			case '{':
				return this.#readObject(depth);
			case '[':
				return `[${this.#readList(']', () => this.readValue(depth + 1)).join(',')}]`;
			case '"':
				return this.#readString();
			default:
				return this.#readScalar();
		}
	}

	#readObject(depth: number): string {
		const members = this.#readList('}', () => {
			this.#take(space);
			const name = this.#readString();
			this.#take(space);
			this.#expect(':');
			return {name, text: `${name}:${this.readValue(depth + 1)}`};
		});
		members.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
		return `{${members.map((member) => member.text).join(',')}}`;
	}

	#readList<Item>(end: string, readItem: () => Item): Item[] {
		this.#at++;
		const items: Item[] = [];
		this.#take(space);
		if (this.#text[this.#at] === end) {
			this.#at++;
			return items;
		}
		for (;;) {
			items.push(readItem());
			this.#take(space);
			if (this.#text[this.#at] === end) break;
			this.#expect(',');
		}
		this.#at++;
		return items;
	}

	/** Written anew, so that one character has one spelling. */
	#readString(): string {
		const written = this.#take(string);
		// The pattern is JSON's own grammar of a string.
		return JSON.stringify(JSON.parse(written) as string);
	}

	#readScalar(): string {
		const written = this.#take(scalar);
		if (written === 'true' || written === 'false' || written === 'null') return written;
		return spellDecimal(written) ?? written;
	}

	#expect(character: string): void {
		if (this.#text[this.#at] !== character) throw new SyntaxError(`No ${character}`);
		this.#at++;
	}

	#take(pattern: RegExp): string {
		pattern.lastIndex = this.#at;
		const found = pattern.exec(this.#text)?.[0];
		if (found === undefined) throw new SyntaxError('No JSON');
		this.#at += found.length;
		return found;
	}
}
