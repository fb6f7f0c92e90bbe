import type {NotCompared} from '../../../model/catalog.ts';
import {readInformation, type InformationScope} from './information-schema.ts';
import type {NameOf} from './read-views.ts';

/** Rights belong to a server's own accounts: they are listed and not compared. */
export async function listGrants(scope: InformationScope, nameOf: NameOf): Promise<NotCompared[]> {
	const order = 'GRANTEE, PRIVILEGE_TYPE';
	const onSchemas = await readInformation(scope, 'SCHEMA_PRIVILEGES', order);
	const onTables = await readInformation(scope, 'TABLE_PRIVILEGES', order);
	const grants = new Map<string, string[]>();
	for (const row of [...onSchemas, ...onTables]) {
		const table = row.find('table_name');
		const schema = row.text('table_schema');
		const on = table === null ? `${schema}.*` : nameOf(schema, table);
		const name = `${row.text('grantee')} on ${on}`;
		grants.set(name, [...(grants.get(name) ?? []), row.text('privilege_type')]);
	}
	return [...grants].map(([name, rights]) => ({
		kind: 'grant',
		name,
		reason: `rights belong to the accounts of each server: ${rights.join(', ')}`,
	}));
}
