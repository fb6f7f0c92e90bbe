import {parseType, type ParsedType} from './parse-type.ts';

/**
Whether values may be lost, cut or changed when a column of one type becomes one of another. What
reads back as the same text, or the same number, is kept.
*/
export function isNarrowing(from: string, to: string): boolean {
	return !keepsValues(parseType(from), parseType(to));
}

const integers: Readonly<Record<string, number>> = {
	tinyint: 8,
	smallint: 16,
	mediumint: 24,
	int: 32,
	bigint: 64,
};

/** How many bytes fit in. */
const capacities: Readonly<Record<string, number>> = {
	tinytext: 2 ** 8 - 1,
	text: 2 ** 16 - 1,
	mediumtext: 2 ** 24 - 1,
	longtext: 2 ** 32 - 1,
	tinyblob: 2 ** 8 - 1,
	blob: 2 ** 16 - 1,
	mediumblob: 2 ** 24 - 1,
	longblob: 2 ** 32 - 1,
};

function keepsValues(from: ParsedType, to: ParsedType): boolean {
	if (spell(from) === spell(to)) return true;
	const [family, target] = [findFamily(from), findFamily(to)];
	switch (family) {
		case 'integer':
			if (target === 'integer') return keepsIntegers(from, to);
			if (target === 'decimal') return countWhole(to) >= countIntegerDigits(from);
			if (target === 'real') return (integers[from.name] ?? 64) <= (to.name === 'float' ? 16 : 32);
			return target === 'text' && !from.zerofill && fitsText(countIntegerDigits(from) + 1, to);
		case 'decimal':
			if (target === 'decimal') {
				const keepsSign = !to.unsigned || from.unsigned;
				return keepsSign && scaleOf(to) >= scaleOf(from) && countWhole(to) >= countWhole(from);
			}
			return target === 'text' && fitsText(countWhole(from) + scaleOf(from) + 2, to);
		case 'real':
			return (
				target === 'real' &&
				to.numbers.length === 0 &&
				(to.name === 'double' || from.name === 'float') &&
				(!to.unsigned || from.unsigned)
			);
		case 'text':
			// CHAR loses the blanks at a text's end.
			if (to.name === 'char' && from.name !== 'char') return false;
			return target === 'text' && sizeOf(from) <= sizeOf(to);
		case 'bytes':
			// BINARY fills up with zeros.
			return target === 'bytes' && sizeOf(from) <= sizeOf(to) && to.name !== 'binary';
		case 'clock':
			return keepsClock(from, to);
		case 'labels':
			if (target === 'labels' && from.name === to.name) {
				return from.labels.every((label) => to.labels.includes(label));
			}
			return (
				target === 'text' && fitsText(Math.max(...from.labels.map(({length}) => length), 0), to)
			);
		case 'other':
			return false;
	}
}

type Family = 'integer' | 'decimal' | 'real' | 'text' | 'bytes' | 'clock' | 'labels' | 'other';

function findFamily({name}: ParsedType): Family {
	if (integers[name] !== undefined || name === 'year') return 'integer';
	if (name === 'decimal') return 'decimal';
	if (name === 'float' || name === 'double') return 'real';
	if (/^(?:var)?char$|text$/.test(name)) return 'text';
	if (/^(?:var)?binary$|blob$/.test(name)) return 'bytes';
	if (/^(?:date|time|datetime|timestamp)$/.test(name)) return 'clock';
	return name === 'enum' || name === 'set' ? 'labels' : 'other';
}

/** An integer's width is no part of what it holds. */
function spell({name, numbers, labels, unsigned, rest}: ParsedType): string {
	const kept = integers[name] === undefined && name !== 'year' ? numbers : [];
	return JSON.stringify([
		name,
		kept,
		labels,
		unsigned,
		rest.filter((word) => word !== 'compressed'),
	]);
}

function keepsIntegers(from: ParsedType, to: ParsedType): boolean {
	if (to.name === 'year') return false;
	const [own, target] = [integers[from.name] ?? 16, integers[to.name] ?? 16];
	const isUnsigned = from.unsigned || from.name === 'year';
	if (to.unsigned) return isUnsigned && own <= target;
	return isUnsigned ? own < target : own <= target;
}

function countIntegerDigits({name}: ParsedType): number {
	return String(2n ** BigInt(integers[name] ?? 16)).length;
}

function scaleOf({numbers}: ParsedType): number {
	return numbers[1] ?? 0;
}

function countWhole(type: ParsedType): number {
	return (type.numbers[0] ?? 10) - scaleOf(type);
}

function fitsText(length: number, to: ParsedType): boolean {
	return to.name !== 'char' && sizeOf(to) >= length;
}

function sizeOf({name, numbers}: ParsedType): number {
	return capacities[name] ?? numbers[0] ?? 1;
}

function keepsClock(from: ParsedType, to: ParsedType): boolean {
	const isFiner = (to.numbers[0] ?? 0) >= (from.numbers[0] ?? 0);
	if (from.name === to.name) return isFiner;
	return from.name === 'date' && to.name === 'datetime';
}
