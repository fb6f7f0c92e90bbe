import {ApplyError, InterruptedError} from '../../model/errors.ts';
import {packNames} from '../pack/pack-format.ts';
import type {Pack} from '../pack/read-pack.ts';
import type {ProgressState} from './apply-progress.ts';
import {countThings, listNames} from './describe-rows.ts';

/** More than anybody reads in a message. */
const mostNamed = 5;

type Standing = Pick<ProgressState, 'standing' | 'pending' | 'rows'> & {
	readonly pack: Pack;
	/** Statements of structure that were to run, with those that had run before. */
	readonly total: number;
};

/**
What a person must know when an apply stopped half way on a server that commits each change of
structure by itself: what ran and stays, what became of the rows, and the ways on and back.
*/
export function explainStanding(
	cause: unknown,
	{pack, standing, pending, rows, total}: Standing,
): Error {
	const reason = cause instanceof Error ? cause.message : 'It failed.';
	const names = [...standing.values()];
	const listed = listNames(names.slice(0, mostNamed), names.length);
	const isUndo = pack.header.kind === 'undo';
	const ran = isUndo
		? `${countThings(standing.size, 'statement', 'statements')} of structure still to be taken back: ${listed}.`
		: `Structure: ${standing.size} of ${total} statements ran and stay${names.length > 0 ? `: ${listed}` : ''}.`;
	const unknown =
		pending === null ? '' : ` Whether “${pending.summary}” ran is found out by the next apply.`;
	const ownRows =
		rows === 'committed'
			? 'The rows are committed.'
			: rows === 'committing'
				? 'Nobody knows yet whether the rows are committed; the next apply finds out.'
				: 'No row was changed.';
	const message = `${withoutClaims(reason)} ${ran}${unknown} ${ownRows}`;
	const hint = `To go on: mend what failed and give the same pack again. To go back: deepdiff-db undo ${packNames.undo.sql}, which takes back what ran and no more.`;
	return cause instanceof InterruptedError
		? new InterruptedError(message, {hint, cause})
		: new ApplyError(message, {hint, cause});
}

/** What is true of one transaction is not of this. */
function withoutClaims(reason: string): string {
	const plain = reason.replaceAll(/[:.]? ?[Nn]othing was (?:changed|written)\.?/g, '').trim();
	return /[.!?]$/.test(plain) ? plain : `${plain}.`;
}
