import {findCharacterSet} from '../catalog/collation.ts';

/**
How the text of one character set is read as UTF-8 without loss.

`same`: its bytes are UTF-8 already. `whole`: every byte has a character. `partial`: some byte
sequences have none, or share one with others; those are read as bytes.
*/
export type CharsetForm = 'same' | 'whole' | 'partial';

export function findCharsetForm(charset: string): CharsetForm {
	if (/^(?:utf8|utf8mb3|utf8mb4|ascii)$/.test(charset)) return 'same';
	// MySQL's latin1 is cp1252 with the five bytes that this leaves open (manual, "West European
	// Character Sets").
	return charset === 'latin1' ? 'whole' : 'partial';
}

/** Of a column's collation; text that the server tells no collation of is in UTF-8. */
export function readCharset(collation: string | null): string {
	return collation === null ? 'utf8mb4' : findCharacterSet(collation);
}

/** Lossless text behind `t`, else the hex digits of its bytes behind `q`. */
export function tagText(column: string, charset: string): string {
	const text = `CONVERT(${column} USING utf8mb4)`;
	const back = `CAST(CONVERT(${text} USING ${charset}) AS BINARY)`;
	return `IF(${back} = CAST(${column} AS BINARY), CONCAT('t', ${text}), CONCAT('q', HEX(${column})))`;
}
