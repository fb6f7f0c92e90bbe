import {makeSafe} from './safe-text.ts';

const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Text inside HTML or XML, between tags or in quotes. */
export function escapeMarkup(text: string): string {
	return makeSafe(text).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
