import type {ServerFacts} from '../dialect.ts';
import type {Row} from '../server/session.ts';
import {quoteText} from './names.ts';
import type {MysqlSession} from './session.ts';

export async function describeServer(session: MysqlSession): Promise<ServerFacts> {
	const {database, schemas} = session.settings;
	const own = [...new Set([...(schemas.length > 0 ? schemas : [database])])];
	const list = own.map(quoteText).join(', ');
	const facts = await session.run(
		`SHOW GLOBAL VARIABLES WHERE Variable_name IN ('read_only', 'super_read_only', 'innodb_read_only',
			'server_uuid', 'server_uid', 'hostname', 'port', 'datadir', 'sql_mode', 'version_comment')`,
	);
	const variables = new Map(facts.map((row) => [row['Variable_name'] ?? '', row['Value'] ?? '']));
	const [size] = await session.run(
		`SELECT COUNT(*) AS tables, COALESCE(SUM(DATA_LENGTH + INDEX_LENGTH), 0) AS bytes,
			COALESCE(SUM(ENGINE IN ('MyISAM', 'Aria', 'MEMORY', 'ARCHIVE', 'CSV')), 0) AS unsafe
		FROM information_schema.TABLES WHERE TABLE_SCHEMA IN (${list}) AND TABLE_TYPE <> 'VIEW'`,
	);
	const version = session.version.numbers.join('.');
	const isOn = (name: string) => variables.get(name) === 'ON' || variables.get(name) === '1';
	return {
		server: `${session.version.flavour === 'mariadb' ? 'MariaDB' : 'MySQL'} ${version}`,
		version,
		tables: Number(size?.['tables']),
		bytes: Number(size?.['bytes']),
		readOnly: isOn('innodb_read_only') || isOn('super_read_only') || isOn('read_only'),
		notes: makeNotes(variables, size),
		identity: `${identifyServer(variables)}/${database}`,
	};
}

function makeNotes(variables: ReadonlyMap<string, string>, size: Row | undefined): string[] {
	const unsafe = Number(size?.['unsafe'] ?? 0);
	const isStrict = /STRICT_(?:ALL|TRANS)_TABLES/.test(variables.get('sql_mode') ?? '');
	return [
		'changes of structure can’t be rolled back',
		...(unsafe > 0
			? [
					`${unsafe === 1 ? '1 table has' : `${unsafe} tables have`} an engine without transactions: rows written there can’t be rolled back`,
				]
			: []),
		...(isStrict
			? []
			: ['its own sql_mode is not strict: values may have been cut when they were written']),
	];
}

/** MariaDB has an identifier of its own only since 10.5.26 and 10.11.9. */
function identifyServer(variables: ReadonlyMap<string, string>): string {
	const own = variables.get('server_uuid') ?? variables.get('server_uid');
	if (own !== undefined && own !== '') return own;
	return ['hostname', 'port', 'datadir'].map((name) => variables.get(name) ?? '').join(' ');
}
