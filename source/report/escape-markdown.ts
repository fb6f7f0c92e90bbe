import {makeSafe} from './safe-text.ts';

/** Names come from databases: none of them may become markup, a link or a new cell. */
export function escapeMarkdown(text: string): string {
	return makeSafe(text).replace(/[\\`*_{}[\]<>()#+!|~&$]|^[-=]|(?<=:)\/\/|@/g, String.raw`\$&`);
}
