import {ConfigurationError} from '../model/errors.ts';
import {allowKinds} from '../model/schema-change.ts';
import type {Draft} from './draft.ts';
import {isMapping, type Mapping} from './key-path.ts';

/**
Understands the layout of an existing `deepdiffdb.config.yaml` (the Go program of this
name): `migration`, `conflict_resolution`, `output.dir` and its tuning keys find their
present place. What has no meaning here and is harmless is left out with a notice; what
would leave somebody with a wrong belief is refused.

@throws {ConfigurationError} Naming the key that has no equivalent.
*/
export function adoptOldLayout(document: Mapping, source: string): Draft {
	const renamed = new Map<string, string>();
	const notices: string[] = [];
	const {migration, conflict_resolution: resolution, ...present} = document;
	const adopted: Record<string, unknown> = {...present};

	if (isMapping(migration)) {
		adopted['allow'] = merge(adoptMigration(migration, source, renamed, notices), present['allow']);
	} else if (migration !== undefined && migration !== null) adopted['migration'] = migration;

	if (isMapping(resolution)) {
		renamed.set('conflicts', 'conflict_resolution');
		adopted['conflicts'] = merge(adoptResolution(resolution, renamed), present['conflicts']);
	} else if (resolution !== undefined && resolution !== null) {
		adopted['conflict_resolution'] = resolution;
	}

	const {output, performance, ignore} = present;
	if (isMapping(output) && 'dir' in output) {
		const {dir, ...others} = output;
		renamed.set('output.directory', 'output.dir');
		adopted['output'] = merge({directory: dir === '' ? null : dir}, others);
	}
	if (isMapping(performance)) {
		adopted['performance'] = adoptPerformance(performance, renamed, notices);
	}
	if (isMapping(ignore)) adopted['ignore'] = adoptIgnore(ignore, renamed);
	return {document: adopted, renamed, notices};
}

function adoptMigration(
	migration: Mapping,
	source: string,
	renamed: Map<string, string>,
	notices: string[],
): Mapping {
	const allow: Record<string, unknown> = {};
	for (const [key, value] of Object.entries(migration)) {
		const kind = allowKinds.find((known) => `allow_${toSnakeCase(known)}` === key);
		if (kind !== undefined) {
			allow[kind] = value;
			renamed.set(`allow.${kind}`, `migration.${key}`);
		} else if (key === 'confirm_destructive') {
			notices.push(
				'migration.confirm_destructive is left out: applying is always confirmed by typing the name of the target.',
			);
		} else if (value !== false && value !== 'false' && value !== null) {
			throw new ConfigurationError(`migration.${key} in ${source} has no equivalent here.`, {
				hint: `Leave it out. What can be allowed: ${allowKinds.join(', ')}.`,
			});
		}
	}
	return allow;
}

function adoptResolution(resolution: Mapping, renamed: Map<string, string>): Mapping {
	const {default_strategy: byDefault, strategies, tables, ...others} = resolution;
	const adopted: Record<string, unknown> = {...others};
	if (byDefault !== undefined && byDefault !== '') {
		adopted['default'] = byDefault;
		renamed.set('conflicts.default', 'conflict_resolution.default_strategy');
	}
	const byTable: Record<string, unknown> = {};
	if (isMapping(tables)) {
		for (const [table, entry] of Object.entries(tables)) {
			byTable[table] = isMapping(entry) ? entry['strategy'] : entry;
		}
	}
	if (Array.isArray(strategies)) {
		for (const [index, entry] of strategies.entries()) {
			if (!isMapping(entry) || typeof entry['table'] !== 'string') {
				adopted['strategies'] = strategies;
				continue;
			}
			byTable[entry['table']] = entry['strategy'];
			renamed.set(
				`conflicts.tables.${entry['table']}`,
				`conflict_resolution.strategies[${index}].strategy`,
			);
		}
	} else if (strategies !== undefined && strategies !== null) adopted['strategies'] = strategies;
	if (Object.keys(byTable).length > 0) adopted['tables'] = byTable;
	return adopted;
}

function adoptPerformance(
	performance: Mapping,
	renamed: Map<string, string>,
	notices: string[],
): Mapping {
	const {hash_batch_size: batch, max_parallel_tables: parallel, ...others} = performance;
	if (batch !== undefined) {
		notices.push(
			'performance.hash_batch_size is left out: batches find their own size (performance.segmentMilliseconds).',
		);
	}
	if (parallel === undefined || parallel === 0) return others;
	renamed.set('performance.parallel', 'performance.max_parallel_tables');
	return {parallel, ...others};
}

function adoptIgnore(ignore: Mapping, renamed: Map<string, string>): Mapping {
	const {views, routines, triggers, sequences, objects, ...others} = ignore;
	const patterns: unknown[] = Array.isArray(objects) ? [...(objects as readonly unknown[])] : [];
	const old = {view: views, routine: routines, trigger: triggers, sequence: sequences};
	for (const [kind, value] of Object.entries(old)) {
		if (value === undefined || value === null) continue;
		const names: readonly unknown[] = Array.isArray(value) ? value : [value];
		patterns.push(...names.map((name) => `${kind} ${String(name)}`));
		renamed.set('ignore.objects', `ignore.${kind}s`);
	}
	return patterns.length > 0 ? {objects: patterns, ...others} : others;
}

/** What is written in today's words wins over the same in old ones. */
function merge(old: Mapping, present: unknown): unknown {
	return isMapping(present) ? {...old, ...present} : (present ?? old);
}

function toSnakeCase(key: string): string {
	return key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
