import type {Dialect} from '../dialect.ts';
import {renderAdvance} from './advance-identity.ts';
import {connectPostgres} from './connect.ts';
import {migrate} from './ddl/migrate.ts';
import {defineTable} from './ddl/define-table.ts';
import {tableAfter} from './ddl/table-after.ts';
import {holdSnapshot} from './hold-snapshot.ts';
import {normalise} from './normalise.ts';
import {makePackFrame} from './pack-frame.ts';
import {PostgresSideReader} from './side-reader.ts';
import {suspendForeignKey} from './suspend-foreign-key.ts';
import {spellType} from './value-types.ts';
import {renderRowWrite} from './write-row.ts';

/** PostgreSQL 12 and later: digests in the server, DDL inside the transaction. */
export const postgres: Dialect = {
	traits: {
		title: 'PostgreSQL',
		typesValues: false,
		transactionalDdl: true,
		checksForeignKeysAtEnd: false,
		identityFollowsKey: false,
		namesTriggersPerTable: true,
	},
	connect: connectPostgres,
	openJoined: null,
	openSide: (settings, options) => PostgresSideReader.open(settings, options),
	holdSnapshot,
	normalise,
	migrate,
	tableAfter,
	defineTable,
	renderRowWrite,
	advanceIdentity: ({name}, column) => renderAdvance(name, column),
	suspendForeignKey,
	packFrame: makePackFrame,
	spellType,
};
