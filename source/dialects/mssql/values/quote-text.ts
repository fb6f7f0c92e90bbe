/**
Control characters would drive a terminal that shows the pack; line breaks and tabs may stay.
Bidirectional marks could make the text read as another.
*/
const unsafe =
	// eslint-disable-next-line no-control-regex -- these are what it looks for
	/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/;

/**
Of a line inside a literal sqlcmd takes `GO`, `:` and `!!` for its own, and `$(` anywhere for a
variable ("sqlcmd commands"); a backslash at a line's end joins it with the next ("Backslash (Line
Continuation)").
*/
const shellLine = /[\r\n][ \t]*(?:go\b|:|!!)/i;

/** A text as a Unicode literal that the server reads back as it is. */
export function quoteText(text: string): string {
	const breaksLines = shellLine.test(text);
	const isBroken = (character: string) =>
		unsafe.test(character) || (breaksLines && /[\r\n]/.test(character));
	const parts: string[] = [];
	let plain = '';
	const flush = () => {
		if (plain !== '') parts.push(`N'${plain.replaceAll("'", "''")}'`);
		plain = '';
	};
	for (let at = 0; at < text.length; at++) {
		const [character, next] = [text.charAt(at), text.charAt(at + 1)];
		if (isBroken(character)) {
			flush();
			parts.push(`NCHAR(${character.charCodeAt(0)})`);
			continue;
		}
		plain += character;
		const isSplit =
			(character === '$' && next === '(') || (character === '\\' && /[\r\n]/.test(next));
		if (isSplit) flush();
	}
	flush();
	const [first = "N''", ...rest] = parts;
	if (rest.length === 0) return first;
	// Short pieces joined are short themselves, and cut at 4,000 characters.
	const start = text.length > 4000 ? [`CONVERT(nvarchar(max), ${first})`] : [first];
	return `(${[...start, ...rest].join(' + ')})`;
}
