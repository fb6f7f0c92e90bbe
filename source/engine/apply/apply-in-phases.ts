import {StatementError} from '../../dialects/dialect.ts';
import {ApplyError} from '../../model/errors.ts';
import {CopyCounts} from '../../store/copy-counts.ts';
import {narrowPack} from '../pack/narrow-pack.ts';
import type {PackStep} from '../pack/pack-format.ts';
import {uncomment} from '../pack/render-pack.ts';
import type {Pack} from '../pack/read-pack.ts';
import type {AppliedRows} from './applied-rows.ts';
import {PhaseMeter, type ApplyContext, type ApplyEvent} from './apply-context.ts';
import type {ExpectedEnd} from './apply-journal.ts';
import {ApplyProgress, type ProgressState} from './apply-progress.ts';
import {refuseClosedGate} from './check-gates.ts';
import {checkForeignKeys} from './check-foreign-keys.ts';
import {checkRowsBefore, checkSchema} from './check-target.ts';
import {countCopiesBefore, needsCounting, sampleCopies, verifyCopies} from './count-copies.ts';
import {explainFailure} from './explain-failure.ts';
import {explainStanding} from './explain-standing.ts';
import {judgeOutcome} from './judge-outcome.ts';
import {listInverses} from './list-inverses.ts';
import {FailedStatement, runStatements} from './run-statements.ts';
import {verifyRows, type Verification} from './verify-rows.ts';
import type {AllowKind} from '../../model/schema-change.ts';
import type {TriggerMode} from '../../model/receipt.ts';

type PhasedInput = {
	readonly context: ApplyContext;
	readonly allow: ReadonlySet<AllowKind>;
	readonly triggers: TriggerMode;
	readonly applied: AppliedRows;
};

/**
Applies where the server commits each change of structure by itself: everything that can be checked
is checked first; then the changes that the rows need run one by one, each written down with what
takes it back; then the rows in one transaction, as everywhere; then the rest of the structure.

What was begun is gone on with. An undo takes back what ran, whether all of it did or not.

@throws {ApplyError} Naming what ran and stays, and how to go on or back.
*/
export async function* applyInPhases(input: PhasedInput): AsyncGenerator<ApplyEvent, Verification> {
	const {context} = input;
	const {pack, connection} = context;
	const progress = new ApplyProgress(pack);
	const state = yield* settle(context, progress);
	const steps = listSchemaSteps(pack, state);
	const none: Verification = {verifiedRows: 0, rewrittenRows: 0, rewritten: []};
	const isBegun = state.underway === pack.header.kind;
	try {
		if (!isBegun) {
			yield* checkBefore(context, state);
			progress.note({event: 'started', catalog: (await connection.readCatalog()).fingerprint});
		}
		yield* runSchema(input, progress, steps.before);
		const isDue =
			pack.header.kind === 'undo' ? state.rows !== 'as before' : state.rows !== 'committed';
		const verification = isDue && hasRows(pack) ? yield* writeRows(input, progress) : none;
		yield* runSchema(input, progress, steps.after);
		progress.note({event: 'finished'});
		return verification;
	} catch (error) {
		throw await explain(error, context, progress);
	}

	async function explain(
		error: unknown,
		{pack}: ApplyContext,
		progress: ApplyProgress,
	): Promise<unknown> {
		const cause =
			error instanceof FailedStatement ? await explainFailure(error, pack, connection) : error;
		const {standing, pending, rows} = progress.read();
		if (standing.size === 0 && rows === 'as before' && pending === null) return cause;
		const total = steps.before.length + steps.after.length + countDone(state, pack);
		return explainStanding(cause, {pack, standing, pending, rows, total});
	}

	function countDone({standing}: ProgressState, {header}: Pack): number {
		return header.kind === 'undo' ? 0 : standing.size;
	}

	function hasRows(pack: Pack): boolean {
		for (const step of pack.steps()) if (isRow(step) && step.allowed) return true;
		return false;
	}
}

/** Finds out what became of what nobody could write down any more. */
async function* settle(
	{pack, connection, signal}: ApplyContext,
	progress: ApplyProgress,
): AsyncGenerator<ApplyEvent, ProgressState> {
	yield new PhaseMeter('check', 1, signal).read(0, '');
	const {pending, catalog, rows, expected, underway} = progress.read();
	const earlier = underway ?? pack.header.kind;
	if (pending) {
		const {fingerprint} = await connection.readCatalog();
		const isUnchanged = fingerprint === catalog;
		const {number} = pending;
		progress.note(
			isUnchanged ? {event: 'refused', number} : {event: 'ran', number, catalog: fingerprint},
			earlier,
		);
	}
	if (rows === 'committing' && expected) {
		const isOwn = earlier === pack.header.kind;
		const outcome = await judgeOutcome(rowsOf(pack), connection, {
			catalog: null,
			// They were counted for the one that was interrupted.
			copies: isOwn ? expected.copies : [],
		});
		if (outcome === 'unknown') {
			throw new ApplyError(
				'An earlier apply was interrupted while it committed the rows, and they are neither as before nor as planned.',
				{hint: 'Compare anew and look at what differs before anything else is written.'},
			);
		}
		// What an undo comes from is what its migration leads to.
		const isCommitted = (outcome === 'committed') === isOwn;
		progress.note({event: isCommitted ? 'rows committed' : 'rows rolled back'}, earlier);
	}
	return progress.read();
}

