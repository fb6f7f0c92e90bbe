import type {ConnectionSettings} from '../../model/connection-settings.ts';
import type {Dialect} from '../dialect.ts';
import {connectSqlite} from './connect.ts';
import {migrate} from './ddl/migrate.ts';
import {pragmasAfter, pragmasBefore} from './ddl/session-pragmas.ts';
import {defineTable} from './ddl/define-table.ts';
import {tableAfter} from './ddl/table-after.ts';
import {normalise} from './normalise.ts';
import {OtherEncodingError, SqlitePairReader} from './pair-reader.ts';
import {run} from './run.ts';
import {SqliteSideReader} from './side-reader.ts';
import {spellType} from './value-types.ts';
import {renderRowWrite} from './write-row.ts';

function openJoined(prod: ConnectionSettings, dev: ConnectionSettings): SqlitePairReader | null {
	try {
		return SqlitePairReader.open(prod, dev);
	} catch (error) {
		if (error instanceof OtherEncodingError) return null;
		throw error;
	}
}

/** SQLite, in process: both files in one engine, DDL inside the transaction. */
export const sqlite: Dialect = {
	traits: {
		title: 'SQLite',
		typesValues: true,
		transactionalDdl: true,
		checksForeignKeysAtEnd: true,
		identityFollowsKey: true,
		namesTriggersPerTable: false,
	},
	connect: (settings, {access}) => Promise.resolve(connectSqlite(settings, access)),
	openJoined: (prod, dev) => run(() => openJoined(prod, dev)),
	openSide: (settings) => run(() => new SqliteSideReader(settings)),
	holdSnapshot: () => Promise.resolve(null),
	normalise,
	migrate,
	tableAfter,
	defineTable,
	renderRowWrite,
	// The largest value in the table is all that it goes by; AUTOINCREMENT counts inserted ones too.
	advanceIdentity: () => null,
	suspendForeignKey: () => ({suspend: [], resume: []}),
	packFrame: () => ({
		// The shell goes on after an error unless it is told, and would commit the half of it.
		prologue: ['.bail on', ...pragmasBefore, 'BEGIN IMMEDIATE'],
		epilogue: ['COMMIT', ...pragmasAfter],
	}),
	spellType,
};
