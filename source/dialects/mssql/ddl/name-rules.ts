import type {Table} from '../../../model/catalog.ts';
import type {SchemaChange} from '../../../model/schema-change.ts';
import {tableAfter as findTableAfter, type NameRules} from '../../server/table-after.ts';
import {foldName} from '../names.ts';
import {tokenize} from '../sql-tokens.ts';

/** Folded names that stand in a text, each as a word of its own. */
export function listMentions(text: string): Set<string> {
	return new Set(
		tokenize(text)
			.filter(({kind}) => kind === 'word' || kind === 'quoted')
			.map(({value}) => foldName(value)),
	);
}

export const nameRules: NameRules = {foldName, listMentions};

/** Prod's table as it will be once the changes of it ran. */
export function tableAfter(changes: readonly SchemaChange[], prod: Table, dev: Table): Table {
	return findTableAfter(changes, prod, dev, nameRules);
}
