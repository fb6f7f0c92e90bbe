import type {Column, Table} from '../../../model/catalog.ts';
import type {ServerVersion} from '../catalog/server-version.ts';
import {quoteName, quoteText} from '../names.ts';
import {parseType} from '../parse-type.ts';
import {isOfColumn, renderColumn} from './render-column.ts';
import {renderIndex, renderUnique} from './render-index.ts';
import {renderCheck, renderOption, renderPrimaryKey} from './render-table.ts';
import {findColumn, listIndexMentions} from './table-parts.ts';
import {foldName} from '../catalog/fold-name.ts';

/**
What the server does for a clause. `metadata`: nothing but write it down. `index`: reads the table
while others write to it. `rebuild`: writes it anew while others write to it. `copy`: writes it
anew while nobody else may write.
*/
export type Effort = 'metadata' | 'index' | 'rebuild' | 'copy';

/** One clause of an ALTER TABLE. */
export type Clause = {readonly sql: string; readonly effort: Effort};

/**
The clauses that make one form of a table of another; foreign keys and partitions have statements
of their own. All of one ALTER TABLE happen at once, so their order is for people.
*/
export function listClauses(from: Table, to: Table, version: ServerVersion): Clause[] {
	const replaced = listReplaced(from, to);
	return [
		...dropChecks(from, to),
		...dropKeys(from, to, replaced),
		...alterColumns(from, to, replaced, version),
		...addKeys(from, to, replaced),
		...addChecks(from, to),
		...alterOptions(from, to, version),
	];
}

/** The server turns no column into a computed one, or what one computes into something else. */
function listReplaced(from: Table, to: Table): ReadonlySet<string> {
	const names = from.columns.flatMap(({name, generated}) => {
		const other = findColumn(to, name)?.generated;
		if (other === undefined || (!generated && !other)) return [];
		const isSame =
			generated?.expression === other?.expression && generated?.stored === other?.stored;
		return isSame || (generated?.stored === true && !other) ? [] : [foldName(name)];
	});
	return new Set(names);
}

function dropChecks(from: Table, to: Table): Clause[] {
	const kept = new Set(to.checks.map((check) => JSON.stringify([check.name, renderCheck(check)])));
	return from.checks
		.filter((check) => !kept.has(JSON.stringify([check.name, renderCheck(check)])))
		.filter((check) => !from.columns.some((column) => isOfColumn(check, column)))
		.map(({name}) => ({sql: `DROP CONSTRAINT ${quoteName(name ?? '')}`, effort: 'metadata'}));
}

function addChecks(from: Table, to: Table): Clause[] {
	const known = new Set(
		from.checks.map((check) => JSON.stringify([check.name, renderCheck(check)])),
	);
	return to.checks
		.filter((check) => !known.has(JSON.stringify([check.name, renderCheck(check)])))
		.filter((check) => !to.columns.some((column) => isOfColumn(check, column)))
		.map((check) => ({
			// By the name that it is taken back under, made up or not.
			sql: `ADD ${renderCheck({...check, isAutoNamed: false})}`,
			effort: check.isEnforced === false ? 'metadata' : 'copy',
		}));
}

type NamedKey = {readonly name: string; readonly sql: string; readonly effort: Effort};

function listKeys({uniques, indexes}: Table, replaced: ReadonlySet<string>): NamedKey[] {
	const isReplaced = (key: Parameters<typeof listIndexMentions>[0]) =>
		[...listIndexMentions(key)].some((name) => replaced.has(name));
	// One over a column that is replaced is another one, too.
	const mark = (key: Parameters<typeof listIndexMentions>[0], sql: string) =>
		isReplaced(key) ? `${sql} ` : sql;
	return [
		...uniques.map((unique) => ({
			name: unique.name ?? '',
			sql: mark(unique, renderUnique(unique)),
			effort: 'index' as const,
		})),
		...indexes.map(
			(index) =>
				({
					name: index.name,
					sql: mark(index, renderIndex(index)),
					effort: index.method === 'fulltext' || index.method === 'spatial' ? 'copy' : 'index',
				}) satisfies NamedKey,
		),
	];
}

const none: ReadonlySet<string> = new Set();

function dropKeys(from: Table, to: Table, replaced: ReadonlySet<string>): Clause[] {
	const kept = new Set(listKeys(to, none).map(({sql}) => sql));
	const clauses: Clause[] = listKeys(from, replaced)
		.filter(({sql}) => !kept.has(sql))
		.map(({name}) => ({sql: `DROP INDEX ${quoteName(name)}`, effort: 'metadata'}));
	return isKeyKept(from, to)
		? clauses
		: [
				...clauses,
				...(from.primaryKey ? [{sql: 'DROP PRIMARY KEY', effort: 'copy' as const}] : []),
			];
}

