import type {SchemaChange} from '../model/schema-change.ts';
import {glyphs} from './glyphs.ts';
import type {Spans} from './spans.ts';
import type {Tone} from './tone.ts';

const actionMarks = {
	create: {glyph: glyphs.added, tone: 'added'},
	alter: {glyph: glyphs.changed, tone: 'changed'},
	drop: {glyph: glyphs.removed, tone: 'removed'},
} as const satisfies Record<SchemaChange['action'], {glyph: string; tone: Tone}>;

/** `column artist.name`, `index artist_name on artist`, `table artist`. */
export function nameObject({object, table, name}: SchemaChange): string {
	if (name === table) return `${object} ${name}`;
	return object === 'column' ? `column ${table}.${name}` : `${object} ${name} on ${table}`;
}

/**
Structural changes, one a line, with what must be allowed for it.

@param definitions Also both sides' definitions below it, and what may be a rename.
*/
export function listSchemaChanges(
	changes: readonly SchemaChange[],
	{definitions}: {readonly definitions: boolean},
): Spans[] {
	return changes.flatMap((change) => {
		const {glyph, tone} = actionMarks[change.action];
		const headline: Spans = [
			{text: `  ${glyph} `, tone},
			{text: nameObject(change), tone: definitions ? 'strong' : 'plain'},
			...(change.details.length > 0 ? [{text: `: ${change.details.join(', ')}`}] : []),
			...(change.needs === null
				? []
				: [{text: `  (needs --allow ${change.needs})`, tone: 'muted' as const}]),
		];
		if (!definitions) return [headline];
		return [
			headline,
			...listDefinition(change.prod, glyphs.removed, 'removed'),
			...listDefinition(change.dev, glyphs.added, 'added'),
			...change.hazards
				.filter(({kind}) => kind === 'mayBeRename')
				.map(({message}): Spans => [{text: `      ! ${message}`, tone: 'warning'}]),
		];
	});
}

/** `14 changes: + 5 new, ~ 6 different, - 3 only on prod`. */
export function countSchemaChanges(changes: readonly SchemaChange[]): string {
	const count = (action: SchemaChange['action']) =>
		changes.filter((change) => change.action === action).length;
	const parts = [
		{glyph: glyphs.added, count: count('create'), what: 'only on dev'},
		{glyph: glyphs.changed, count: count('alter'), what: 'different'},
		{glyph: glyphs.removed, count: count('drop'), what: 'only on prod'},
	]
		.filter((part) => part.count > 0)
		.map((part) => `${part.glyph} ${part.count} ${part.what}`);
	const total = changes.length === 1 ? '1 change' : `${changes.length} changes`;
	return parts.length === 0 ? total : `${total}: ${parts.join(', ')}`;
}

function listDefinition(definition: string | null, glyph: string, tone: Tone): Spans[] {
	if (definition === null) return [];
	return definition
		.split('\n')
		.map((line) => [{text: `      ${glyph} ${indentWithBlanks(line)}`, tone}]);
}

/** The tabs that a line of SQL begins with, also behind `--`, are no value to be made visible. */
export function indentWithBlanks(line: string): string {
	return line.replace(/^(-- )?(\t+)/, (_, comment: string | undefined, tabs: string) => {
		return (comment ?? '') + '  '.repeat(tabs.length);
	});
}
