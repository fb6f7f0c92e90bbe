import type {SuspendedKey} from '../dialect.ts';
import {parseTableName} from '../server/table-name.ts';
import {quoteName, quoteTable} from './names.ts';

/**
A key that may wait for the commit is told to; another is made one that may, for the time of the
transaction. (Manual, "SET CONSTRAINTS" and "ALTER TABLE", ALTER CONSTRAINT.)
*/
export function suspendForeignKey({table, key}: SuspendedKey): {
	readonly suspend: readonly string[];
	readonly resume: readonly string[];
} {
	const name = quoteName(key.name ?? '');
	const {schema} = parseTableName(table);
	const qualified = schema === null ? name : `${quoteName(schema)}.${name}`;
	const check = `SET CONSTRAINTS ${qualified} IMMEDIATE`;
	if (key.deferral !== 'not deferrable') {
		return {suspend: [`SET CONSTRAINTS ${qualified} DEFERRED`], resume: [check]};
	}
	const alter = `ALTER TABLE ${quoteTable(table)} ALTER CONSTRAINT ${name}`;
	return {
		suspend: [`${alter} DEFERRABLE INITIALLY DEFERRED`],
		// A table with checks that wait for the commit can't be altered (SQLSTATE 55006).
		resume: [check, `${alter} NOT DEFERRABLE`],
	};
}