function addKeys(from: Table, to: Table, replaced: ReadonlySet<string>): Clause[] {
	const known = new Set(listKeys(from, replaced).map(({sql}) => sql));
	return [
		...(to.primaryKey && !isKeyKept(from, to)
			? [{sql: `ADD ${renderPrimaryKey(to.primaryKey)}`, effort: 'rebuild' as const}]
			: []),
		...listKeys(to, none)
			.filter(({sql}) => !known.has(sql))
			.map(({sql, effort}) => ({sql: `ADD ${sql}`, effort})),
	];
}

function isKeyKept(from: Table, to: Table): boolean {
	const [before, after] = [from, to].map(({primaryKey}) =>
		primaryKey ? foldName(renderPrimaryKey(primaryKey)) : null,
	);
	return before === after;
}

function alterColumns(
	from: Table,
	to: Table,
	replaced: ReadonlySet<string>,
	version: ServerVersion,
): Clause[] {
	const isReplaced = ({name}: Column) => replaced.has(foldName(name));
	const dropped = from.columns.filter(
		(column) => !findColumn(to, column.name) || isReplaced(column),
	);
	const clauses = dropped.map(({name, generated}): Clause => ({
		sql: `DROP COLUMN ${quoteName(name)}`,
		effort: generated?.stored === false ? 'metadata' : 'rebuild',
	}));
	for (const [at, column] of to.columns.entries()) {
		const before = findColumn(from, column.name);
		const spelled = renderColumn(column, to, version);
		if (!before || isReplaced(column)) {
			const previous = to.columns[at - 1];
			const place = before ? (previous ? ` AFTER ${quoteName(previous.name)}` : ' FIRST') : '';
			clauses.push({sql: `ADD COLUMN ${spelled}${place}`, effort: addingEffort(column)});
		} else if (renderColumn(before, from, version) !== spelled) {
			const effort = modifyingEffort(before, column);
			clauses.push({sql: `MODIFY COLUMN ${spelled}`, effort});
		}
	}
	return clauses;
}

/** Before MySQL 8.0.12 and MariaDB 10.3 a column that is added makes the table be written anew. */
function addingEffort({generated, identity}: Column): Effort {
	if (generated?.stored === true) return 'copy';
	if (identity) return 'copy';
	return generated ? 'metadata' : 'rebuild';
}

function modifyingEffort(before: Column, after: Column): Effort {
	const [old, now] = [parseType(before.type), parseType(after.type)];
	if (before.collation !== after.collation || old.name !== now.name) return 'copy';
	if (old.name === 'varchar' && old.numbers[0] !== now.numbers[0]) {
		// The length of a value is kept in one byte or in two.
		const widths = [old, now].map(({numbers}) => (numbers[0] ?? 0) * 4 > 255);
		const isShorter = (now.numbers[0] ?? 0) < (old.numbers[0] ?? 0);
		return isShorter || widths[0] !== widths[1] ? 'copy' : 'metadata';
	}
	const isLonger =
		old.labels.length > 0 && old.labels.every((label, at) => now.labels[at] === label);
	const isSame =
		JSON.stringify([old.numbers, old.labels, old.unsigned]) ===
		JSON.stringify([now.numbers, now.labels, now.unsigned]);
	if (!isSame && !isLonger) return 'copy';
	if (before.identity !== after.identity) return 'copy';
	return before.nullable === after.nullable ? 'metadata' : 'rebuild';
}

function alterOptions(from: Table, to: Table, version: ServerVersion): Clause[] {
	const clauses: Clause[] = [];
	for (const option of to.options.filter((each) => !from.options.includes(each))) {
		if (option === 'WITH SYSTEM VERSIONING') {
			clauses.push({sql: 'ADD SYSTEM VERSIONING', effort: 'copy'});
		} else {
			clauses.push({sql: renderOption(option, version), effort: optionEffort(option)});
		}
	}
	const names = new Set(to.options.map(nameOption));
	for (const option of from.options.filter((each) => !names.has(nameOption(each)))) {
		const reset = resetOption(option);
		if (reset !== null) clauses.push({sql: reset, effort: optionEffort(option)});
	}
	if (from.comment !== to.comment) {
		clauses.push({sql: `COMMENT=${quoteText(to.comment ?? '')}`, effort: 'metadata'});
	}
	return clauses;
}

function nameOption(option: string): string {
	return option.split('=', 1)[0] ?? option;
}

function resetOption(option: string): string | null {
	const name = nameOption(option);
	if (name === 'WITH SYSTEM VERSIONING') return 'DROP SYSTEM VERSIONING';
	if (name === 'ENGINE' || name === 'COLLATE') return null;
	if (/^(?:ROW_FORMAT|STATS_\w+|PACK_KEYS)$/.test(name) || name.startsWith('`')) {
		return `${name}=DEFAULT`;
	}
	return `${name}=${/^(?:CONNECTION|TRANSACTIONAL)$/.test(name) ? "''" : '0'}`;
}

function optionEffort(option: string): Effort {
	const name = nameOption(option);
	if (name === 'COLLATE' || name.startsWith('STATS_')) return 'metadata';
	return name === 'ENGINE' ? 'copy' : 'rebuild';
}
