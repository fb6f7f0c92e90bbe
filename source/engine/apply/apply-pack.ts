import path from 'node:path';
import type {Connection} from '../../dialects/dialect.ts';
import {displayName} from '../../model/connection-settings.ts';
import {ApplyError} from '../../model/errors.ts';
import type {Receipt, TriggerMode} from '../../model/receipt.ts';
import type {AllowKind} from '../../model/schema-change.ts';
import {CopyCounts} from '../../store/copy-counts.ts';
import type {RunStore} from '../../store/run-store.ts';
import {findUndo} from '../pack/find-undo.ts';
import type {Pack} from '../pack/read-pack.ts';
import {AppliedRows} from './applied-rows.ts';
import {PhaseMeter, type ApplyContext, type ApplyEvent} from './apply-context.ts';
import {applyEvents, type ExpectedEnd} from './apply-journal.ts';
import {applyInPhases, isPhased} from './apply-in-phases.ts';
import {checkForeignKeys} from './check-foreign-keys.ts';
import {refuseClosedGates} from './check-gates.ts';
import {selectRehearsal} from './select-rehearsal.ts';
import {checkRowsBefore, checkSchema, refuseOtherDatabase} from './check-target.ts';
import {countCopiesBefore, needsCounting, sampleCopies, verifyCopies} from './count-copies.ts';
import {explainFailure} from './explain-failure.ts';
import {judgeOutcome} from './judge-outcome.ts';
import {refuseSecondTime} from './refuse-second-time.ts';
import {FailedStatement, runStatements} from './run-statements.ts';
import {verifyRows, type Verification} from './verify-rows.ts';

export type {ApplyEvent, ApplyPhase} from './apply-context.ts';

export type ApplyInput = {
	readonly pack: Pack;
	/** Opened for writing; the caller closes it. */
	readonly connection: Connection;
	readonly mode: 'rehearse' | 'apply';
	/** What is allowed now; the pack may have been written with more. */
	readonly allow: ReadonlySet<AllowKind>;
	readonly triggers: TriggerMode;
	readonly signal: AbortSignal;
	/** The run that the pack belongs to: its journal answers what became of an apply. */
	readonly store?: RunStore;
	readonly now?: () => Date;
};

