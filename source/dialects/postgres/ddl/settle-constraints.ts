import type {Catalog, Table} from '../../../model/catalog.ts';
import type {Phase} from '../../../model/plan.ts';
import type {StatementList} from './statement-list.ts';

/**
No table can be altered while a row of it waits for a constraint that is checked at the end: so it
is checked when the rows are done, forth and back.
*/
export function settleConstraints(list: StatementList, prod: Catalog, dev: Catalog): void {
	const isAltered = list.statements.length > 0;
	if (!isAltered || ![prod, dev].some(({tables}) => tables.some(isDeferred))) return;
	const add = (phase: Phase, sql: string, undo: readonly string[]) =>
		list.addSession({phase, summary: 'check what waits for the end', sql, undo});
	add('alter', 'SET CONSTRAINTS ALL DEFERRED', ['SET CONSTRAINTS ALL IMMEDIATE']);
	add('indexes and foreign keys', 'SET CONSTRAINTS ALL IMMEDIATE', []);
}

function isDeferred({foreignKeys, uniques, primaryKey}: Table): boolean {
	const told = [...uniques, ...(primaryKey ? [primaryKey] : [])];
	return (
		foreignKeys.some(({deferral}) => deferral !== 'not deferrable') ||
		told.some(({facts}) => facts?.some(({name}) => name === 'deferral'))
	);
}
