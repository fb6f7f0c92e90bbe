import type {Check, Column, Table} from '../../../model/catalog.ts';
import {areNamesEqual} from '../catalog/fold-name.ts';
import {findCharacterSet, spellCollation} from '../catalog/collation.ts';
import type {ServerVersion} from '../catalog/server-version.ts';
import {quoteName, quoteText} from '../names.ts';
import {parseType} from '../parse-type.ts';
import {findFact} from './render-index.ts';

/**
A column with everything that it has: MODIFY forgets what it is not told. The order of the clauses
is one that both servers take.

@param checks Of the table: MariaDB keeps some at their column, under its name.
*/
export function renderColumn(
	column: Column,
	{checks}: Pick<Table, 'checks'>,
	version: ServerVersion,
): string {
	const {name, type, collation, generated, facts, comment, onUpdate} = column;
	const isMariadb = version.flavour === 'mariadb';
	const system = findFact(facts, 'SRID');
	const own = checks.find((check) => isOfColumn(check, column));
	const words = [
		quoteName(name),
		renderType(type, collation, version),
		generated &&
			`GENERATED ALWAYS AS (${generated.expression}) ${generated.stored ? 'STORED' : 'VIRTUAL'}`,
		// MariaDB takes no word on NULL for what it computes.
		!(generated && isMariadb) && renderNull(column),
		findFact(facts, 'visibility'),
		column.default !== null && `DEFAULT ${column.default}`,
		onUpdate !== undefined && `ON UPDATE ${onUpdate}`,
		column.identity && 'AUTO_INCREMENT',
		comment !== undefined && `COMMENT ${quoteText(comment)}`,
		system !== undefined && `SRID ${system}`,
		findFact(facts, 'history'),
		own && `CHECK (${own.expression})`,
	];
	return words.filter((word) => word !== false && word !== null && word !== undefined).join(' ');
}

/** Checks of a table that MariaDB keeps at a column come and go with MODIFY. */
export function isOfColumn({name, isAutoNamed}: Check, column: Pick<Column, 'name'>): boolean {
	return isAutoNamed === true && name !== null && areNamesEqual(name, column.name);
}

export function renderType(type: string, collation: string | null, version: ServerVersion): string {
	if (collation === null) return type;
	const spelled = spellCollation(collation, version);
	const words = `CHARACTER SET ${findCharacterSet(spelled)} COLLATE ${spelled}`;
	// How a column is stored comes after what it holds.
	const compressed = / compressed$/i.exec(type)?.[0] ?? '';
	return `${type.slice(0, type.length - compressed.length)} ${words}${compressed}`;
}

/** A TIMESTAMP that is not told would be NOT NULL on servers that go the old way. */
function renderNull({nullable, type}: Column): string | false {
	if (!nullable) return 'NOT NULL';
	return parseType(type).name === 'timestamp' && 'NULL';
}
