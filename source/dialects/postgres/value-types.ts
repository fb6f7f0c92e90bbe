import type {KeyOrder, ValueType} from '../../model/value-type.ts';
import type {DatabaseRow, TypeRow} from './catalog/object-queries.ts';
import type {CollationRow, ColumnRow} from './catalog/relation-queries.ts';

/** The types of a database by their oid. */
export type TypeMap = ReadonlyMap<number, TypeRow>;

type Declared = {readonly oid: number; readonly modifier: number; readonly spelling: string};

/** What a column of a type can hold; a domain holds what its base does. */
export function readValueType(declared: Declared, types: TypeMap): ValueType {
	const {oid, modifier, spelling} = declared;
	const type = types.get(oid);
	if (!type) return {kind: 'other', name: spelling};
	if (type.kind === 'd') {
		const base = {oid: type.baseOid, modifier: type.baseModifier, spelling: type.base ?? spelling};
		return readValueType(base, types);
	}
	if (type.kind === 'e') return {kind: 'enum', labels: type.labels ?? []};
	if (type.extension === 'citext' && type.name === 'citext') return text(null, false);
	if (type.schema !== 'pg_catalog') return {kind: 'other', name: spelling};
	return readBuiltIn(type.name, modifier) ?? {kind: 'other', name: spelling};
}

/** Types of pg_catalog by their internal names. */
function readBuiltIn(name: string, modifier: number): ValueType | null {
	const given = modifier < 0 ? null : modifier;
	switch (name) {
		case 'int2':
			return {kind: 'integer', bits: 16, unsigned: false};
		case 'int4':
			return {kind: 'integer', bits: 32, unsigned: false};
		case 'int8':
			return {kind: 'integer', bits: 64, unsigned: false};
		case 'oid':
			return {kind: 'integer', bits: 32, unsigned: true};
		case 'numeric':
			return readNumeric(modifier);
		case 'float4':
			return {kind: 'real', bits: 32};
		case 'float8':
			return {kind: 'real', bits: 64};
		case 'bool':
			return {kind: 'boolean'};
		case 'text':
		case 'name':
			return text(null, false);
		case 'varchar':
			return text(given === null ? null : given - lengthHeader, false);
		case 'bpchar':
			return text(given === null ? null : given - lengthHeader, true);
		case 'bytea':
			return {kind: 'bytes', length: null, padded: false};
		case 'date':
			return {kind: 'date'};
		case 'time':
		case 'timetz':
			return {kind: 'time', precision: given, zoned: name === 'timetz'};
		case 'timestamp':
		case 'timestamptz':
			return {kind: name, precision: given};
		case 'interval':
			return {kind: 'interval'};
		case 'uuid':
			return {kind: 'uuid'};
		case 'json':
		case 'jsonb':
			return {kind: 'json'};
		default:
			return null;
	}
}

/** A modifier counts the header of a stored value too. */
const lengthHeader = 4;

/** Precision in the upper half; the scale in eleven bits, negative ones since PostgreSQL 15. */
function readNumeric(modifier: number): ValueType {
	if (modifier < 0) return {kind: 'decimal', precision: null, scale: null};
	const packed = modifier - lengthHeader;
	const scale = ((packed & 0x7ff) ^ 1024) - 1024;
	return {kind: 'decimal', precision: (packed >> 16) & 0xffff, scale};
}

function text(length: number | null, padded: boolean): ValueType {
	return {kind: 'text', length, padded};
}

/** Types whose values have one text each and sort the same everywhere, by their internal names. */
const plainOrders: Readonly<Record<string, string>> = {
	int2: 'number',
	int4: 'number',
	int8: 'number',
	oid: 'number',
	numeric: 'number',
	bool: 'boolean',
	bytea: 'bytes',
	date: 'date',
	time: 'time',
	timestamp: 'timestamp',
	timestamptz: 'timestamptz',
	uuid: 'uuid',
};

/** Of whose values some are equal and yet not the same: -0 and 0, one month and 30 days. */
const looseTypes = new Set(['float4', 'float8', 'interval', 'jsonb', 'citext', 'numrange']);

