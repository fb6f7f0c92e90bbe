import {StatementError} from '../../dialect.ts';
import {DeepDiffError, SchemaChangedError} from '../../../model/errors.ts';
import type {MysqlSession} from '../session.ts';

/** What the protocol adds to a statement, and what holds the batch together. */
const overhead = 1024;

/**
Runs statements in order, many in one packet: a slow link is then waited for once.

Rows are written with foreign keys unchecked, since they hold only once all are there; with a
change of structure the server checks them.

@returns Rows that each found, changed or not.
@throws {StatementError} Naming the one that failed; those before it have run.
*/
export async function runStatements(
	session: MysqlSession,
	statements: readonly string[],
): Promise<number[]> {
	refuseTooLarge(session, statements);
	const counts: number[] = [];
	for (const batch of cutBatches(statements, session.maxPacket - overhead)) {
		const done: number[] = [];
		const checks = changesStructure(batch[0] ?? '') ? 1 : 0;
		try {
			await session.change([`SET SESSION foreign_key_checks = ${checks}`, ...batch], done);
		} catch (error) {
			throw explain(error, counts.length + Math.max(done.length - 1, 0));
		}
		counts.push(...done.slice(1));
	}
	return counts;
}

/** What the server says of a statement is the statement's; what became of the connection is not. */
function explain(error: unknown, index: number): unknown {
	const isStatements = !(error instanceof DeepDiffError) || error instanceof SchemaChangedError;
	if (!isStatements) return error;
	const cause = error instanceof SchemaChangedError ? (error.cause ?? error) : error;
	const message = cause instanceof Error ? cause.message : String(cause);
	return new StatementError(index, message, {cause: error});
}

function refuseTooLarge({maxPacket}: MysqlSession, statements: readonly string[]): void {
	for (const [index, sql] of statements.entries()) {
		const size = Buffer.byteLength(sql);
		if (size <= maxPacket - overhead) continue;
		const message = `It has ${size} bytes and the server takes ${maxPacket} at most; raise its max_allowed_packet`;
		throw new StatementError(index, message, {cause: undefined});
	}
}

/** Rows together, each change of structure by itself. */
function* cutBatches(statements: readonly string[], most: number): Generator<string[]> {
	let batch: string[] = [];
	let bytes = 0;
	for (const sql of statements) {
		const size = Buffer.byteLength(sql) + 2;
		const isAlone = changesStructure(sql) || changesStructure(batch[0] ?? '');
		if (batch.length > 0 && (isAlone || bytes + size > most)) {
			yield batch;
			batch = [];
			bytes = 0;
		}
		batch.push(sql);
		bytes += size;
	}
	if (batch.length > 0) yield batch;
}

function changesStructure(sql: string): boolean {
	return sql !== '' && !/^(?:\/\*.*?\*\/\s*)?(?:INSERT|UPDATE|DELETE)\b/i.test(sql);
}
