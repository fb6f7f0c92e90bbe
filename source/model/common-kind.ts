import type {CellKind} from './cell.ts';
import type {ValueType} from './value-type.ts';

/** A kind that both can be brought to, or why there is none. */
export type CommonKind =
	| {readonly kind: CellKind | null; readonly reason: null}
	| {readonly kind: null; readonly reason: string};

/**
The kind of cell in which values of two types are compared; a null kind compares them as they
are.

| one side | the other | compared as |
| --- | --- | --- |
| any | any | as they are |
| any | T | T |
| integer | boolean | integer: true is 1 |
| integer, decimal, real | decimal, real of another kind | decimal: a float by its shortest digits |
| text, enum | text, enum | text |
| text | uuid, json, date, time, timestamp, timestamptz, interval, boolean, integer, decimal, real | the other's kind |
| date | timestamp | timestamp: midnight |
| T | T | T |

Every other pair has no common ground: a moment and a time without a zone, bytes and text,
types that only one engine has.
*/
export function findCommonKind(a: ValueType, b: ValueType): CommonKind {
	if (a.kind === 'any') return {kind: b.kind === 'any' ? null : kindOf(b), reason: null};
	if (b.kind === 'any') return found(kindOf(a));
	const [first, second] = [kindOf(a), kindOf(b)];
	if (first === 'other' || second === 'other') {
		const isSame = a.kind === 'other' && b.kind === 'other' && a.name === b.name;
		return isSame ? found('other') : refuse(a, b);
	}
	if (first === second) return found(first);
	return found(pairs.get([first, second].sort().join(' ')) ?? null, () => refuse(a, b));
}

const readFromText = [
	'uuid',
	'json',
	'date',
	'time',
	'timestamp',
	'timestamptz',
	'interval',
	'boolean',
	'integer',
	'decimal',
	'real',
] as const satisfies readonly CellKind[];

const pairs = new Map<string, CellKind>([
	['boolean integer', 'integer'],
	['decimal integer', 'decimal'],
	['integer real', 'decimal'],
	['decimal real', 'decimal'],
	['date timestamp', 'timestamp'],
	...readFromText.map((kind) => [[kind, 'text'].sort().join(' '), kind] as const),
]);

function found(kind: CellKind | null, otherwise?: () => CommonKind): CommonKind {
	return kind === null && otherwise ? otherwise() : {kind, reason: null};
}

function refuse(a: ValueType, b: ValueType): CommonKind {
	const name = (type: ValueType) => (type.kind === 'other' ? type.name : type.kind);
	return {kind: null, reason: `${name(a)} and ${name(b)} have no common form`};
}

/**
The kind in which the values of a column are compared with those of the column that is made for
them on another engine; a column of any values is made for texts.
*/
export function kindOnOtherEngine(type: ValueType): CellKind {
	return type.kind === 'any' ? 'text' : kindOf(type);
}

function kindOf(type: Exclude<ValueType, {kind: 'any'}>): CellKind {
	return type.kind === 'enum' ? 'text' : type.kind;
}
