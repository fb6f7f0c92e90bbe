import type {AllowKind, SchemaChange} from '../model/schema-change.ts';
import {renderFrame, renderStatement} from './pack/render-pack.ts';
import {planSchema} from './plan/plan-schema.ts';
import type {Session} from './session.ts';

/**
The SQL that brings prod's structure in line with dev's, for reading and for the database's
own shell: what is destructive is commented unless its kind is allowed. It has no guards and no
manifest; `plan` makes a pack that `apply` checks.
*/
export function renderSchemaSql(
	{dialect, prod, devStructure}: Pick<Session, 'dialect' | 'prod' | 'devStructure'>,
	changes: readonly SchemaChange[],
	allow: ReadonlySet<AllowKind>,
): string {
	const {before, after} = planSchema({
		dialect,
		prodCatalog: prod.catalog,
		devCatalog: devStructure,
		allow,
		choices: changes.map((change) => ({change, chosen: true, allowed: false})),
		countRows: () => null,
	});
	const frame = dialect.packFrame(prod.catalog);
	const {prologue, epilogue, separator} = frame;
	const statements = [...before, ...after].map((statement, index) => {
		const {lead, sql, end} = renderStatement({...statement, number: index + 1}, frame);
		return lead + sql + end;
	});
	return `${renderFrame(prologue, separator)}\n${statements.join('')}${renderFrame(epilogue, separator)}`;
}
