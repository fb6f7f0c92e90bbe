import type {Table} from '../../../model/catalog.ts';
import type {SchemaChange} from '../../../model/schema-change.ts';
import {tableAfter as findTableAfter} from '../../server/table-after.ts';
import {foldName} from '../catalog/fold-name.ts';
import {listMentions} from '../catalog/list-dependencies.ts';

/** Prod's table as it will be once the changes of it ran. */
export function tableAfter(changes: readonly SchemaChange[], prod: Table, dev: Table): Table {
	return findTableAfter(changes, prod, dev, {foldName, listMentions});
}
