import {DeepDiffError, SchemaChangedError} from '../../../model/errors.ts';
import {StatementError} from '../../dialect.ts';
import type {DriverValue, MssqlSession} from '../session.ts';
import {readIdentityInsert} from '../write-row.ts';

/** Characters of SQL in one batch; the server takes far more. */
const batchLength = 512 * 1024;

/**
Runs statements in order, those that write rows many in one batch: a slow link is then waited for
once, and each tells its own count. What changes the structure is a batch of its own, as views and
routines must be.

@returns Rows that each affected itself; what its triggers did is not counted.
@throws {StatementError} Naming the one that failed; those before it have run.
*/
export async function runStatements(
	session: MssqlSession,
	statements: readonly string[],
): Promise<number[]> {
	const counts: number[] = [];
	for (const batch of cutBatches(statements)) {
		const found: DriverValue[][] = [];
		try {
			if (writesRows(batch[0] ?? '')) {
				await session.readAll(batch.map(countRows).join(';\n'), found);
				counts.push(...found.map(([count]) => Number(count)));
			} else {
				await session.run(batch[0] ?? '');
				counts.push(0);
			}
		} catch (error) {
			throw explain(error, counts.length + found.length);
		}
	}
	return counts;
}

/** `@@ROWCOUNT` is that of the statement just before; with NOCOUNT ON it is the only word on it. */
function countRows(sql: string): string {
	const ask = 'SELECT @@ROWCOUNT AS n';
	const parts = readIdentityInsert(sql);
	// SET makes it zero.
	return parts ? [parts.before, parts.insert, ask, parts.after].join(';\n') : `${sql};\n${ask}`;
}

/** What the server says of a statement is the statement's; what became of the connection is not. */
function explain(error: unknown, index: number): unknown {
	const isStatements = !(error instanceof DeepDiffError) || error instanceof SchemaChangedError;
	if (!isStatements) return error;
	const cause = error instanceof SchemaChangedError ? (error.cause ?? error) : error;
	const message = cause instanceof Error ? cause.message : String(cause);
	return new StatementError(index, message, {cause: error});
}

function* cutBatches(statements: readonly string[]): Generator<string[]> {
	let batch: string[] = [];
	let length = 0;
	for (const sql of statements) {
		const isAlone = !writesRows(sql) || !writesRows(batch[0] ?? sql);
		if (batch.length > 0 && (isAlone || length + sql.length > batchLength)) {
			yield batch;
			batch = [];
			length = 0;
		}
		batch.push(sql);
		length += sql.length;
	}
	if (batch.length > 0) yield batch;
}

function writesRows(sql: string): boolean {
	return /^(?:INSERT|UPDATE|DELETE|SET IDENTITY_INSERT)\b/.test(sql);
}
