import {ApplyError, type DeepDiffError} from '../../model/errors.ts';
import type {Connection} from '../../dialects/dialect.ts';
import type {Pack} from '../pack/read-pack.ts';
import {makeAppliedError, makeChangedError} from './check-target.ts';
import {countThings} from './describe-rows.ts';
import {findChangedRows, isApplied} from './judge-target.ts';
import type {FailedStatement} from './run-statements.ts';

/**
Finds out why a statement failed, on the database as it is again after rolling back: because
rows changed since the review, because the pack was applied already, or for the server's own
reason.
*/
export async function explainFailure(
	failure: FailedStatement,
	pack: Pack,
	connection: Connection,
): Promise<DeepDiffError> {
	const {statement, affected} = failure;
	if (statement.row) {
		if (await isApplied(pack, connection)) return makeAppliedError(pack);
		const changed = await findChangedRows(pack, connection);
		if (changed.count > 0) return makeChangedError(changed);
	}
	const what = `Statement ${statement.number} failed: ${statement.summary}`;
	if (affected === null) {
		const reason = failure.message.replace(/\.$/, '');
		return new ApplyError(`${what}: ${reason}. Nothing was changed.`, {
			hint: 'Decide otherwise about this row or object, make a new plan, and rehearse it first.',
			cause: failure,
		});
	}
	if (statement.row?.keyed === false) {
		return makeChangedError({count: 1, names: [describeUnkeyed(failure)]});
	}
	const rows = countThings(affected, 'row', 'rows');
	return new ApplyError(
		`${what}: it affected ${rows} instead of ${statement.expects ?? 0}, though every row is as reviewed. Nothing was changed.`,
		{
			hint: 'A trigger may have changed the row while the pack ran: try --triggers off.',
			cause: failure,
		},
	);
}

function describeUnkeyed({statement, affected}: FailedStatement): string {
	const found = countThings(affected ?? 0, 'copy', 'copies');
	return `${statement.summary} found ${found} instead of ${statement.expects ?? 0}`;
}
