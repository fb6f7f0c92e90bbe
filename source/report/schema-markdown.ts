import type {SchemaChange} from '../model/schema-change.ts';
import {escapeMarkdown as escape} from './escape-markdown.ts';
import {makeSafe} from './safe-text.ts';
import type {SchemaReport} from './schema-report.ts';
import {countSchemaChanges, indentWithBlanks, nameObject} from './schema-text.ts';

const verbs = {create: 'only on dev', alter: 'differs', drop: 'only on prod'} as const;

/** A comparison of structure as GitHub-flavoured Markdown, e.g. for a comment on a merge request. */
export function renderSchemaMarkdown(report: SchemaReport): string {
	const {prod, dev, changes, ignored, notCompared} = report;
	const verdict = changes.length === 0 ? 'The structure is the same.' : countSchemaChanges(changes);
	const parts = [
		`# Structure of ${escape(prod)} beside ${escape(dev)}`,
		escape(verdict) + (ignored > 0 ? ` Left out: ${ignored}.` : ''),
		...changes.map(renderChange),
		...(notCompared.length === 0
			? []
			: [
					'## Not compared',
					notCompared
						.map(({kind, name, reason}) => `- ${escape(`${kind} ${name}: ${reason}`)}`)
						.join('\n'),
				]),
	];
	return parts.join('\n\n') + '\n';
}

function renderChange(change: SchemaChange): string {
	const {action, details, needs, hazards, prod, dev} = change;
	const lines = [
		...details,
		...(needs === null ? [] : [`needs --allow ${needs}`]),
		...hazards.map(({message}) => message),
	].map((line) => `- ${escape(line)}`);
	const diff = [...mark('-', prod), ...mark('+', dev)].join('\n');
	return [
		`## ${escape(nameObject(change))} ${verbs[action]}`,
		...(lines.length === 0 ? [] : [lines.join('\n')]),
		...(diff === '' ? [] : [fence(diff)]),
	].join('\n\n');
}

function mark(sign: string, definition: string | null): string[] {
	return definition === null
		? []
		: definition.split('\n').map((line) => `${sign} ${makeSafe(indentWithBlanks(line))}`);
}

/** A fence longer than any in the text, so that a definition can't end it. */
function fence(text: string): string {
	const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
	const ticks = '`'.repeat(longest + 1);
	return `${ticks}diff\n${text}\n${ticks}`;
}
