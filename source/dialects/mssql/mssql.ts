import type {Dialect} from '../dialect.ts';
import {MssqlConnection} from './connect.ts';
import {defineTable} from './ddl/define-table.ts';
import {migrate} from './ddl/migrate.ts';
import {tableAfter} from './ddl/name-rules.ts';
import {quoteName, quoteTable} from './names.ts';
import {normalise} from './normalise.ts';
import {spellingSettings} from './session-settings.ts';
import {MssqlSideReader} from './side-reader.ts';
import {title} from './title.ts';
import {spellType} from './value-types.ts';
import {renderRowWrite} from './write-row.ts';

/** SQL Server 2016 and later, and Azure SQL: DDL inside the transaction. */
export const mssql: Dialect = {
	traits: {
		title,
		typesValues: false,
		transactionalDdl: true,
		checksForeignKeysAtEnd: false,
		identityFollowsKey: false,
		namesTriggersPerTable: false,
	},
	connect: (settings, options) => MssqlConnection.open(settings, options),
	openJoined: null,
	openSide: (settings, options) => MssqlSideReader.open(settings, options),
	// A snapshot belongs to the transaction that reads it.
	holdSnapshot: () => Promise.resolve(null),
	normalise,
	migrate,
	tableAfter,
	defineTable,
	renderRowWrite,
	// IDENTITY_INSERT moves the identity on by itself.
	advanceIdentity: () => null,
	suspendForeignKey: ({table, key}) => {
		const alter = (how: string) =>
			`ALTER TABLE ${quoteTable(table)} ${how} CONSTRAINT ${quoteName(key.name ?? '')}`;
		return {suspend: [alter('NOCHECK')], resume: [alter('WITH CHECK CHECK')]};
	},
	packFrame: () => ({
		// sqlcmd goes on after an error unless it is told.
		prologue: [':on error exit', ...spellingSettings, 'BEGIN TRANSACTION'],
		epilogue: ['COMMIT TRANSACTION'],
		// A batch is compiled as a whole, so before it has made a column none may speak of that; views and
		// routines insist on one of their own.
		separator: 'GO',
	}),
	spellType,
};
