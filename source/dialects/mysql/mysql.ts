import type {Catalog} from '../../model/catalog.ts';
import type {Dialect, PackFrame} from '../dialect.ts';
import {MysqlConnection} from './connect.ts';
import {migrate} from './ddl/migrate.ts';
import {defineTable} from './ddl/define-table.ts';
import {tableAfter} from './ddl/table-after.ts';
import {quoteName} from './names.ts';
import {normalise} from './normalise.ts';
import {spellingSettings} from './session-settings.ts';
import {MysqlSideReader} from './side-reader.ts';
import {title} from './title.ts';
import {spellType} from './value-types.ts';
import {renderRowWrite} from './write-row.ts';

/** MySQL and MariaDB, which answers is known once connected: changes of structure commit by themselves. */
export const mysql: Dialect = {
	traits: {
		title,
		typesValues: false,
		transactionalDdl: false,
		checksForeignKeysAtEnd: true,
		identityFollowsKey: false,
		namesTriggersPerTable: false,
	},
	connect: (settings, options) => MysqlConnection.open(settings, options),
	openJoined: null,
	openSide: (settings, options) => MysqlSideReader.open(settings, options),
	// A snapshot belongs to the session that took it; only Percona's server can clone one.
	holdSnapshot: () => Promise.resolve(null),
	normalise,
	migrate,
	tableAfter,
	defineTable,
	renderRowWrite,
	// AUTO_INCREMENT follows every larger value that is inserted.
	advanceIdentity: () => null,
	suspendForeignKey: () => ({suspend: [], resume: []}),
	packFrame: framePack,
	spellType,
};

function framePack({schemas: [database]}: Catalog): PackFrame {
	return {
		prologue: [
			...(database === undefined ? [] : [`USE ${quoteName(database)}`]),
			...spellingSettings,
			'SET SESSION foreign_key_checks = 0',
			'START TRANSACTION',
		],
		compound: {before: 'DELIMITER ;;', after: ';;\nDELIMITER ;'},
		epilogue: ['COMMIT', 'SET SESSION foreign_key_checks = 1'],
	};
}
