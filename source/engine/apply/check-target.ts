import {ApplyError, PackError, TargetChangedError} from '../../model/errors.ts';
import {displayName} from '../../model/connection-settings.ts';
import type {Catalog} from '../../model/catalog.ts';
import type {Connection} from '../../dialects/dialect.ts';
import type {Pack} from '../pack/read-pack.ts';
import {PhaseMeter, type ApplyContext, type ApplyEvent} from './apply-context.ts';
import {countThings, listNames, mostRowsNamed, describeDifference} from './describe-rows.ts';
import type {TableChecks} from '../plan/plan-summary.ts';
import {isApplied} from './judge-target.ts';
import {judgeRow, readTouchedRows} from './read-touched-rows.ts';

/** @throws {PackError | ApplyError} When the connection leads to another database, or a closed one. */
export async function refuseOtherDatabase({header}: Pack, connection: Connection): Promise<void> {
	const facts = await connection.describe();
	const name = displayName(connection.settings);
	if (facts.identity !== header.prod.identity) {
		throw new PackError(
			`The pack was made for another database: for ${header.prod.name}, and this is ${name}. Nothing was changed.`,
			{hint: 'If it is the same one in another place, compare again and make a new plan for it.'},
		);
	}
	if (facts.readOnly) {
		throw new ApplyError(`${name} can only be read. Nothing was changed.`, {
			hint: 'Connect with an account, or as a user, that may write to it.',
		});
	}
}

/**
Tells whether the schema is still what was reviewed; call it inside the transaction.

@param outside The catalog as it was read before triggers were switched off, where they are:
inside the transaction they may be missing.
@throws {TargetChangedError} When it is not, or when the pack was applied already.
*/
export async function checkSchema(
	{pack, connection}: ApplyContext,
	outside: Catalog | null,
): Promise<void> {
	const {catalog} = pack.header.prod;
	// An undo without its migration's receipt: only the rows' guards can tell.
	if (catalog === null) return;
	const inside = await connection.readCatalog();
	const {fingerprint} = outside ?? inside;
	const isStill = outside === null || areSameBesideTriggers(outside, inside);
	if (fingerprint === catalog && isStill) return;
	if (await isApplied(pack, connection)) throw makeAppliedError(pack);
	throw new TargetChangedError(
		`The structure of ${pack.header.prod.name} changed since the plan was made. Nothing was written.`,
		{hint: 'Compare again, look at what changed, and make a new plan.'},
	);
}

function areSameBesideTriggers(a: Catalog, b: Catalog): boolean {
	const print = ({tables, views}: Catalog) => JSON.stringify([tables, views]);
	return print(a) === print(b);
}

export function makeAppliedError({header}: Pack): TargetChangedError {
	return header.kind === 'migration'
		? new TargetChangedError(
				`The pack was applied already: ${header.prod.name} is as it leaves it. Nothing was written.`,
				{hint: 'There is nothing to do; to go back, use `deepdiff-db undo`.'},
			)
		: new TargetChangedError(
				`The pack was undone already: ${header.prod.name} is as it was before. Nothing was written.`,
				{hint: 'There is nothing to do.'},
			);
}

/**
Reads the rows whose statements can't guard them well enough by themselves, before anything
runs.

@param chooses Of which tables; all where what runs first can't be rolled back.
@throws {TargetChangedError} Naming those that are no longer what was reviewed.
*/
export async function* checkRowsBefore(
	{pack, connection, signal}: ApplyContext,
	chooses = ({readsBefore}: TableChecks) => readsBefore,
): AsyncGenerator<ApplyEvent, void> {
	if (!pack.header.tables.some(chooses)) return;
	const meter = new PhaseMeter('before', pack.count, signal);
	const names: string[] = [];
	let count = 0;
	for await (const page of readTouchedRows(pack, connection, 'before', chooses)) {
		for (const touched of page) {
			const judgement = judgeRow(touched, 'before', pack);
			if (judgement.kind === 'as expected') continue;
			count++;
			if (names.length < mostRowsNamed) names.push(describeDifference(judgement, touched));
		}
		yield* meter.step(page.at(-1)?.check.number ?? 0, () => '');
	}
	if (count === 0) return;
	if (await isApplied(pack, connection)) throw makeAppliedError(pack);
	throw makeChangedError({count, names});
}

export function makeChangedError({
	count,
	names,
}: {
	readonly count: number;
	readonly names: readonly string[];
}): TargetChangedError {
	return new TargetChangedError(
		`${countThings(count, 'row is', 'rows are')} no longer what was reviewed: ${listNames(names, count)}. Nothing was written.`,
		{hint: 'Compare again with `deepdiff-db diff`, look at what changed, and make a new plan.'},
	);
}
