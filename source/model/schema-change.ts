import type {ObjectSort} from './catalog.ts';
import type {Hazard} from './hazard.ts';

/** What a table consists of. */
export const tableParts = [
	'column',
	'primary key',
	'unique',
	'index',
	'foreign key',
	'check',
] as const;
export type TablePart = (typeof tableParts)[number];

export type ObjectKind = 'table' | TablePart | 'view' | 'trigger' | ObjectSort;

export function isTablePart(kind: ObjectKind): kind is TablePart {
	return tableParts.some((part) => part === kind);
}

/** One difference of structure: what must happen to prod so that it has dev's object. */
export type SchemaChange = {
	/** Stable over runs, e.g. `alter column artist.name`. */
	readonly id: string;
	readonly action: 'create' | 'drop' | 'alter';
	readonly object: ObjectKind;
	/** The table that the object belongs to; for one that belongs to none its own name. */
	readonly table: string;
	/** The object's own name (a column's, an index's); for one that belongs to no table the same as `table`. */
	readonly name: string;
	/** The definition on each side; null where it does not exist. */
	readonly prod: string | null;
	readonly dev: string | null;
	/** What differs in words, e.g. `NOT NULL → NULL`; empty for create and drop. */
	readonly details: readonly string[];
	/** The kind that must be allowed first; null when nothing is destroyed. */
	readonly needs: AllowKind | null;
	readonly hazards: readonly Hazard[];
};

/** What is destructive and so off until it is allowed, one kind at a time. */
export const allowKinds = [
	'dropTable',
	'dropColumn',
	'dropIndex',
	'dropConstraint',
	'dropForeignKey',
	'dropView',
	'dropTrigger',
	'dropRoutine',
	'dropSequence',
	'dropType',
	'dropPolicy',
	'dropEvent',
	'dropSchema',
	'dropExtension',
	'narrowType',
	'deleteRows',
] as const;

export type AllowKind = (typeof allowKinds)[number];
