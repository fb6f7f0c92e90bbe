import {ApplyError} from '../../model/errors.ts';
import type {AllowKind} from '../../model/schema-change.ts';
import type {PackKind, PackStep} from '../pack/pack-format.ts';
import type {Pack} from '../pack/read-pack.ts';

/** @throws {ApplyError} When the pack was written with a kind open that is not allowed now. */
export function refuseClosedGates({header}: Pack, allow: ReadonlySet<AllowKind>): void {
	if (header.kind === 'undo') return;
	const closed = header.summary.opened.map(({kind}) => kind).filter((kind) => !allow.has(kind));
	if (closed.length > 0) throw makeGateError(closed);
}

/** The same for one statement, right before it runs. */
export function refuseClosedGate(
	{needs}: PackStep,
	allow: ReadonlySet<AllowKind>,
	kind: PackKind,
): void {
	if (kind === 'migration' && needs !== null && !allow.has(needs)) throw makeGateError([needs]);
}

function makeGateError(closed: readonly AllowKind[]): ApplyError {
	const list = closed.join(', ');
	return new ApplyError(`The pack needs ${list}, which is not allowed. Nothing was changed.`, {
		hint: `Say --allow ${closed.join(',')}, or set it under \`allow\` in the configuration.`,
	});
}
