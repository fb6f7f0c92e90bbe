/**
A name as it is compared with another. Columns, indexes and routines have no letter case. Tables
have none on some servers (`lower_case_table_names`) and one on others; where two names of one
database differ in it alone, the tables are not compared (read-catalog.ts).
*/
export function foldName(name: string): string {
	return name.toLowerCase();
}

export function areNamesEqual(a: string, b: string): boolean {
	return foldName(a) === foldName(b);
}
