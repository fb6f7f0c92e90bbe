import {ApplyError} from '../../model/errors.ts';
import {PhaseMeter, type ApplyContext, type ApplyEvent} from './apply-context.ts';
import {countThings, listNames, mostRowsNamed} from './describe-rows.ts';

/** @throws {ApplyError} Naming foreign keys that would not hold. */
export async function* checkForeignKeys({
	connection,
	signal,
}: ApplyContext): AsyncGenerator<ApplyEvent, void> {
	const meter = new PhaseMeter('foreign keys', 1, signal);
	yield* meter.step(0, () => '');
	const violations = await connection.findNewViolations();
	yield meter.read(1, '');
	if (violations.length === 0) return;
	const names = violations
		.slice(0, mostRowsNamed)
		.map(({table, row, referencedTable}) => `${table} (${row}) → ${referencedTable}`);
	throw new ApplyError(
		`${countThings(violations.length, 'foreign key', 'foreign keys')} would not hold: ${listNames(names, violations.length)}. Nothing was changed.`,
		{hint: 'Take the rows that are referred to as well, or keep prod’s version of these.'},
	);
}
