import type {Config} from '../config/config.ts';
import {fillPassword} from '../config/fill-password.ts';
import type {Connection, Dialect, ServerFacts} from '../dialects/dialect.ts';
import {loadDialect} from '../dialects/registry.ts';
import type {Catalog} from '../model/catalog.ts';
import {displayName, type ConnectionSettings} from '../model/connection-settings.ts';
import {ConfigurationError, ConnectionError} from '../model/errors.ts';
import {translateCatalog} from './schema/translate/translate-catalog.ts';
import {openConnection} from './open-connection.ts';
import {SnapshotConnection} from './snapshot/snapshot-connection.ts';

export type {MissingRight} from '../dialects/dialect.ts';

/** One side, opened for reading. */
export type OpenSide = {
	readonly settings: ConnectionSettings;
	/** Display name, never with a password. */
	readonly name: string;
	readonly connection: Connection;
	readonly facts: ServerFacts;
	readonly catalog: Catalog;
};

/** Both sides opened, read-only, with what was read of their structure. */
export type Session = {
	readonly config: Config;
	/** Prod's: what is planned is written in its words. */
	readonly dialect: Dialect;
	/** The same object as prod's where both sides are one engine. */
	readonly devDialect: Dialect;
	/** Dev's structure in the words of prod's engine; its own catalog where both are one. */
	readonly devStructure: Catalog;
	readonly prod: OpenSide;
	readonly dev: OpenSide;
	/** The common ancestor, where one is known. */
	readonly base: OpenSide | null;
	close(): Promise<void>;
};

/**
Connects to one side and reads its structure.

@throws {ConnectionError | LockedError} With a hint for the person.
*/
export async function openSide(configured: ConnectionSettings): Promise<OpenSide> {
	const settings = await fillPassword(configured, undefined);
	const connection = await openConnection(settings);
	try {
		const facts = await connection.describe();
		const catalog = await connection.readCatalog();
		return {settings, name: displayName(settings), connection, facts, catalog};
	} catch (error) {
		await connection.close();
		throw error;
	}
}

/**
Opens prod, dev and, where configured, the base.

@throws {ConfigurationError} When a side is not named.
@throws {ConnectionError} When a side can't be opened, or both are the same database.
*/
export async function openSession(config: Config): Promise<Session> {
	const settings = {prod: requireSide(config, 'prod'), dev: requireSide(config, 'dev')};
	const opened: OpenSide[] = [];
	const close = async () => {
		for (const side of opened) await side.connection.close();
	};
	try {
		const prod = await openSide(settings.prod);
		opened.push(prod);
		const dev = await openSide(settings.dev);
		opened.push(dev);
		requireTwoDatabases(prod, dev);
		const base = config.base ? await openSide(config.base) : null;
		if (base) opened.push(base);
		const dialect = await loadDialect(settings.prod);
		const devDialect = await loadDialect(settings.dev);
		const devStructure = translateStructure({dialect, devDialect, prod, dev});
		return {config, dialect, devDialect, devStructure, prod, dev, base, close};
	} catch (error) {
		await close();
		throw error;
	}
}

/** Dev's structure as prod's engine would tell it. */
export function translateStructure({
	dialect,
	devDialect,
	prod,
	dev,
}: Pick<Session, 'dialect' | 'devDialect' | 'prod' | 'dev'>): Catalog {
	if (dialect === devDialect) return dev.catalog;
	return translateCatalog(dev.catalog, prod.catalog, {prod: dialect, dev: devDialect});
}

/** @throws {ConnectionError} When both names lead to one database, or one of them to a snapshot. */
export function requireTwoDatabases(prod: OpenSide, dev: OpenSide): void {
	for (const {connection, name} of [prod, dev]) {
		if (!(connection instanceof SnapshotConnection)) continue;
		throw new ConnectionError(`${name} is a snapshot, which can only be a base.`, {
			hint: 'Name the database itself, and the snapshot with --base.',
		});
	}
	if (prod.facts.identity !== dev.facts.identity) return;
	throw new ConnectionError(`prod and dev are the same database: ${prod.name}.`, {
		hint: 'Name two different databases with --prod and --dev.',
	});
}

function requireSide(config: Config, side: 'prod' | 'dev'): ConnectionSettings {
	const settings = config[side];
	if (settings) return settings;
	throw new ConfigurationError(`No ${side} database is configured.`, {
		hint: `Give --${side} FILE|URL, or write a .deepdiffrc with \`deepdiff-db init\`. To look around first: \`deepdiff-db demo\`.`,
	});
}
