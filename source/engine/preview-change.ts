import type {Statement} from '../model/plan.ts';
import type {SchemaChange} from '../model/schema-change.ts';
import type {Session} from './session.ts';

/**
The SQL of one structural change as if it were the only one, in the order in which it would
run. In the plan, changes of one table may share statements: several that need the table
rebuilt rebuild it once.
*/
export function previewChange(
	{dialect, prod, devStructure}: Pick<Session, 'dialect' | 'prod' | 'devStructure'>,
	change: SchemaChange,
): readonly Statement[] {
	return dialect.migrate([change], prod.catalog, devStructure);
}
