import path from 'node:path';
import {applyPack} from '../engine/apply/apply-pack.ts';
import {settleInterrupted} from '../engine/apply/settle-interrupted.ts';
import {openTarget, type Target} from '../engine/open-target.ts';
import type {Pack} from '../engine/pack/read-pack.ts';
import type {ConnectionSettings} from '../model/connection-settings.ts';
import {ConfigurationError, DeepDiffError, exitCodes, UsageError} from '../model/errors.ts';
import type {ExitCode} from '../model/errors.ts';
import type {Receipt, TriggerMode} from '../model/receipt.ts';
import {jsonVersion} from '../report/comparison-json.ts';
import {plural} from '../report/number-text.ts';
import {describePlan} from '../report/plan-text.ts';
import {makeSafe} from '../report/safe-text.ts';
import type {RunStore} from '../store/run-store.ts';
import {ApplyDisplay} from './apply-display.ts';
import type {CommandContext} from './context.ts';
import {openPack} from './open-pack.ts';
import {allowedKinds} from './plan.ts';
import {note, printJson, printLines} from './print.ts';
import {printReceipt} from './print-receipt.ts';
import {withRunOfPack} from './run-of-pack.ts';

export type ApplyOptions = {
	readonly pack: string;
	readonly yes?: boolean;
	readonly dryRun?: boolean;
	readonly allow?: string | undefined;
	readonly triggers?: string | undefined;
};

/**
Applies a pack or, with `kind` undo, takes one back: rehearsed with `--dry-run`, otherwise
confirmed by `--yes` or by typing the target's name.

`--json`: `{version, result, receipt, files}`; `result` is `committed`, `rehearsed`, or
`already committed` when an interrupted apply turns out to have gone through.
*/
export async function runApply(
	context: CommandContext,
	kind: 'migration' | 'undo',
	options: ApplyOptions,
): Promise<ExitCode> {
	const {yes = false, dryRun = false, allow} = options;
	const triggers = parseTriggers(options.triggers);
	if (!dryRun && !yes && !context.ask) {
		throw new UsageError('Applying must be confirmed, and there is no terminal to ask on.', {
			hint: 'Add --yes to apply without being asked, or --dry-run to rehearse.',
		});
	}
	const pack = await openPack(context, options.pack, kind);
	const config = await context.loadConfig({allow, sides: ['prod']});
	const target = await openTarget(requireProd(config.prod), context.signal);
	try {
		return await withRunOfPack(config, pack, async (store) => {
			if (store && (await settleEarlier(context, store, pack, target))) return exitCodes.done;
			if (!dryRun && !yes) await confirm(context, pack, target);
			const receipt = await applyAloud(context, {
				pack,
				connection: target.connection,
				mode: dryRun ? 'rehearse' : 'apply',
				allow: allowedKinds(config),
				triggers,
				signal: context.signal,
				...(store && {store}),
			});
			await printReceipt(context, receipt, path.dirname(pack.manifestPath), store);
			return exitCodes.done;
		});
	} finally {
		await target.connection.close();
	}
}

async function applyAloud(
	context: CommandContext,
	input: Parameters<typeof applyPack>[0],
): Promise<Receipt> {
	const display = new ApplyDisplay(context);
	try {
		const steps = applyPack(input);
		let step = await steps.next();
		while (!step.done) {
			await display.show(step.value);
			step = await steps.next();
		}
		return step.value;
	} finally {
		await display.end();
	}
}

/** @returns True when the pack is in the database already. */
async function settleEarlier(
	context: CommandContext,
	store: RunStore,
	pack: Pack,
	{connection, name}: Target,
): Promise<boolean> {
	const outcome = await settleInterrupted(store, pack, connection);
	switch (outcome) {
		case null:
			return false;
		case 'rolled back':
			await note(context, 'An earlier apply of this pack was interrupted and rolled back.');
			return false;
		case 'committed': {
			const text = `An earlier apply of this pack to ${name} was interrupted after its commit: it is applied.`;
			const document = {
				version: jsonVersion,
				result: 'already committed',
				receipt: null,
				files: {},
			};
			await (context.flags.json
				? printJson(context.stdout, document)
				: printLines(context.stdout, [[{text, tone: 'good'}]]));
			return true;
		}
		case 'unknown':
			throw new DeepDiffError(
				`An earlier apply of this pack to ${name} was interrupted, and its rows are neither as before nor as planned.`,
				{hint: 'Compare anew and look at what differs before anything else is written.'},
			);
		default:
			return outcome satisfies never;
	}
}

/** @throws {DeepDiffError} When another name was typed. */
async function confirm(
	{ask, stderr}: CommandContext,
	{header}: Pack,
	{name, facts, traits}: Target,
): Promise<void> {
	const {summary} = header;
	const runs = plural(summary.statements - summary.notAllowed, 'statement');
	const rollback = traits.transactionalDdl
		? 'All of it is one transaction.'
		: 'Changes of structure commit by themselves and can not be rolled back.';
	await printLines(stderr, [
		...describePlan(summary),
		[],
		[{text: `${runs} for ${name} (${facts.server}). ${rollback}`, tone: 'warning'}],
	]);
	const typed = await ask?.(`Type ${makeSafe(name)} to go on: `);
	if (typed?.trim() === name) return;
	throw new DeepDiffError('The name was not typed as it is: nothing was changed.', {
		hint: `Type ${name}, or give --yes.`,
	});
}

function parseTriggers(text: string | undefined): TriggerMode {
	if (text === undefined) return 'fire';
	if (text === 'fire' || text === 'off' || text === 'accept') return text;
	throw new UsageError(`--triggers takes fire, off or accept, not "${text}".`, {
		hint: 'fire: they run and must not change what is planned; off: switched off; accept: they may.',
	});
}

function requireProd(settings: ConnectionSettings | undefined): ConnectionSettings {
	if (settings) return settings;
	throw new ConfigurationError('No prod database is configured.', {
		hint: 'Give --prod FILE|URL: the database that the pack is applied to.',
	});
}
