import type {Fact, NotCompared, SchemaObject, Trigger, View} from '../../../model/catalog.ts';
import type {Row} from '../../server/session.ts';
import {readModuleName} from '../ddl/code-text.ts';
import {foldName, quoteTable, spellName} from '../names.ts';
import {isSet, text, type CatalogRows} from './catalog-rows.ts';
import {spellColumnType} from './spell-column-type.ts';

type Modules = {
	readonly views: View[];
	readonly triggers: Trigger[];
	readonly objects: SchemaObject[];
	readonly notCompared: NotCompared[];
};

const kinds: Readonly<Record<string, SchemaObject['kind']>> = {
	P: 'procedure',
	FN: 'function',
	IF: 'function',
	TF: 'function',
};

/** Views, triggers and routines, each as the text that made it, which the server keeps. */
export function readModules({modules}: Pick<CatalogRows, 'modules'>): Modules {
	const read: Modules = {views: [], triggers: [], objects: [], notCompared: []};
	for (const row of modules) {
		const name = spellName(text(row, 'owner'), text(row, 'name'));
		const kind = kinds[text(row, 'kind')];
		const definition = row['definition'] ?? null;
		const reason = explainExclusion(row);
		if (reason !== null || definition === null) {
			const sort =
				text(row, 'kind') === 'V'
					? 'view'
					: text(row, 'kind') === 'TR'
						? 'trigger'
						: (kind ?? 'routine');
			read.notCompared.push({kind: sort, name, reason: reason ?? ''});
		} else if (text(row, 'kind') === 'V') read.views.push({name, definition});
		else if (text(row, 'kind') === 'TR') {
			const table = spellName(text(row, 'parentOwner'), text(row, 'parent'));
			const facts: Fact[] = isSet(row, 'disabled') ? [{name: 'enabled', value: 'no'}] : [];
			read.triggers.push({name, table, definition, ...(facts.length > 0 && {facts})});
		} else if (kind) read.objects.push({kind, name, table: null, definition, facts: null});
	}
	return read;
}

function explainExclusion(row: Row): string | null {
	if (/^(?:PC|FS|FT|AF|TA)$/.test(text(row, 'kind'))) return 'it is made by an assembly';
	if (row['definition'] == null)
		return 'it is encrypted, or the account may not read its definition';
	// Its text means something else in a session of ours.
	if (readModuleName(row['definition']) !== foldName(text(row, 'name'))) {
		return 'it was renamed, and its text still has the name that it had';
	}
	return row['quotes'] === '0' || row['nulls'] === '0'
		? 'it was made without QUOTED_IDENTIFIER or ANSI_NULLS'
		: null;
}

/** How far one has counted is no part of what it is. */
export function readSequences({sequences}: Pick<CatalogRows, 'sequences'>): SchemaObject[] {
	return sequences.map((row): SchemaObject => {
		const name = spellName(text(row, 'owner'), text(row, 'name'));
		const type = spellColumnType(row);
		const cache = isSet(row, 'cached') ? (row['cacheSize'] ?? 'default') : 'none';
		const facts: Fact[] = [
			{name: 'type', value: type},
			{name: 'start', value: text(row, 'start')},
			{name: 'increment', value: text(row, 'step')},
			{name: 'minimum', value: text(row, 'least')},
			{name: 'maximum', value: text(row, 'most')},
			{name: 'cycle', value: isSet(row, 'cycles') ? 'yes' : 'no'},
			{name: 'cache', value: cache},
		];
		const definition = [
			`CREATE SEQUENCE ${quoteTable(name)} AS ${type}`,
			`START WITH ${text(row, 'start')}`,
			`INCREMENT BY ${text(row, 'step')}`,
			`MINVALUE ${text(row, 'least')}`,
			`MAXVALUE ${text(row, 'most')}`,
			isSet(row, 'cycles') ? 'CYCLE' : 'NO CYCLE',
			cache === 'none' ? 'NO CACHE' : cache === 'default' ? 'CACHE' : `CACHE ${cache}`,
		].join(' ');
		return {kind: 'sequence', name, table: null, definition, facts};
	});
}

export function readSynonyms({synonyms}: Pick<CatalogRows, 'synonyms'>): SchemaObject[] {
	return synonyms.map((row): SchemaObject => {
		const name = spellName(text(row, 'owner'), text(row, 'name'));
		const definition = `CREATE SYNONYM ${quoteTable(name)} FOR ${text(row, 'target')}`;
		return {kind: 'synonym', name, table: null, definition, facts: null};
	});
}

/** Types that are another name for one of the server's own. */
export function readAliasTypes({types}: Pick<CatalogRows, 'types'>): SchemaObject[] {
	return types
		.filter((row) => !isSet(row, 'isTable') && !isSet(row, 'isAssembly'))
		.map((row): SchemaObject => {
			const name = spellName(text(row, 'owner'), text(row, 'name'));
			const nulls = isSet(row, 'nullable') ? 'NULL' : 'NOT NULL';
			const definition = `CREATE TYPE ${quoteTable(name)} FROM ${spellColumnType(row)} ${nulls}`;
			return {kind: 'domain', name, table: null, definition, facts: null};
		});
}
