import Database from 'better-sqlite3';
import type {Check, Column} from '../../../model/catalog.ts';
import {isLiteral, renderCheck, renderColumn} from './render-create-table.ts';

/**
Whether rows that get nothing but the defaults of these new columns are allowed to exist:
asked of SQLite itself, with a table in memory.

@param checks Those that speak of no other columns.
@returns False as well where the defaults are no literals: who knows what they will be.
*/
export function acceptsDefaults(
	columns: readonly Column[],
	checks: readonly Check[],
	isStrict: boolean,
): boolean {
	const isKnown = columns.every(
		(column) => !column.generated && (column.default === null || isLiteral(column.default)),
	);
	if (!isKnown) return false;
	const database = new Database(':memory:');
	try {
		const parts = [...columns.map(renderColumn), ...checks.map(renderCheck)].join(', ');
		database.exec(`CREATE TABLE probe (${parts})${isStrict ? ' STRICT' : ''}`);
		database.exec('INSERT OR ABORT INTO probe DEFAULT VALUES');
		return true;
	} catch {
		// Whatever it is that SQLite does not take, it would not take it of a row either.
		return false;
	} finally {
		database.close();
	}
}
