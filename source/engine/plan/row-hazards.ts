import type {Catalog, Table, Trigger} from '../../model/catalog.ts';
import type {Hazard} from '../../model/hazard.ts';
import {showControls} from './describe-row.ts';
import type {ColumnTarget, TableTarget} from './table-target.ts';

export type RowKind = 'insert' | 'update' | 'delete';

/** What every statement of a kind on one table may cost; the same for all of its rows. */
export type RowHazards = Readonly<Record<RowKind, readonly Hazard[]>>;

/**
@param tables All tables as they will be.
@param prod The catalog as it is: its triggers are those that fire.
@param checksAtEnd The trait `checksForeignKeysAtEnd`.
*/
export function listRowHazards(
	target: TableTarget,
	tables: readonly Table[],
	prod: Catalog,
	{checksAtEnd, foldName}: {checksAtEnd: boolean; foldName: (name: string) => string},
): RowHazards {
	const name = showControls(target.table.name);
	const isOwn = (other: string) => foldName(other) === foldName(target.table.name);
	const triggers = prod.triggers.filter(({table}) => isOwn(table));
	const foreign = listForeign(target);
	return {
		insert: [...listTriggers(name, triggers, 'insert'), ...foreign, ...listMissing(target, name)],
		update: [...listTriggers(name, triggers, 'update'), ...foreign],
		delete: [
			{kind: 'deletesRows', message: `Deletes rows of ${name}.`},
			...listTriggers(name, triggers, 'delete'),
			...listActions(tables, isOwn, name, checksAtEnd),
			...listUnread(target, name),
		],
	};
}

function listTriggers(table: string, triggers: readonly Trigger[], kind: RowKind): Hazard[] {
	const names = triggers.filter((trigger) => firesOn(trigger, kind)).map((trigger) => trigger.name);
	if (names.length === 0) return [];
	const plural = names.length > 1 ? 's' : '';
	const list = names.map(showControls).join(', ');
	return [{kind: 'firesTrigger', message: `Fires the trigger${plural} ${list} of ${table}.`}];
}

/** The event stands before ON; where it can't be read there, the trigger is named for all. */
function firesOn({definition}: Trigger, kind: RowKind): boolean {
	const plain = definition.replaceAll(/"[^"]*"|`[^`]*`|\[[^\]]*\]|--.*|\/\*.*?\*\//gs, ' ');
	const head = /^(.*?)\bON\b/is.exec(plain)?.[1] ?? '';
	const events = head.match(/\b(?:insert|update|delete)\b/gi) ?? [];
	return events.length === 0 || events.some((event) => event.toLowerCase() === kind);
}

function listForeign({columns}: TableTarget): Hazard[] {
	const names = columns.filter((column) => column.isForeign && column.isCompared);
	if (names.length === 0) return [];
	const list = names.map((column) => showControls(column.name)).join(', ');
	return [
		{
			kind: 'mayViolate',
			message: `Prod keeps its own type of ${list}, so the values may be stored converted and are not verified.`,
		},
	];
}

function listMissing({table, columns}: TableTarget, name: string): Hazard[] {
	const isWritten = ({isWritable, role}: ColumnTarget) => isWritable && role !== 'prod-only';
	const written = new Set(columns.filter(isWritten).map((column) => column.name));
	const missing = table.columns.filter(
		(column) =>
			!written.has(column.name) &&
			!column.nullable &&
			column.default === null &&
			column.generated === null &&
			!column.identity,
	);
	if (missing.length === 0) return [];
	const list = missing.map((column) => showControls(column.name)).join(', ');
	return [
		{kind: 'mayViolate', message: `${name} needs a value for ${list}, and dev's rows have none.`},
	];
}

function listActions(
	tables: readonly Table[],
	isOwn: (table: string) => boolean,
	name: string,
	checksAtEnd: boolean,
): Hazard[] {
	return tables.flatMap((table) =>
		table.foreignKeys
			.filter((key) => isOwn(key.referencedTable))
			.flatMap((key): Hazard[] => {
				const action = key.onDelete.toUpperCase();
				if (!['CASCADE', 'SET NULL', 'SET DEFAULT'].includes(action)) return [];
				const child = showControls(`${table.name}.${key.columns.join(', ')}`);
				return [
					checksAtEnd
						? {
								kind: 'mayViolate',
								message: `${child} says ON DELETE ${action}: rows that refer to a deleted row of ${name} are checked at the end, not changed.`,
							}
						: {
								kind: 'deletesRows',
								message: `${child} says ON DELETE ${action}: rows that refer to a deleted row of ${name} are changed with it.`,
							},
				];
			}),
	);
}

/** Columns that were never read can't be brought back by an undo. */
function listUnread({layout, table}: TableTarget, name: string): Hazard[] {
	const carried = new Set(layout.columns.map((column) => column.name));
	const lost = layout.leftOut.filter(({column}) => {
		const own = table.columns.find((candidate) => candidate.name === column);
		return !carried.has(column) && own?.generated === null;
	});
	if (lost.length === 0) return [];
	const list = lost.map(({column}) => showControls(column)).join(', ');
	return [{kind: 'noUndo', message: `An undo brings the rows of ${name} back without ${list}.`}];
}
