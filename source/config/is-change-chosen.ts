import {objectSorts} from '../model/catalog.ts';
import {
	isTablePart,
	tableParts,
	type ObjectKind,
	type SchemaChange,
} from '../model/schema-change.ts';
import type {Config} from './config.ts';
import {isTableChosen} from './find-table-config.ts';
import {matchesGlob} from './match-glob.ts';

/** Words of `ignore.objects` that stand for several kinds. */
const kindGroups: Readonly<Record<string, readonly ObjectKind[]>> = {
	routine: ['function', 'procedure', 'aggregate', 'package'],
	type: ['enum', 'domain', 'composite type', 'range type'],
	constraint: ['primary key', 'unique', 'check', 'foreign key', 'exclusion constraint'],
};

const plainKinds = ['table', ...tableParts, 'view', 'trigger'] as const;

const kindWords: readonly (readonly [word: string, kinds: readonly ObjectKind[]])[] = [
	...Object.entries(kindGroups),
	...[...plainKinds, ...objectSorts].map((kind) => [kind, [kind]] as const),
];

type NamedObject = Pick<SchemaChange, 'object' | 'table' | 'name'>;

/**
Whether a change of structure takes part: its table does, and no pattern of `ignore.objects`
fits. An object of no table takes part unless `--tables` names tables.
*/
export function isChangeChosen(config: Config, change: NamedObject): boolean {
	const {object, table, name} = change;
	const {ignore, onlyTables} = config;
	if (ignore.objects.some((pattern) => matchesObject(change, pattern))) return false;
	const isTableLike = object === 'table' || object === 'view' || object === 'materialized view';
	if (table === name && !isTableLike && !isTablePart(object) && object !== 'trigger') {
		return onlyTables.length === 0;
	}
	return isTableChosen(config, table);
}

/**
Tells whether an object fits `function audit_*`, `index orders.tmp_*` or, of any kind, `tmp_*`.
A routine's name fits with and without its arguments, a part's with and without its table's.
*/
export function matchesObject({object, table, name}: NamedObject, pattern: string): boolean {
	const text = pattern.trim();
	const [word, kinds] = kindWords.find(([each]) => text.startsWith(`${each} `)) ?? ['', null];
	if (kinds && !kinds.includes(object)) return false;
	const glob = text.slice(word.length).trim();
	const names = [name, name.replace(/\(.*$/s, ''), `${table}.${name}`];
	return names.some((each) => matchesGlob(each, glob));
}
