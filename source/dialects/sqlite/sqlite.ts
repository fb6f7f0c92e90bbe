import type {Dialect} from '../dialect.ts';
import {connectSqlite} from './connect.ts';
import {migrate} from './ddl/migrate.ts';
import {pragmasAfter, pragmasBefore} from './ddl/session-pragmas.ts';
import {tableAfter} from './ddl/table-after.ts';
import {normalise} from './normalise.ts';
import {SqlitePairReader} from './pair-reader.ts';
import {quoteName} from './quote-name.ts';
import {renderRowWrite} from './write-row.ts';

/** SQLite, in process: both files in one engine, DDL inside the transaction. */
export const sqlite: Dialect = {
	traits: {
		title: 'SQLite',
		transactionalDdl: true,
		checksForeignKeysAtEnd: true,
		identityFollowsKey: true,
		// The shell goes on after an error unless it is told, and would commit the half of it.
		packPrologue: ['.bail on', ...pragmasBefore, 'BEGIN IMMEDIATE'],
		packEpilogue: ['COMMIT', ...pragmasAfter],
	},
	connect: (settings, {access}) => Promise.resolve(connectSqlite(settings, access)),
	openPair: (prod, dev) => Promise.resolve(SqlitePairReader.open(prod, dev)),
	normalise,
	migrate,
	tableAfter,
	renderRowWrite,
	quoteName,
};
