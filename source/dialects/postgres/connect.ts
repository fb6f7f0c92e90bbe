import type {Catalog} from '../../model/catalog.ts';
import type {ConnectionSettings} from '../../model/connection-settings.ts';
import {
	ApplyError,
	ConnectionError,
	ConnectionLostError,
	SchemaChangedError,
} from '../../model/errors.ts';
import type {Layout} from '../../model/layout.ts';
import {
	StatementError,
	type Connection,
	type ConnectOptions,
	type ForeignKeyViolation,
	type MissingRight,
	type ServerFacts,
} from '../dialect.ts';
import {readCode} from '../server/explain-network-error.ts';
import {PipelineError, runPipeline} from './apply/run-pipeline.ts';
import {readWrittenTable, TriggerPause} from './apply/trigger-pause.ts';
import {readCatalog} from './catalog/read-catalog.ts';
import {countRows} from './count-rows.ts';
import {describeServer} from './describe.ts';
import {readMessage} from './errors.ts';
import {listMissingRights} from './missing-rights.ts';
import {countCopies} from './rows/count-copies.ts';
import {readRowsByKey} from './rows/read-by-key.ts';
import {mayBeRefused} from './rows/key-literal.ts';
import {makeRowPlan, type RowPlan} from './rows/row-plan.ts';
import {PostgresSession} from './session.ts';

/**
Opens one database.

@throws {ConnectionError} With a hint.
*/
export async function connectPostgres(
	settings: ConnectionSettings,
	options: ConnectOptions,
): Promise<Connection> {
	return new PostgresConnection(await PostgresSession.open(settings, options), options);
}

class PostgresConnection implements Connection {
	readonly #options: ConnectOptions;
	#session: PostgresSession;
	#isInTransaction = false;
	/** Null while triggers fire. */
	#triggerPause: TriggerPause | null = null;
	/** Until the structure may have changed. */
	#plans = new Map<Layout, RowPlan>();

	constructor(session: PostgresSession, options: ConnectOptions) {
		this.#session = session;
		this.#options = options;
	}

	get settings(): ConnectionSettings {
		return this.#session.settings;
	}

	async describe(): Promise<ServerFacts> {
		return describeServer(await this.#reach());
	}

	async readCatalog(): Promise<Catalog> {
		return readCatalog(await this.#reach());
	}

	async countRows(table: string): Promise<number> {
		return countRows(await this.#reach(), table);
	}

	async listMissingRights(access: 'read' | 'write'): Promise<MissingRight[]> {
		return listMissingRights(await this.#reach(), access);
	}

	async readRows(layout: Layout, keys: readonly string[]): Promise<(string | null)[]> {
		const session = await this.#reach();
		const plan = await this.#plan(session, layout);
		const isRisky = this.#isInTransaction && plan.key.some(mayBeRefused);
		const rows = await readRowsByKey(session, plan, keys, (work) =>
			isRisky ? tryInside(session, work) : work(),
		);
		return rows.map((row) => row?.fields.join('') ?? null);
	}

	async countCopies(layout: Layout, rows: readonly string[]): Promise<number[]> {
		const session = await this.#reach();
		return countCopies(session, await this.#plan(session, layout), rows);
	}

	async begin({triggers}: {readonly triggers: boolean}): Promise<void> {
		const session = await this.#reach();
		await session.run('BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE');
		this.#isInTransaction = true;
		this.#plans.clear();
		this.#triggerPause = triggers ? null : new TriggerPause(session);
	}

	async run(statements: readonly string[]): Promise<number[]> {
		if (!statements.every((sql) => readWrittenTable(sql) !== null)) this.#plans.clear();
		const session = await this.#reach();
		await this.#triggerPause?.prepareFor(statements);
		try {
			return await runPipeline(session.client, statements);
		} catch (error) {
			if (!(error instanceof PipelineError)) throw await session.explain(error);
			throw await explainStatement(session, error);
		}
	}

	/** Those that wait for the commit are checked now; the others were when their statement ran. */
	async findNewViolations(): Promise<ForeignKeyViolation[]> {
		const session = await this.#reach();
		try {
			await session.run('SET CONSTRAINTS ALL IMMEDIATE');
			return [];
		} catch (error) {
			const violation = readViolation(error);
			if (violation) return [violation];
			if (error instanceof ConnectionError) throw error;
			throw new ApplyError(
				`A constraint would not hold: ${readMessage(error)}. Nothing was changed.`,
				{
					hint: 'Look at the rows that are named, and at what was decided for them.',
					cause: error,
				},
			);
		}
	}

	async commit(): Promise<void> {
		await this.#triggerPause?.resume();
		const session = await this.#reach();
		const {command} = await session.attempt(() => session.client.query('COMMIT'));
		this.#leave();
		// The server answers so, without an error, when something in the transaction had failed.
		if (command === 'ROLLBACK') throw new ApplyError('The server rolled the transaction back.');
	}

	async rollback(): Promise<void> {
		if (!this.#isInTransaction) return;
		this.#leave();
		// A transaction whose connection is gone was rolled back with it.
		if (!this.#session.isLost) await this.#session.run('ROLLBACK').catch(() => undefined);
	}

	async close(): Promise<void> {
		await this.rollback();
		await this.#session.close();
	}

	#leave(): void {
		this.#isInTransaction = false;
		this.#triggerPause = null;
		this.#plans.clear();
	}

	/** The session, a new one where the old one was lost; but a lost transaction stays lost. */
	async #reach(): Promise<PostgresSession> {
		if (!this.#session.isLost || this.#isInTransaction) return this.#session;
		await this.#session.close();
		this.#plans.clear();
		this.#session = await PostgresSession.open(this.settings, this.#options);
		return this.#session;
	}

	async #plan(session: PostgresSession, layout: Layout): Promise<RowPlan> {
		const plan = this.#plans.get(layout) ?? (await makeRowPlan(session, layout));
		this.#plans.set(layout, plan);
		return plan;
	}
}

/** A value that the server refuses must not cost the transaction. */
async function tryInside<Result>(
	session: PostgresSession,
	work: () => Promise<Result>,
): Promise<Result> {
	await session.run('SAVEPOINT deepdiff');
	try {
		const result = await work();
		await session.run('RELEASE SAVEPOINT deepdiff');
		return result;
	} catch (error) {
		if (!session.isLost) await session.run('ROLLBACK TO SAVEPOINT deepdiff');
		throw error;
	}
}

/** The one that failed is named, unless the connection or the person ended it. */
async function explainStatement(session: PostgresSession, error: PipelineError): Promise<unknown> {
	const explained = await session.explain(error.cause);
	const isItsFault =
		explained === error.cause ||
		explained instanceof SchemaChangedError ||
		(explained instanceof ConnectionError && !(explained instanceof ConnectionLostError));
	if (!isItsFault) return explained;
	return new StatementError(error.index, readMessage(error.cause), {cause: error.cause});
}

/** What the server tells of a foreign key: SQLSTATE 23503 with the table and the key's values. */
function readViolation(error: unknown): ForeignKeyViolation | null {
	if (readCode(error) !== '23503' || !(error instanceof Error)) return null;
	const text = (name: string) => {
		const value: unknown = Reflect.get(error, name);
		return typeof value === 'string' ? value : '';
	};
	const detail = text('detail');
	const [, row = detail, referencedTable = ''] =
		/^Key (.*) is (?:not present in|still referenced from) table "(.*)"\.$/s.exec(detail) ?? [];
	return {table: text('table'), row, referencedTable};
}