/**
Runs a pack, migration or undo, in one transaction: checks the target, runs every statement
under its guard, reads the touched rows back, checks foreign keys, and only then commits. A
rehearsal does all of that and rolls back. Whatever goes wrong, nothing is changed.

Where the server commits each change of structure by itself, see apply-in-phases.ts; a rehearsal
then tries the rows of those tables alone whose structure stays as it is.

@throws {TargetChangedError} Rows or structure are no longer what was reviewed, or the pack
was applied already.
@throws {PackError} It was made for another database, or edited meanwhile.
@throws {ApplyError} A statement, the verification or a foreign key failed.
@throws {InterruptedError} On abort.
*/
export async function* applyPack(input: ApplyInput): AsyncGenerator<ApplyEvent, Receipt> {
	const {connection, mode, allow, triggers, signal, store, now = () => new Date()} = input;
	const isInPhases = isPhased(input.pack);
	const rehearsal = isInPhases && mode === 'rehearse' ? selectRehearsal(input.pack) : null;
	const pack = rehearsal?.pack ?? input.pack;
	const context: ApplyContext = {pack, connection, signal};
	const startedAt = now().toISOString();
	const meter = new PhaseMeter('check', 1, signal);
	const target = displayName(connection.settings);
	const record = (event: string, details: Readonly<Record<string, unknown>> = {}) =>
		store?.journal.append(event, {digest: pack.digest, ...details});
	yield meter.read(0, '');
	meter.assertWanted();
	refuseClosedGates(pack, allow);
	await refuseOtherDatabase(pack, connection);
	await refuseSecondTime(pack, connection, store);

	const applied = new AppliedRows();
	const about = {pack: pack.manifestPath, target, mode, kind: pack.header.kind};
	if (isInPhases && mode === 'apply') {
		const verification = yield* applyInPhases({context, allow, triggers, applied});
		const {fingerprint} = await connection.readCatalog();
		record(applyEvents.started, about);
		record(applyEvents.committed);
		if (store && pack.header.kind === 'migration') store.stage = 'applied';
		return makeReceipt(fingerprint, verification);
	}
	record(applyEvents.started, about);
	const counts = new CopyCounts();
	let isOpen = true;
	const close = async (event: string, details: Readonly<Record<string, unknown>> = {}) => {
		isOpen = false;
		await connection.rollback();
		record(event, details);
	};
	try {
		const outside = triggers === 'off' ? await connection.readCatalog() : null;
		await connection.begin({triggers: triggers !== 'off'});
		await checkSchema(context, outside);
		yield meter.read(1, '');
		yield* checkRowsBefore(context);
		if (needsCounting(context)) yield* countCopiesBefore(context, counts);
		yield* runStatements(context, allow, applied);
		const verification = yield* verifyRows(context, triggers);
		const counted = needsCounting(context) ? yield* verifyCopies(context, counts) : 0;
		yield* checkForeignKeys(context);
		pack.assertUntouched();
		meter.assertWanted();
		let {fingerprint} = await connection.readCatalog();
		if (mode === 'apply') {
			yield new PhaseMeter('commit', 1, signal).read(0, '');
			// Triggers that are switched off may be missing inside the transaction.
			const isTelling = applied.schemaStatements > 0 && triggers !== 'off';
			const catalog = isTelling ? fingerprint : null;
			const expected = {catalog, copies: sampleCopies(context, counts)};
			record(applyEvents.committing, {expected});
			isOpen = false;
			await commit(context, expected, record);
			// What was undone may be applied again.
			if (store) store.stage = pack.header.kind === 'migration' ? 'applied' : 'planned';
			if (triggers === 'off') ({fingerprint} = await connection.readCatalog());
		} else {
			yield new PhaseMeter('roll back', 1, signal).read(0, '');
			await close(applyEvents.rehearsed);
		}
		return makeReceipt(fingerprint, {
			...verification,
			verifiedRows: verification.verifiedRows + counted,
		});
	} catch (error) {
		if (isOpen) await close(applyEvents.rolledBack, {reason: nameReason(error)});
		throw error instanceof FailedStatement ? await explainFailure(error, pack, connection) : error;
	} finally {
		// The listener left in the middle.
		if (isOpen) await close(applyEvents.rolledBack, {reason: 'left'});
		counts.close();
	}

	function makeReceipt(catalogAfter: string, verification: Verification): Receipt {
		return {
			version: 1,
			kind: pack.header.kind,
			result: mode === 'apply' ? 'committed' : 'rehearsed',
			pack: {file: path.basename(pack.sqlPath), digest: pack.digest},
			target,
			run: pack.header.run,
			startedAt,
			endedAt: now().toISOString(),
			triggers,
			statements: applied.statements,
			schemaStatements: applied.schemaStatements,
			tables: applied.list(),
			...verification,
			catalogAfter,
			undo: findUndo(pack),
			...(rehearsal && {notTried: rehearsal.notTried}),
		};
	}
}

/** @throws {ApplyError} When the commit failed, with what became of it. */
async function commit(
	{pack, connection}: ApplyContext,
	expected: ExpectedEnd,
	record: (event: string) => void,
): Promise<void> {
	try {
		await connection.commit();
	} catch (error) {
		await connection.rollback();
		const outcome = await judgeOutcome(pack, connection, expected).catch(() => 'unknown' as const);
		if (outcome === 'unknown') {
			throw new ApplyError(
				`${nameReason(error)} No answer came to the commit, so nobody knows yet whether it happened.`,
				{
					hint: 'Once the database can be reached, start deepdiff-db again: it reads the rows and tells.',
					cause: error,
				},
			);
		}
		if (outcome === 'rolled back') {
			record(applyEvents.rolledBack);
			throw new ApplyError(`The commit failed: ${nameReason(error)} Nothing was changed.`, {
				hint: 'Try again.',
				cause: error,
			});
		}
	}
	record(applyEvents.committed);
}

function nameReason(error: unknown): string {
	return error instanceof Error ? `${error.message.replace(/\.$/, '')}.` : 'Unknown reason.';
}
