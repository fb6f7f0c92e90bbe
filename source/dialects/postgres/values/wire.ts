import {trimZeros} from '../../../model/cast-number.ts';
import type {CellKind} from '../../../model/cell.ts';
import type {ShapeColumn} from './table-shape.ts';

/**
How values of a column travel: as the server's own text, in a session that pins how it is
spelled (session.ts). Within one format, equal text is the same value and different text another.
*/
export type Wire = {
	readonly kind: Exclude<CellKind, 'null' | 'absent' | 'rawText'>;
	/** Columns of the same format, on whatever server, spell the same value alike. */
	readonly format: string;
	/** The text of an SQL expression; null: the server's output as it is. */
	readonly spell: ((column: string) => string) | null;
	/** The normal form (cell.ts) of the text; null: it is that already. */
	readonly normalise: ((text: string) => string) | null;
};

/**
| type | on the wire | normal form |
| --- | --- | --- |
| smallint, integer, bigint, oid | digits | the same |
| numeric | digits; without a declared scale no zeros at the end | no zeros at the end; `NaN`, `Infinity`, `-Infinity` |
| real, double precision | the shortest digits of the type | as JavaScript prints that number |
| boolean | `true`, `false` | the same |
| text, varchar, name, citext, enum | characters | the same |
| char | without the blanks at its end | the same |
| bytea | hex | the same |
| date | `YYYY-MM-DD`, ` BC`, `infinity` | the same |
| time | `HH:MM:SS.f` | the same; timetz `±HH:MM` |
| timestamp, timestamptz | a blank between day and time, `+00` | `T` between them, `Z` |
| interval | ISO 8601 | the same |
| uuid, json, jsonb | text | the same |
| all others | text | the same, kind `other` |

@param version As `server_version_num`.
*/
export function chooseWire(column: ShapeColumn, version: number): Wire {
	const {type, typeSchema, typeKind, scale, cast} = column;
	if (typeKind === 'e' || type === 'citext') return plain('text', 'text');
	if (typeSchema !== 'pg_catalog') return plain('other', `${typeSchema}.${type}`);
	switch (type) {
		case 'int2':
		case 'int4':
		case 'int8':
		case 'oid':
			return plain('integer', 'integer');
		case 'numeric':
			return chooseNumeric(scale, version);
		case 'float4':
		case 'float8':
			return {...plain('real', type), normalise: normaliseReal};
		case 'bool':
			return {...plain('boolean', 'boolean'), spell: asText};
		case 'text':
		case 'varchar':
		case 'name':
			return plain('text', 'text');
		case 'bpchar':
			// Its output is padded, its text is not.
			return {...plain('text', 'text'), spell: asText};
		case 'bytea':
			return {...plain('bytes', 'bytes'), spell: (sql) => `pg_catalog.encode(${sql}, 'hex')`};
		case 'date':
			return plain('date', 'date');
		case 'time':
			return plain('time', 'time');
		case 'timetz':
			return {...plain('time', 'timetz'), normalise: normaliseZone};
		case 'timestamp':
			return {...plain('timestamp', 'timestamp'), normalise: normaliseTimestamp};
		case 'timestamptz':
			return {...plain('timestamptz', 'timestamptz'), normalise: normaliseTimestamp};
		case 'interval':
			return plain('interval', 'interval');
		case 'uuid':
			return plain('uuid', 'uuid');
		case 'json':
		case 'jsonb':
			return plain('json', type);
		case 'inet':
			// Its output leaves out the mask of a single host, its text does not.
			return {...plain('other', cast), spell: asText};
		default:
			return plain('other', cast);
	}
}

/** The text of a column in SQL; `column` is an expression. */
export function spellWire({spell}: Wire, column: string): string {
	return spell ? spell(column) : asText(column);
}

function plain(kind: Wire['kind'], format: string): Wire {
	return {kind, format, spell: null, normalise: null};
}

function asText(sql: string): string {
	return `${sql}::text`;
}

function chooseNumeric(scale: number | null, version: number): Wire {
	if (scale === null)
		return {...plain('decimal', 'decimal'), spell: version < 130_000 ? trimText : trimScale};
	if (scale <= 0) return plain('decimal', 'decimal 0');
	return {...plain('decimal', `decimal ${scale}`), normalise: normaliseDecimal};
}

function trimScale(sql: string): string {
	return `pg_catalog.trim_scale(${sql})::text`;
}

/** What `trim_scale` of PostgreSQL 13 does. */
function trimText(sql: string): string {
	return `CASE WHEN pg_catalog.strpos(${sql}::text, '.') > 0 THEN pg_catalog.rtrim(pg_catalog.rtrim(${sql}::text, '0'), '.') ELSE ${sql}::text END`;
}

function normaliseDecimal(text: string): string {
	const point = text.indexOf('.');
	if (point < 0) return text;
	const fraction = trimZeros(text.slice(point + 1));
	return fraction === '' ? text.slice(0, point) : `${text.slice(0, point)}.${fraction}`;
}

/** Digits that no other number of the type shares are read as a double: a real 0.1 is 0.1. */
function normaliseReal(text: string): string {
	const number = Number(text);
	return Object.is(number, -0) ? '-0' : String(number);
}

function normaliseTimestamp(text: string): string {
	return text.replace(' ', 'T').replace('+00', 'Z');
}

function normaliseZone(text: string): string {
	return text.replace(/[+-]\d\d$/, '$&:00');
}
