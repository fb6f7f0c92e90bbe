import type {Table} from '../../../model/catalog.ts';
import {quoteTable} from '../names.ts';
import {spellComment} from './object-sql.ts';
import type {StatementList} from './statement-list.ts';

/** Options of a table by the statement that switches each on and off; null: there is none. */
const switches: readonly {
	readonly pattern: RegExp;
	readonly on: (option: string) => string;
	readonly off: (option: string) => string;
}[] = [
	{pattern: /^UNLOGGED$/, on: () => 'SET UNLOGGED', off: () => 'SET LOGGED'},
	{
		pattern: /^ROW LEVEL SECURITY$/,
		on: () => 'ENABLE ROW LEVEL SECURITY',
		off: () => 'DISABLE ROW LEVEL SECURITY',
	},
	{
		pattern: /^FORCE ROW LEVEL SECURITY$/,
		on: () => 'FORCE ROW LEVEL SECURITY',
		off: () => 'NO FORCE ROW LEVEL SECURITY',
	},
	{
		pattern: /^REPLICA IDENTITY /,
		on: (option) => option,
		off: () => 'REPLICA IDENTITY DEFAULT',
	},
	{
		pattern: /^INHERITS /,
		on: (option) => option.replace(/^INHERITS/, 'INHERIT'),
		off: (option) => option.replace(/^INHERITS/, 'NO INHERIT'),
	},
	{
		// (PostgreSQL 15.)
		pattern: /^USING /,
		on: (option) => option.replace(/^USING/, 'SET ACCESS METHOD'),
		off: () => 'SET ACCESS METHOD heap',
	},
	{pattern: /^OF /, on: (option) => option, off: () => 'NOT OF'},
	{
		pattern: /^[a-z_.0-9]+=/,
		on: (option) => `SET (${option})`,
		off: (option) => `RESET (${option.replace(/=.*$/s, '')})`,
	},
];

/** What CREATE TABLE does not say of a new table, or what changes of an old one. */
export function migrateOptions(list: StatementList, before: Table | null, after: Table): void {
	const {name, options, comment} = after;
	const table = quoteTable(name);
	const was = before?.options ?? options.filter((option) => !isSetAfterwards(option));
	const removed = was.filter((option) => !options.includes(option));
	const added = options.filter((option) => !was.includes(option));
	const find = (option: string) => switches.find(({pattern}) => pattern.test(option));
	// One that only gets another value is set, not reset.
	const isReplaced = (option: string) =>
		added.some((other) => find(other) === find(option) && keyOf(other) === keyOf(option));
	const steps = [
		...removed.filter((option) => !isReplaced(option)).map((option) => ({option, isOn: false})),
		...added.map((option) => ({option, isOn: true})),
	];
	for (const {option, isOn} of steps) {
		const found = find(option);
		if (!found) continue;
		const old = removed.find((other) => find(other) === found && keyOf(other) === keyOf(option));
		const back = isOn ? (old === undefined ? found.off(option) : found.on(old)) : found.on(option);
		const isRewritten = option === 'UNLOGGED' || option.startsWith('USING ');
		list.add({
			phase: before ? 'alter' : 'indexes and foreign keys',
			table: name,
			summary: `${isOn ? 'set' : 'reset'} ${option} of ${name}`,
			sql: `ALTER TABLE ${table} ${isOn ? found.on(option) : found.off(option)}`,
			undo: [`ALTER TABLE ${table} ${back}`],
			hazards: isRewritten
				? [{kind: 'rewritesTable', message: `Writes ${name} anew, while nobody can use it.`}]
				: [],
		});
	}
	if (before?.comment === comment) return;
	const spell = (text: string | undefined) => `COMMENT ON TABLE ${table} IS ${spellComment(text)}`;
	list.add({
		phase: before ? 'alter' : 'create',
		table: name,
		summary: `comment on ${name}`,
		sql: spell(comment),
		undo: before ? [spell(before.comment)] : [],
	});
}

function keyOf(option: string): string {
	return /^INHERITS /.test(option) ? option : option.replace(/[ =].*$/s, '');
}

/** CREATE TABLE has no words for it. */
function isSetAfterwards(option: string): boolean {
	return /^(?:ROW LEVEL|FORCE ROW|REPLICA IDENTITY|OF )/.test(option);
}
