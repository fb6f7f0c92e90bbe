import type {ForeignKey} from '../../../model/catalog.ts';
import type {TokenReader} from './token-reader.ts';

type Deferral = ForeignKey['deferral'];

/** Reads `REFERENCES table (columns) ON … MATCH … DEFERRABLE …`. */
export function parseReferences(
	reader: TokenReader,
	name: string | null,
	columns: readonly string[],
): ForeignKey {
	reader.expectWords('REFERENCES');
	const referencedTable = reader.takeName();
	const referencedColumns = reader.isAt('(') ? parseNameList(reader) : [];
	let onDelete = 'NO ACTION';
	let onUpdate = 'NO ACTION';
	// Standard SQL's own default; SQLite reads the others but treats all of them like it.
	let match = 'SIMPLE';
	for (;;) {
		if (reader.acceptWords('ON', 'DELETE')) onDelete = parseAction(reader);
		else if (reader.acceptWords('ON', 'UPDATE')) onUpdate = parseAction(reader);
		else if (reader.acceptWords('ON', 'INSERT')) parseAction(reader);
		else if (reader.acceptWords('MATCH')) match = reader.takeName().toUpperCase();
		else break;
	}
	const deferral = parseDeferral(reader) ?? 'not deferrable';
	return {name, columns, referencedTable, referencedColumns, onUpdate, onDelete, match, deferral};
}

/** Reads `[NOT] DEFERRABLE [INITIALLY …]`; null when it does not come next. */
export function parseDeferral(reader: TokenReader): Deferral | null {
	const isNot = reader.acceptWords('NOT', 'DEFERRABLE');
	if (!isNot && !reader.acceptWords('DEFERRABLE')) return null;
	const isDeferred = reader.acceptWords('INITIALLY', 'DEFERRED');
	if (!isDeferred) reader.acceptWords('INITIALLY', 'IMMEDIATE');
	if (isNot) return 'not deferrable';
	return isDeferred ? 'initially deferred' : 'initially immediate';
}

export function parseNameList(reader: TokenReader): string[] {
	return reader.takeList().map((item) => item[0]?.value ?? '');
}

function parseAction(reader: TokenReader): string {
	if (reader.acceptWords('SET', 'NULL')) return 'SET NULL';
	if (reader.acceptWords('SET', 'DEFAULT')) return 'SET DEFAULT';
	if (reader.acceptWords('NO', 'ACTION')) return 'NO ACTION';
	return reader.takeName().toUpperCase();
}
