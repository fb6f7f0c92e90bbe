import type {ConnectionSettings} from '../model/connection-settings.ts';
import {spellPattern} from './spell-pattern.ts';

/** Takes passwords out of everything that is shown, written or thrown. */
export type Redactor = {
	/** Makes one more password known, e.g. one that was typed in. */
	readonly add: (settings: ConnectionSettings) => void;
	/** The text with every known password, in whatever form, replaced. */
	readonly redact: (text: string) => string;
	/**
	Takes passwords out of an error and its causes (message, stack and other texts), in
	place, so that its class and identity stay.
	*/
	readonly redactError: <Thrown>(error: Thrown) => Thrown;
};

/**
Makes a redactor for the passwords of these connections, and for what stands as a password
in any URL.
*/
export function createRedactor(connections: readonly ConnectionSettings[] = []): Redactor {
	const passwords = new Set<string>();
	let pattern = /(?!)/g;
	let mask = '***';

	function add(settings: ConnectionSettings): void {
		if ('file' in settings || settings.password === undefined || settings.password === '') return;
		passwords.add(settings.password);
		// The longest first: one password may begin another.
		const longestFirst = [...passwords].sort((a, b) => b.length - a.length);
		pattern = new RegExp(longestFirst.map(spellPattern).join('|'), 'g');
		mask = chooseMask([...passwords].join(''));
	}

	function redact(text: string): string {
		const redacted = text.replaceAll(pattern, mask).replaceAll(urlPassword, `$1${mask}`);
		// What stood around a password may spell one again, though only where no mask keeps it apart.
		return redacted === text ? text : redact(redacted);
	}

	function redactError<Thrown>(error: Thrown): Thrown {
		redactDeep(error, redact, new Set());
		return error;
	}

	connections.forEach(add);
	return {add, redact, redactError};
}

/** What stands between `scheme://user:` and the last @ of a word. */
const urlPassword = /([a-z][a-z\d+.-]*:\/\/[^\s/?#:@'"]*:)[^\s'"]+(?=@)/gi;

/** A mask that shares no character with a password, so that none is spelt with its help. */
function chooseMask(letters: string): string {
	const masks = ['***', '•••', '---', '___', '░░░'];
	return masks.find((mask) => !letters.includes(mask.charAt(0))) ?? '';
}

// Only errors and lists on them are gone through: what else hangs on one may be a live
// connection's settings.
function redactDeep(value: unknown, redact: (text: string) => string, seen: Set<unknown>): void {
	if ((!Array.isArray(value) && !(value instanceof Error)) || seen.has(value)) return;
	seen.add(value);
	// Not an ordinary property in every version of Node.
	if (value instanceof Error && value.stack !== undefined) value.stack = redact(value.stack);
	for (const key of Reflect.ownKeys(value)) {
		const property = Reflect.getOwnPropertyDescriptor(value, key);
		const held: unknown = property?.value;
		if (typeof held !== 'string') redactDeep(held, redact, seen);
		else Reflect.defineProperty(value, key, {...property, value: redact(held)});
	}
}
