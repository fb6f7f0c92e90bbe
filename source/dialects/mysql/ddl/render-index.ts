import type {Fact, Index, IndexedColumn, UniqueConstraint} from '../../../model/catalog.ts';
import {quoteName, quoteTable, quoteText} from '../names.ts';

/** An index as a statement of its own: how it is shown, and told from others. */
export function defineIndex(table: string, index: Omit<Index, 'definition'>): string {
	const {kind, rest} = renderKey(index, index.method);
	return `CREATE ${kind}INDEX ${quoteName(index.name)} ON ${quoteTable(table)} ${rest}`;
}

/** As it stands in CREATE TABLE and after ADD. */
export function renderIndex(index: Omit<Index, 'definition'>): string {
	const {kind, rest} = renderKey(index, index.method);
	return `${kind}KEY ${quoteName(index.name)} ${rest}`;
}

export function renderUnique(unique: UniqueConstraint): string {
	const {rest} = renderKey(unique, findFact(unique.facts, 'method'));
	return `UNIQUE KEY ${quoteName(unique.name ?? '')} ${rest}`;
}

export function renderIndexedColumns(columns: readonly IndexedColumn[]): string {
	const words = columns.map(({column, expression, descending, prefix}) => {
		const what = column === null ? `(${expression ?? ''})` : quoteName(column);
		return `${what}${prefix === undefined ? '' : `(${prefix})`}${descending ? ' DESC' : ''}`;
	});
	return `(${words.join(', ')})`;
}

export function findFact(facts: readonly Fact[] | undefined, name: string): string | undefined {
	return facts?.find((fact) => fact.name === name)?.value;
}

type KeyParts = Pick<UniqueConstraint, 'columns' | 'comment' | 'facts'>;

function renderKey({columns, comment, facts}: KeyParts, method: string | undefined) {
	const isKind = method === 'fulltext' || method === 'spatial';
	const parser = findFact(facts, 'parser');
	const words = [
		renderIndexedColumns(columns),
		method !== undefined && !isKind && `USING ${method.toUpperCase()}`,
		parser !== undefined && `WITH PARSER ${quoteName(parser)}`,
		comment !== undefined && `COMMENT ${quoteText(comment)}`,
		findFact(facts, 'visibility'),
	].filter((word) => word !== false && word !== undefined);
	return {kind: isKind ? `${method.toUpperCase()} ` : '', rest: words.join(' ')};
}
