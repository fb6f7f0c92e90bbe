import {encodeField} from '../../../model/encoding.ts';
import type {PostgresSession} from '../session.ts';
import {spellWire, type Wire} from '../values/wire.ts';
import type {RowPlan} from './row-plan.ts';

/**
The digest's input, in SQL: the compared columns as encoding.ts has it, `<tag><bytes>:<text>`,
of their wire forms.

@param names Of the columns that hold the wire forms, one for each compared column of the layout;
those that the table lacks have none.
*/
export function renderEncoding(
	{columns, layout}: RowPlan,
	names: readonly string[],
	session: PostgresSession,
): string {
	const fields = columns
		.slice(0, layout.comparedCount)
		.map((column, index) =>
			column ? renderField(column.wire, names[index] ?? '', session) : `'-'`,
		);
	return fields.length === 0 ? `''` : joinInPieces(fields);
}

/** The wire forms that digests cover, as a list of a SELECT: `… AS w0, … AS w1`. */
export function renderCompared({columns, layout}: RowPlan): {list: string[]; names: string[]} {
	const names = columns.slice(0, layout.comparedCount).map((_, index) => `w${index}`);
	const list = columns
		.slice(0, layout.comparedCount)
		.flatMap((column, index) =>
			column ? [`${spellWire(column.wire, column.sql)} AS w${index}`] : [],
		);
	return {list, names};
}

export function renderField(
	{kind}: Pick<Wire, 'kind'>,
	text: string,
	{isUtf8}: PostgresSession,
): string {
	const tag = encodeField(kind, '').charAt(0);
	const bytes = isUtf8
		? `pg_catalog.octet_length(${text})`
		: `pg_catalog.octet_length(pg_catalog.convert_to(${text}, 'UTF8'))`;
	return `coalesce('${tag}' || ${bytes} || ':' || ${text}, '~')`;
}

export function renderHash(encoded: string): string {
	return `pg_catalog.sha256(pg_catalog.convert_to(${encoded}, 'UTF8'))`;
}

const pieceSize = 16;

/** In pieces: each `||` copies what it has so far, and functions take 100 arguments at most. */
export function joinInPieces(parts: readonly string[]): string {
	if (parts.length <= pieceSize) return parts.join(' || ');
	const size = Math.ceil(parts.length / pieceSize);
	const pieces = [];
	for (let at = 0; at < parts.length; at += size) {
		pieces.push(`(${joinInPieces(parts.slice(at, at + size))})`);
	}
	return pieces.join(' || ');
}
