import type {Row} from '../../server/session.ts';

/**
A declared type from a row of sys.columns or the like: `base` and `own` are the names of its system
and its own type, `length` counts bytes. The types of the server's own assemblies have a system
type in common, and are told by their own name.
*/
export function spellColumnType(row: Row): string {
	const own = row['own'] ?? '';
	const base = row['base'] ?? own;
	const name = /^(?:hierarchyid|geography|geometry|json|vector)$/i.test(own) ? own : base;
	const length = Number(row['length']);
	switch (name) {
		case 'char':
		case 'varchar':
		case 'binary':
		case 'varbinary':
			return `${name}(${length < 0 ? 'max' : length})`;
		case 'nchar':
		case 'nvarchar':
			return `${name}(${length < 0 ? 'max' : length / 2})`;
		case 'decimal':
		case 'numeric':
			return `${name}(${row['precision']},${row['scale']})`;
		case 'time':
		case 'datetime2':
		case 'datetimeoffset':
			return `${name}(${row['scale']})`;
		case 'timestamp':
			return 'rowversion';
		default:
			return name;
	}
}
