/*
What the statements of a migration need around their transaction; both are ignored inside
one. Dropping a table must not delete what refers to it, and renaming one must not rewrite
what other tables, triggers and views call it.
*/
export const pragmasBefore: readonly string[] = [
	'PRAGMA foreign_keys = OFF',
	'PRAGMA legacy_alter_table = ON',
];

export const pragmasAfter: readonly string[] = [
	'PRAGMA legacy_alter_table = OFF',
	'PRAGMA foreign_keys = ON',
];