/** Once the first change of structure ran, nothing can be refused for nothing any more. */
async function* checkBefore(
	context: ApplyContext,
	{standing, catalog}: ProgressState,
): AsyncGenerator<ApplyEvent, void> {
	const {pack} = context;
	const isPartial = pack.header.kind === 'undo' && standing.size > 0 && catalog !== null;
	const header = isPartial ? {...pack.header, prod: {...pack.header.prod, catalog}} : pack.header;
	await checkSchema({...context, pack: {...pack, header}}, null);
	if (pack.header.kind === 'migration') yield* checkRowsBefore(context, () => true);
}

type SchemaSteps = {readonly before: readonly PackStep[]; readonly after: readonly PackStep[]};

/** What is still to be done to the structure, around the rows. */
function listSchemaSteps(pack: Pack, {standing, underway}: ProgressState): SchemaSteps {
	const isUndo = pack.header.kind === 'undo';
	const isKnown = standing.size > 0 || underway !== null;
	const before: PackStep[] = [];
	const after: PackStep[] = [];
	let isPastRows = false;
	for (const step of pack.steps()) {
		if (isRow(step)) isPastRows = true;
		if (isRow(step)) continue;
		const number = step.reverts ?? step.number;
		const {unless = []} = step;
		const isPossible = isKnown && !unless.some((lost) => standing.has(lost));
		if (unless.length > 0 ? !isPossible : !step.allowed) continue;
		const isDue = isUndo ? !isKnown || standing.has(number) : !standing.has(number);
		if (!isDue && step.kind !== 'session') continue;
		(isPastRows ? after : before).push(step);
	}
	return {before, after};
}

async function* runSchema(
	{context, allow, applied}: PhasedInput,
	progress: ApplyProgress,
	steps: readonly PackStep[],
): AsyncGenerator<ApplyEvent, void> {
	const {pack, connection, signal} = context;
	const meter = new PhaseMeter('structure', steps.length, signal);
	const inverses = steps.length > 0 ? await listInverses(pack) : new Map<number, string[]>();
	for (const [index, step] of steps.entries()) {
		refuseClosedGate(step, allow, pack.header.kind);
		const {summary} = step.readWhole();
		yield* meter.step(index, () => summary);
		const number = step.reverts ?? step.number;
		const takesBack = inverses.get(number) ?? [];
		progress.note({event: 'running', number, summary, takesBack});
		try {
			await connection.run([step.allowed ? step.sql : uncomment(step.sql)]);
		} catch (error) {
			if (!(error instanceof StatementError)) throw error;
			progress.note({event: 'refused', number});
			throw new FailedStatement(step, null, error.message, error);
		}
		const {fingerprint} = await connection.readCatalog();
		progress.note({event: 'ran', number, catalog: fingerprint});
		applied.add(step);
	}
	yield meter.read(steps.length, '');
}

/** The rows, in one transaction. */
async function* writeRows(
	{context: whole, allow, triggers, applied}: PhasedInput,
	progress: ApplyProgress,
): AsyncGenerator<ApplyEvent, Verification> {
	const {connection} = whole;
	const context = {...whole, pack: rowsOf(whole.pack)};
	const counts = new CopyCounts();
	let isOpen = true;
	try {
		await connection.begin({triggers: triggers !== 'off'});
		if (needsCounting(context)) yield* countCopiesBefore(context, counts);
		yield* runStatements(context, allow, applied);
		const verification = yield* verifyRows(context, triggers);
		const counted = needsCounting(context) ? yield* verifyCopies(context, counts) : 0;
		yield* checkForeignKeys(context);
		whole.pack.assertUntouched();
		yield new PhaseMeter('commit', 1, whole.signal).read(0, '');
		const expected: ExpectedEnd = {catalog: null, copies: sampleCopies(context, counts)};
		progress.note({event: 'committing rows', expected});
		isOpen = false;
		await connection.commit();
		progress.note({event: 'rows committed'});
		return {...verification, verifiedRows: verification.verifiedRows + counted};
	} finally {
		if (isOpen) await connection.rollback();
		counts.close();
	}
}

/** Whether the server commits the pack's changes of structure one by one. */
export function isPhased({header}: Pack): boolean {
	return !header.isAtomic && header.summary.counts.ddl > 0;
}

function rowsOf(pack: Pack): Pack {
	return narrowPack(pack, isRow);
}

function isRow({kind}: Pick<PackStep, 'kind'>): boolean {
	return kind === 'insert' || kind === 'update' || kind === 'delete';
}
