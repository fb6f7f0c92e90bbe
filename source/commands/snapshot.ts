import path from 'node:path';
import {sides, type Side} from '../config/config.ts';
import {openSide} from '../engine/session.ts';
import {recordSnapshot} from '../engine/snapshot/record-snapshot.ts';
import {SnapshotConnection} from '../engine/snapshot/snapshot-connection.ts';
import {ConfigurationError, exitCodes, UsageError, type ExitCode} from '../model/errors.ts';
import {jsonVersion} from '../report/comparison-json.ts';
import {formatCount} from '../report/number-text.ts';
import type {CommandContext} from './context.ts';
import {LiveLine} from './live-line.ts';
import {note, printJson, printLines} from './print.ts';

export type SnapshotOptions = {
	/** Which side to record; dev unless it is said. */
	readonly side?: string | undefined;
	/** The file to write, instead of `base.snapshot` in the output folder. */
	readonly file?: string | undefined;
};

/**
Records a base: the state that both sides will have come from. Taken of dev right after the
backup was restored, before anybody works on it.

`--json`: `{version, snapshot, source, takenAt, tables, rows, leftOut: [{table, reason}]}`.
*/
export async function runSnapshot(
	context: CommandContext,
	{side = 'dev', file}: SnapshotOptions,
): Promise<ExitCode> {
	const {stdout, stderr, flags, signal, redact} = context;
	if (!isSide(side)) {
		throw new UsageError(`--side must be prod or dev, not ${side}.`, {
			hint: 'Record dev right after the backup was restored into it.',
		});
	}
	const config = await context.loadConfig();
	const settings = config[side];
	if (!settings) {
		throw new ConfigurationError(`No ${side} database is configured.`, {
			hint: `Give --${side} FILE|URL, or write a .deepdiffrc with \`deepdiff-db init\`.`,
		});
	}
	const target =
		file === undefined
			? path.join(config.output.directory, 'base.snapshot')
			: path.resolve(context.directory, file);
	const takenAt = new Date().toISOString();
	const open = await openSide(settings);
	const live = new LiveLine(stderr, {isQuiet: flags.quiet});
	try {
		if (open.connection instanceof SnapshotConnection) {
			throw new UsageError(`${open.name} is a snapshot already.`, {hint: 'Name a database.'});
		}
		const steps = recordSnapshot(open, config, {file: target, takenAt, signal});
		for (;;) {
			const {value, done} = await steps.next();
			if (!done) {
				const {table, tablesDone, tables, rows} = value;
				const text = `recording ${table}  ${tablesDone} of ${tables} tables, ${formatCount(rows)} rows`;
				await live.draw([{text}]);
				continue;
			}
			await live.end();
			for (const {table, reason} of value.leftOut)
				await note(context, `${table} is not recorded: ${reason}`);
			const source = redact(open.name);
			await (flags.json
				? printJson(stdout, {version: jsonVersion, snapshot: target, source, takenAt, ...value})
				: printLines(stdout, [
						[
							{
								text: `Recorded ${formatCount(value.rows)} rows of ${value.tables} tables of ${source} in ${target}.`,
							},
						],
						[{text: `Compare with it: --base ${target}`, tone: 'muted'}],
					]));
			return exitCodes.done;
		}
	} finally {
		await live.end();
		await open.connection.close();
	}
}

function isSide(text: string): text is Exclude<Side, 'base'> {
	return sides.some((side) => side === text && side !== 'base');
}
