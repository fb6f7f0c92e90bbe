import {ApplyError} from '../../model/errors.ts';
import type {RewrittenRow, TriggerMode} from '../../model/receipt.ts';
import {PhaseMeter, type ApplyContext, type ApplyEvent} from './apply-context.ts';
import {
	countThings,
	describeDifference,
	listNames,
	mostRowsNamed,
	nameColumns,
	nameTouchedRow,
} from './describe-rows.ts';
import {judgeRow, readTouchedRows, type Judgement, type TouchedRow} from './read-touched-rows.ts';

export type Verification = {
	readonly verifiedRows: number;
	readonly rewrittenRows: number;
	/** The first of them. */
	readonly rewritten: readonly RewrittenRow[];
};

/**
Reads every touched row back and holds it against what the plan says.

@param triggers With `accept`, values that something on the server rewrote are let through.
@throws {ApplyError} Naming rows and columns that are not as planned.
*/
export async function* verifyRows(
	{pack, connection, signal}: ApplyContext,
	triggers: TriggerMode,
): AsyncGenerator<ApplyEvent, Verification> {
	const meter = new PhaseMeter('verify', pack.count, signal);
	const rewritten: RewrittenRow[] = [];
	const wrong: string[] = [];
	let [verifiedRows, rewrittenRows, wrongRows] = [0, 0, 0];
	for await (const page of readTouchedRows(pack, connection, 'after')) {
		for (const touched of page) {
			const judgement = judgeRow(touched, 'after', pack);
			if (touched.check.row.isStep) continue;
			if (judgement.kind === 'as expected') {
				verifiedRows++;
			} else if (judgement.kind === 'different' && triggers === 'accept') {
				rewrittenRows++;
				if (rewritten.length < mostRowsNamed) rewritten.push(makeRewritten(touched, judgement));
			} else {
				wrongRows++;
				if (wrong.length < mostRowsNamed) wrong.push(describeOutcome(touched, judgement));
			}
		}
		const last = page.at(-1)?.check;
		yield* meter.step(last?.number ?? 0, () => last?.summary ?? '');
	}
	yield meter.read(pack.count, '');
	if (wrongRows === 0) return {verifiedRows, rewrittenRows, rewritten};
	throw new ApplyError(
		`${countThings(wrongRows, 'row is', 'rows are')} not what the plan says after writing: ${listNames(wrong, wrongRows)}. Nothing was changed.`,
		{hint: makeHint(pack.header.hazards.map(({kind}) => kind).includes('firesTrigger'), triggers)},
	);
}

function describeOutcome(touched: TouchedRow, judgement: Judgement): string {
	const name = nameTouchedRow(touched, 'after');
	if (judgement.kind === 'missing') return `${name} is not there`;
	if (judgement.kind === 'in the way') return `${name} is still there`;
	const columns = nameColumns(judgement, touched);
	return columns.length > 0
		? `${name}: ${columns.join(', ')}`
		: describeDifference(judgement, touched);
}

function makeRewritten(touched: TouchedRow, judgement: Judgement): RewrittenRow {
	const row = nameTouchedRow(touched, 'after');
	return {table: touched.check.table, row, columns: nameColumns(judgement, touched)};
}

function makeHint(hasTriggers: boolean, triggers: TriggerMode): string {
	if (triggers === 'off') return 'Something on the server stores them differently; compare again.';
	const who = hasTriggers ? 'A trigger rewrote them' : 'Something on the server rewrote them';
	return `${who}: accept that with --triggers accept, or switch triggers off with --triggers off.`;
}