/** How a column sorts as a key; null for a type without an order (json, xml, point …). */
export function readKeyOrder(
	column: Pick<ColumnRow, 'typeOid' | 'collation'>,
	types: TypeMap,
	database: DatabaseRow,
): KeyOrder | null {
	const type = types.get(column.typeOid);
	if (!type) return null;
	if (type.kind === 'd') return readKeyOrder({...column, typeOid: type.baseOid}, types, database);
	if (type.kind === 'e') {
		return {name: `postgres enum ${JSON.stringify(type.labels)}`, isExact: true};
	}
	if (type.isArray) {
		const element = readKeyOrder({...column, typeOid: type.elementOid}, types, database);
		return element && {name: `postgres array of ${element.name}`, isExact: element.isExact};
	}
	if (type.kind === 'r' || type.kind === 'm') {
		const isExact = !looseTypes.has(type.name);
		return {name: `postgres ${type.spelling}`, isExact};
	}
	const isText = ['text', 'varchar', 'bpchar', 'citext'].includes(type.name);
	if (!type.isOrdered && type.name !== 'varchar') return null;
	if (isText) return readTextOrder(type.name, column.collation, database);
	if (type.name === 'name') return {name: 'bytes', isExact: true};
	const name = type.schema === 'pg_catalog' ? plainOrders[type.name] : undefined;
	return {name: name ?? `postgres ${type.spelling}`, isExact: !looseTypes.has(type.name)};
}

function readTextOrder(
	type: string,
	collation: CollationRow | null,
	database: DatabaseRow,
): KeyOrder {
	const isDefault = collation === null || collation.provider === 'd';
	const {provider, locale, version} = isDefault ? database : collation;
	const isBytes = locale === 'C' || locale === 'POSIX' || (provider === 'b' && locale !== null);
	const order = isBytes ? 'bytes' : `postgres ${provider} ${locale} ${version ?? 'unversioned'}`;
	const isExact = type !== 'citext' && (isDefault || collation.isDeterministic);
	// Blanks at the end of a CHAR count for nothing.
	const isPlain = type === 'text' || type === 'varchar';
	return {name: isPlain ? order : `postgres ${type} ${order}`, isExact};
}

/** Every type as PostgreSQL itself would print it, so that it needs no normal form. */
export function spellType(type: ValueType): string | null {
	switch (type.kind) {
		case 'any':
			return 'text';
		case 'integer':
			return spellInteger(type.bits, type.unsigned);
		case 'decimal':
			return spellNumeric(type.precision, type.scale);
		case 'real':
			return type.bits === 32 ? 'real' : 'double precision';
		case 'boolean':
		case 'date':
		case 'interval':
		case 'uuid':
			return type.kind;
		case 'text':
			if (type.length === null || type.length > mostCharacters) return 'text';
			return `${type.padded ? 'character' : 'character varying'}(${type.length})`;
		case 'bytes':
			return 'bytea';
		case 'time':
			return `time${spellPrecision(type.precision)} ${spellZone(type.zoned)}`;
		case 'timestamp':
			return `timestamp${spellPrecision(type.precision)} ${spellZone(false)}`;
		case 'timestamptz':
			return `timestamp${spellPrecision(type.precision)} ${spellZone(true)}`;
		// `json` keeps the text as it was written, which is what is compared.
		case 'json':
			return 'json';
		// Its labels are kept out of what is not theirs by a check or not at all: text holds them all.
		case 'enum':
			return 'text';
		case 'other':
			return null;
		default:
			return type satisfies never;
	}
}

/** (Manual, "Character Types".) */
const mostCharacters = 10_485_760;

function spellInteger(bits: number, unsigned: boolean): string {
	const needed = unsigned ? bits + 1 : bits;
	if (needed <= 16) return 'smallint';
	if (needed <= 32) return 'integer';
	return needed <= 64 ? 'bigint' : 'numeric(20,0)';
}

function spellNumeric(precision: number | null, scale: number | null): string {
	return precision === null || precision > 1000 ? 'numeric' : `numeric(${precision},${scale ?? 0})`;
}

/** Six digits are all that there are, and the default. */
function spellPrecision(precision: number | null): string {
	return precision === null || precision >= 6 ? '' : `(${precision})`;
}

function spellZone(zoned: boolean): string {
	return zoned ? 'with time zone' : 'without time zone';
}
