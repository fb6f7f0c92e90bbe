/**
Quotes a name for SQL text, always: SQLite's keywords grow with its versions, so a name
that needs no quotes today may need them tomorrow.
*/
export function quoteName(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}
