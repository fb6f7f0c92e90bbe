import {StatementError} from '../../dialects/dialect.ts';
import type {AllowKind} from '../../model/schema-change.ts';
import type {PackStatement, PackStep} from '../pack/pack-format.ts';
import {PhaseMeter, type ApplyContext, type ApplyEvent} from './apply-context.ts';
import {refuseClosedGate} from './check-gates.ts';
import type {AppliedRows} from './applied-rows.ts';

/** A statement that the server refused, or that affected another number of rows than it must. */
export class FailedStatement extends Error {
	readonly statement: PackStatement;
	/** Null: the server refused it, for the reason in the message. */
	readonly affected: number | null;

	constructor(step: PackStep, affected: number | null, reason: string, cause?: unknown) {
		super(reason, {cause});
		this.statement = step.readWhole();
		this.affected = affected;
	}
}

/** A batch takes about this long, so that keys and the screen have their turn in between; */
const batchMilliseconds = 12;
/** but as many times longer than the shortest, so that a slow link is not waited for at each row. */
const batchRoundTrips = 5;
const largestBatch = 500;
const batchBytes = 4 * 2 ** 20;

/**
Runs what is allowed, in order.

@throws {FailedStatement} At the first one that does not do what it must.
@throws {ApplyError} When a statement needs a kind that is not allowed now.
*/
export async function* runStatements(
	{pack, connection, signal}: ApplyContext,
	allow: ReadonlySet<AllowKind>,
	applied: AppliedRows,
): AsyncGenerator<ApplyEvent, void> {
	const meter = new PhaseMeter('run', pack.count, signal);
	let batch: PackStep[] = [];
	let [size, bytes] = [16, 0];
	let shortest = Infinity;
	for (const step of pack.steps()) {
		if (!step.allowed) continue;
		refuseClosedGate(step, allow, pack.header.kind);
		batch.push(step);
		bytes += step.sql.length;
		// A change of structure may take long: it runs alone, so that it is named while it runs.
		const isAlone = step.kind === 'ddl' || step.kind === 'session';
		if (batch.length < size && bytes < batchBytes && !isAlone) continue;
		yield* runBatch();
	}
	if (batch.length > 0) yield* runBatch();
	yield meter.read(pack.count, '');

	async function* runBatch(): AsyncGenerator<ApplyEvent, void> {
		const last = batch.at(-1);
		if (last) yield* meter.step(last.number - 1, () => last.readWhole().summary);
		const began = performance.now();
		const affected = await runAll(batch);
		batch.forEach((step, index) => {
			const count = affected[index] ?? 0;
			if (step.expects !== null && count !== step.expects) {
				throw new FailedStatement(step, count, `affected ${count} rows`);
			}
			applied.add(step);
		});
		const elapsed = Math.max(performance.now() - began, 0.1);
		shortest = Math.min(shortest, elapsed);
		const factor = (batchMilliseconds + batchRoundTrips * shortest) / elapsed;
		const next = Math.round(size * Math.min(4, Math.max(0.25, factor)));
		size = Math.min(largestBatch, Math.max(1, next));
		batch = [];
		bytes = 0;
	}

	async function runAll(steps: readonly PackStep[]): Promise<number[]> {
		try {
			return await connection.run(steps.map(({sql}) => sql));
		} catch (error) {
			const failed = error instanceof StatementError ? steps[error.index] : undefined;
			if (!(error instanceof Error) || !failed) throw error;
			throw new FailedStatement(failed, null, error.message, error);
		}
	}
}
