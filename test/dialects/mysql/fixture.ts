import type {Database} from '../../servers/server.ts';
import {readCatalog} from '../../../source/dialects/mysql/catalog/read-catalog.ts';
import type {CatalogQuery} from '../../../source/dialects/mysql/catalog/information-schema.ts';
import {quoteText} from '../../../source/dialects/mysql/names.ts';
import {normalise} from '../../../source/dialects/mysql/normalise.ts';
import type {SchemaRules} from '../../../source/engine/schema/comparison.ts';
import type {Catalog} from '../../../source/model/catalog.ts';

export const rules: SchemaRules = {
	normalise,
	traits: {
		title: 'MySQL',
		typesValues: false,
		transactionalDdl: false,
		checksForeignKeysAtEnd: true,
		identityFollowsKey: false,
		namesTriggersPerTable: false,
	},
};

export function readDatabase(database: Database): Promise<Catalog> {
	return readCatalog(makeQuery(database), database.settings, 'MySQL');
}

function makeQuery(database: Database): CatalogQuery {
	return (sql, bindings = []) => {
		const values = [...bindings];
		return database.query(sql.replaceAll('?', () => quoteText(values.shift() ?? '')));
	};
}

/** Runs statements one by one, as an apply does: each commits by itself. */
export async function runAll(database: Database, statements: readonly string[]): Promise<void> {
	for (const sql of statements) {
		try {
			await database.query(sql);
		} catch (error) {
			throw new Error(`${error instanceof Error ? error.message : ''}\n${sql}`, {cause: error});
		}
	}
}
