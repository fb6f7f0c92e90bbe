import {spellDecimal} from '../../model/cast-number.ts';
import type {Cell} from '../../model/cell.ts';
import {decodeRow} from '../../model/encoding.ts';

/**
Compares two encoded keys as the servers sort them: negative, 0 or positive; null where a value
is of a form whose place is not known.
*/
export type KeyComparer = (a: string, b: string) => number | null;

type CellComparer = (a: Cell, b: Cell) => number | null;

const comparers = new Map<string, CellComparer>([
	['number', compareNumbers],
	['bytes', compareBytes],
	['uuid', compareTexts],
	['boolean', compareTexts],
	['date', compareTimes],
	['timestamp', compareTimes],
]);

/** How keys of these orders (value-type.ts, KeyOrder) are compared; null where only the server knows. */
export function findKeyComparer(orders: readonly string[] | undefined): KeyComparer | null {
	const columns = (orders ?? []).map((name) => comparers.get(name));
	if (columns.length === 0 || columns.includes(undefined)) return null;
	return (a, b) => {
		const [ours, theirs] = [decodeRow(a), decodeRow(b)];
		for (const [at, compare] of columns.entries()) {
			const [left, right] = [ours[at], theirs[at]];
			if (!compare || !left || !right) return null;
			const order = compare(left, right);
			if (order !== 0) return order;
		}
		return 0;
	};
}

/** Where SQLite puts values of a kind that the column does not mean; other engines have none. */
const ranks = new Map<string, number>([
	['integer', 1],
	['decimal', 1],
	['real', 1],
	['text', 2],
	['rawText', 2],
	['bytes', 3],
]);

function compareNumbers(a: Cell, b: Cell): number | null {
	const [left, right] = [ranks.get(a.kind), ranks.get(b.kind)];
	if (left === undefined || right === undefined) return null;
	if (left !== right) return left - right;
	return left === 1 ? compareDigits(a.text, b.text) : compareBytes(a, b);
}

/** Up to this many characters a number is exact as a double, whether or not it has a fraction. */
const exactLength = 15;

function compareDigits(a: string, b: string): number | null {
	if (a.length <= exactLength && b.length <= exactLength) {
		const order = Number(a) - Number(b);
		if (!Number.isNaN(order)) return order;
	}
	const [left, right] = [spellDecimal(a), spellDecimal(b)];
	if (left === null || right === null) return compareSpecial(a, b);
	const isNegative = left.startsWith('-');
	if (isNegative !== right.startsWith('-')) return isNegative ? -1 : 1;
	const order = compareMagnitudes(left.replace('-', ''), right.replace('-', ''));
	return isNegative ? -order : order;
}

function compareMagnitudes(a: string, b: string): number {
	const [whole = '', fraction = ''] = a.split('.');
	const [otherWhole = '', otherFraction = ''] = b.split('.');
	if (whole.length !== otherWhole.length) return whole.length - otherWhole.length;
	return compareStrings(whole, otherWhole) || compareStrings(fraction, otherFraction);
}

/** NaN is greater than all, as PostgreSQL has it; no other engine keeps it in a key. */
function compareSpecial(a: string, b: string): number {
	const rank = (text: string) =>
		text === 'NaN' ? 2 : text === 'Infinity' ? 1 : text === '-Infinity' ? -1 : 0;
	return rank(a) - rank(b);
}

function compareBytes(a: Cell, b: Cell): number | null {
	const [left, right] = [ranks.get(a.kind), ranks.get(b.kind)];
	if (left === undefined || right === undefined || left === 1 || right === 1) {
		return a.kind === b.kind ? compareUtf8(a.text, b.text) : null;
	}
	if (left !== right) return left - right;
	if (a.kind === 'text' && b.kind === 'text') return compareUtf8(a.text, b.text);
	return Buffer.compare(readBytes(a), readBytes(b));
}

function readBytes({kind, text}: Cell): Buffer {
	return Buffer.from(text, kind === 'text' ? 'utf8' : 'hex');
}

/** UTF-16 sorts surrogates, which stand for the highest characters, below some others. */
function compareUtf8(a: string, b: string): number {
	if (!/[\uD800-\uFFFF]/.test(a) && !/[\uD800-\uFFFF]/.test(b)) return compareStrings(a, b);
	return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function compareTexts(a: Cell, b: Cell): number | null {
	return a.kind === b.kind ? compareStrings(a.text, b.text) : null;
}

/** Only years of four digits sort like their text. */
function compareTimes(a: Cell, b: Cell): number | null {
	const isPlain = ({text}: Cell) => /^\d{4}-\d\d-\d\d(?:$|[T ])(?!.*BC)/.test(text);
	if (a.kind !== b.kind || !isPlain(a) || !isPlain(b)) return a.text === b.text ? 0 : null;
	return compareStrings(a.text, b.text);
}

function compareStrings(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
