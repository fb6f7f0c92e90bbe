import {narrowPack} from '../pack/narrow-pack.ts';
import type {Pack} from '../pack/read-pack.ts';

export type Rehearsal = {
	readonly pack: Pack;
	readonly notTried: {readonly schemaStatements: number; readonly rowStatements: number};
};

/**
What of a pack can be run and rolled back where changes of structure commit by themselves: the rows
of tables that stay as they are. The others need a structure that is not there yet.
*/
export function selectRehearsal(pack: Pack): Rehearsal {
	const changed = new Set<string>();
	for (const {kind, table, allowed} of pack.checks()) {
		if (kind === 'ddl' && allowed) changed.add(table);
	}
	let [schemaStatements, rowStatements] = [0, 0];
	for (const {kind, table, allowed} of pack.checks()) {
		if (!allowed) continue;
		if (kind === 'ddl') schemaStatements++;
		else if (changed.has(table)) rowStatements++;
	}
	const tables = pack.header.tables.filter(({table}) => !changed.has(table));
	return {
		pack: {
			...narrowPack(pack, ({kind, table}) => kind !== 'ddl' && !changed.has(table)),
			header: {...pack.header, tables},
		},
		notTried: {schemaStatements, rowStatements},
	};
}
