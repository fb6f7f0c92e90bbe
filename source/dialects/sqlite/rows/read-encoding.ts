import type {Database} from 'better-sqlite3';
import type {TextEncoding} from './values.ts';

export function readEncoding(database: Database): TextEncoding {
	// SQLite answers with one of these three.
	return database.pragma('encoding', {simple: true}) as TextEncoding;
}
