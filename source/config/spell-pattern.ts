/**
Makes a pattern that finds a text as it is and in every form in which it can be quoted:
percent-encoded (however many of its characters), in JSON, HTML and SQL.

Each form is an alternative of its own: in a mixture, a run of backslashes could be read
in exponentially many ways.
*/
export function spellPattern(text: string): string {
	const characters = Array.from(text);
	const patterns = forms.map((form) =>
		characters.map((character) => `(?:${form(character).join('|')})`).join(''),
	);
	return [...new Set(patterns)].join('|');
}

/** The spellings of one character, as patterns. */
type Form = (character: string) => readonly string[];

const asUrl: Form = (character) => {
	const bytes = [...new TextEncoder().encode(character)];
	const percent = bytes.map((byte) => `%${anyCase(toHex(byte, 2))}`).join('');
	return [percent, ...(character === ' ' ? [String.raw`\+`] : []), asItIs(character)];
};

/** JSON and JavaScript. */
const asJson: Form = (character) => {
	const code = listUnits(character).map((unit) => String.raw`\\u${anyCase(unit)}`);
	const isQuoted = /['"`/\\]/.test(character);
	const letter = controlLetters[character] ?? (isQuoted ? character : undefined);
	return [
		code.join(''),
		...(letter === undefined ? [] : [asItIs(`\\${letter}`)]),
		...(character === '\\' ? [] : [asItIs(character)]),
	];
};

/** SQL inside one kind of quotes, which are doubled. */
function asSql(quote: string): Form {
	return (character) => [asItIs(character === quote ? quote + quote : character)];
}

/** The same for MySQL, where a backslash escapes too. */
function asMysql(quote: string): Form {
	return (character) => {
		const letter = character === '\\' ? character : controlLetters[character];
		if (character === quote) return [asItIs(quote + quote)];
		if (letter === undefined) return [asItIs(character)];
		return [asItIs(`\\${letter}`), ...(character === '\\' ? [] : [asItIs(character)])];
	};
}

const controlLetters: Readonly<Record<string, string>> = {
	'\n': 'n',
	'\r': 'r',
	'\t': 't',
	'\b': 'b',
	'\f': 'f',
	'\0': '0',
};

const asHtml: Form = (character) => {
	const point = character.codePointAt(0) ?? 0;
	const name = entityNames[character];
	return [
		`&#(?:0*${point}|[xX]0*${anyCase(point.toString(16))});`,
		...(name === undefined ? [] : [`&${name};`]),
		asItIs(character),
	];
};

const entityNames: Readonly<Record<string, string>> = {
	'&': 'amp',
	'<': 'lt',
	'>': 'gt',
	'"': 'quot',
	"'": 'apos',
};

const quotes = ["'", '"', '`'];

const forms: readonly Form[] = [
	(character) => [asItIs(character)],
	asUrl,
	asJson,
	...quotes.map(asSql),
	...quotes.map(asMysql),
	asHtml,
];

function asItIs(text: string): string {
	return listUnits(text)
		.map((unit) => `\\u${unit}`)
		.join('');
}

function listUnits(text: string): readonly string[] {
	return Array.from({length: text.length}, (_, index) => toHex(text.charCodeAt(index), 4));
}

function toHex(number: number, length: number): string {
	return number.toString(16).padStart(length, '0');
}

function anyCase(hex: string): string {
	return hex.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}
