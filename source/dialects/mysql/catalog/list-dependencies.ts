import type {Catalog, Dependency, ObjectReference} from '../../../model/catalog.ts';
import {parseTableName} from '../../server/table-name.ts';
import {tokenize} from '../sql-tokens.ts';
import {foldName} from './fold-name.ts';

/**
What views, routines and tables need, by the names that stand in their texts: the servers keep no
list that all of them have. A name too many does no harm, it only puts things in an order.
*/
export function listDependencies({
	tables,
	views,
	objects,
}: Pick<Catalog, 'tables' | 'views' | 'objects'>): Dependency[] {
	const named = new Map<string, ObjectReference[]>();
	const add = (kind: ObjectReference['kind'], name: string) => {
		const bare = foldName(parseTableName(name).name);
		named.set(bare, [...(named.get(bare) ?? []), {kind, name}]);
	};
	for (const {name} of tables) add('table', name);
	for (const {name} of views) add('view', name);
	for (const {kind, name} of objects) {
		if (kind === 'function' || kind === 'sequence') add(kind, name);
	}
	const list = (object: ObjectReference, text: string): Dependency[] =>
		[...listMentions(text)]
			.flatMap((mention) => named.get(mention) ?? [])
			.filter(({kind, name}) => kind !== object.kind || name !== object.name)
			.map((on) => ({object, column: null, on, onColumn: null}));
	return [
		...tables.flatMap((table) =>
			list({kind: 'table', name: table.name}, listExpressions(table).join(' ')).filter(
				({on}) => on.kind === 'sequence' || on.kind === 'function',
			),
		),
		...views.flatMap(({name, definition}) => list({kind: 'view', name}, definition)),
		...objects
			.filter(({kind}) => kind === 'function')
			.flatMap(({kind, name, definition}) => list({kind, name}, definition)),
	];
}

/** Folded names that stand in a text, each as a word of its own. */
export function listMentions(text: string): Set<string> {
	return new Set(
		tokenize(text)
			.filter(({kind}) => kind === 'word' || kind === 'quoted')
			.map(({value}) => foldName(value)),
	);
}

function listExpressions({columns, checks}: Catalog['tables'][number]): string[] {
	return [
		...columns.flatMap((column) => [column.default ?? '', column.generated?.expression ?? '']),
		...checks.map(({expression}) => expression),
	];
}
