import {setImmediate} from 'node:timers/promises';
import type {Connection} from '../../dialects/dialect.ts';
import type {Pack} from '../pack/read-pack.ts';
import {describeDifference, mostRowsNamed} from './describe-rows.ts';
import {judgeRow, readTouchedRows} from './read-touched-rows.ts';

/** Rows that are no longer what was reviewed. */
export type ChangedRows = {readonly count: number; readonly names: readonly string[]};

/** Looks for rows that are not as the pack expects them before it runs. */
export async function findChangedRows(pack: Pack, connection: Connection): Promise<ChangedRows> {
	const names: string[] = [];
	let count = 0;
	for await (const page of readTouchedRows(pack, connection, 'before')) {
		for (const touched of page) {
			const judgement = judgeRow(touched, 'before', pack);
			if (judgement.kind === 'as expected') continue;
			count++;
			if (names.length < mostRowsNamed) names.push(describeDifference(judgement, touched));
		}
		await setImmediate();
	}
	return {count, names};
}

/**
Whether every row that the pack writes is already as it leaves them. Null: it writes no row
that could tell.
*/
export async function isApplied(pack: Pack, connection: Connection): Promise<boolean | null> {
	let hasEvidence = false;
	for await (const page of readTouchedRows(pack, connection, 'after')) {
		for (const touched of page) {
			const {before, after} = touched.check.row;
			const judgement = judgeRow(touched, 'after', pack);
			if (judgement.kind !== 'as expected') return false;
			if (judgement.isSure && before?.digest !== after?.digest) hasEvidence = true;
		}
		await setImmediate();
	}
	return hasEvidence ? true : null;
}
