import type {Cell, CellKind} from '../../../model/cell.ts';

/** What was typed as a value, or why it can't be one. */
export type ParsedValue =
	| {readonly kind: 'value'; readonly cell: Cell}
	| {readonly kind: 'refused'; readonly reason: string};

/** Kinds that a person may give a value, beside the one that it has. */
const usualKinds = ['null', 'integer', 'real', 'text', 'bytes'] as const satisfies CellKind[];

/** Longer values can't be typed on one row. */
export const longestEdit = 20_000;

/** The kinds to choose from; the value's own comes first. */
export function listKinds(current: CellKind): readonly CellKind[] {
	const own = current === 'absent' ? 'null' : current;
	return [own, ...usualKinds.filter((kind) => kind !== own)];
}

/** The kind as people call it. */
export function nameKind(kind: CellKind): string {
	switch (kind) {
		case 'null':
			return 'NULL';
		case 'bytes':
			return 'bytes as hex';
		case 'rawText':
			return 'raw text as hex';
		case 'absent':
		case 'integer':
		case 'real':
		case 'decimal':
		case 'boolean':
		case 'text':
		case 'date':
		case 'time':
		case 'timestamp':
		case 'timestamptz':
		case 'interval':
		case 'uuid':
		case 'json':
		case 'other':
			return kind;
		default:
			return kind satisfies never;
	}
}

/** Reads a value in its normal form, see model/cell.ts. */
export function parseValue(kind: CellKind, typed: string): ParsedValue {
	const value = (text: string): ParsedValue => ({kind: 'value', cell: {kind, text}});
	switch (kind) {
		case 'null':
		case 'absent':
			return {kind: 'value', cell: {kind: 'null', text: ''}};
		case 'integer':
			return parseInteger(typed.trim());
		case 'real':
			return parseReal(typed.trim());
		case 'decimal':
			return parseDecimal(typed.trim());
		case 'boolean':
			return matchForm(kind, typed.trim().toLowerCase(), /^(?:true|false)$/, 'true or false');
		case 'text':
		case 'other':
			return value(typed);
		case 'bytes':
		case 'rawText':
			return parseHex(kind, typed);
		case 'date':
			return matchForm(kind, typed.trim(), /^-?\d{4,}-\d\d-\d\d$/, '2026-01-31');
		case 'time':
			return matchForm(kind, typed.trim(), /^\d\d:\d\d:\d\d(?:\.\d+)?$/, '23:59:00');
		case 'timestamp':
			return matchForm(
				kind,
				typed.trim(),
				/^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?$/,
				'2026-01-31T23:59:00',
			);
		case 'timestamptz':
			return matchForm(
				kind,
				typed.trim(),
				/^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/,
				'2026-01-31T23:59:00Z, in UTC',
			);
		case 'interval':
			return matchForm(kind, typed.trim(), /^-?P(?=.)/, 'P1DT2H');
		case 'uuid':
			return matchForm(
				kind,
				typed.trim().toLowerCase(),
				/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/,
				'123e4567-e89b-12d3-a456-426614174000',
			);
		case 'json':
			return parseJson(typed);
		default:
			return kind satisfies never;
	}
}

function parseInteger(typed: string): ParsedValue {
	if (!/^[+-]?\d+$/.test(typed)) {
		return refuse(`An integer has only digits, with - in front when it is negative: 42 or -7.`);
	}
	const number = BigInt(typed.replace(/^\+/, ''));
	if (BigInt.asIntN(64, number) !== number) {
		return refuse(
			'An integer is between -9223372036854775808 and 9223372036854775807; this one is not.',
		);
	}
	return {kind: 'value', cell: {kind: 'integer', text: number.toString()}};
}

function parseReal(typed: string): ParsedValue {
	const isNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(typed);
	const infinity = /^([+-]?)infinity$/i.exec(typed);
	if (!isNumber && !infinity) return refuse('A real is a number such as 1.5, -0.25 or 1e300.');
	const number = infinity
		? Number(`${infinity[1] === '-' ? '-' : ''}Infinity`)
		: Number(typed.replace(/^\+/, ''));
	if (isNumber && !Number.isFinite(number)) {
		return refuse('That is more than a real can hold: at most about 1.8e308.');
	}
	return {kind: 'value', cell: {kind: 'real', text: Object.is(number, -0) ? '-0' : String(number)}};
}

function parseDecimal(typed: string): ParsedValue {
	const match = /^([+-]?)0*(\d+)(?:\.(\d*))?$/.exec(typed);
	if (!match) return refuse('A decimal has digits and at most one point: 1234.50.');
	const [, sign = '', whole = '0', fraction = ''] = match;
	const digits = fraction.replace(/0+$/, '');
	const text = digits === '' ? whole : `${whole}.${digits}`;
	const isZero = /^[0.]+$/.test(text);
	return {
		kind: 'value',
		cell: {kind: 'decimal', text: sign === '-' && !isZero ? `-${text}` : text},
	};
}

function parseHex(kind: 'bytes' | 'rawText', typed: string): ParsedValue {
	const inner = /^x'(.*)'$/is.exec(typed.trim())?.[1] ?? typed;
	const hex = inner.replace(/\s+/g, '').toLowerCase();
	if (!/^[\da-f]*$/.test(hex)) {
		return refuse('Bytes are written in hex: digits and a to f, two for each byte, 00 to ff.');
	}
	if (hex.length % 2 === 1) {
		return refuse(`Bytes take two hex digits each: there are ${hex.length}, an odd number.`);
	}
	return {kind: 'value', cell: {kind, text: hex}};
}

function parseJson(typed: string): ParsedValue {
	try {
		JSON.parse(typed);
		return {kind: 'value', cell: {kind: 'json', text: typed}};
	} catch {
		return refuse('That is no JSON: names and texts stand in double quotes, {"a": [1, "b"]}.');
	}
}

function matchForm(kind: CellKind, text: string, form: RegExp, example: string): ParsedValue {
	return form.test(text)
		? {kind: 'value', cell: {kind, text}}
		: refuse(`A ${nameKind(kind)} is written like ${example}.`);
}

function refuse(reason: string): ParsedValue {
	return {kind: 'refused', reason};
}
