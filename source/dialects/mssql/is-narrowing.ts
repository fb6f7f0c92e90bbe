import {parseType, spellParsed, type ParsedType} from './parse-type.ts';

/** Whether values may be lost, cut or changed when a column of one type becomes one of another. */
export function isNarrowing(from: string, to: string): boolean {
	return !keepsValues(parseType(from), parseType(to));
}

const integers: Readonly<Record<string, number>> = {tinyint: 8, smallint: 16, int: 32, bigint: 64};

/** Digits that a value has at most before the point. */
const wholeDigits: Readonly<Record<string, number>> = {
	tinyint: 3,
	smallint: 5,
	int: 10,
	bigint: 19,
};

function keepsValues(from: ParsedType, to: ParsedType): boolean {
	if (spellParsed(from) === spellParsed(to)) return true;
	const [own, target] = [integers[from.name], integers[to.name]];
	if (from.name === 'bit') return target !== undefined;
	if (own !== undefined) {
		if (target !== undefined) return own <= target;
		if (to.name === 'decimal') return countWhole(to) >= (wholeDigits[from.name] ?? 19);
		return to.name === 'float' && to.numbers[0] === 53 && own <= 32;
	}
	switch (from.name) {
		case 'money':
		case 'smallmoney': {
			if (to.name === 'money') return true;
			const whole = from.name === 'money' ? 15 : 6;
			return to.name === 'decimal' && countWhole(to) >= whole && (to.numbers[1] ?? 0) >= 4;
		}
		case 'decimal':
			return (
				to.name === 'decimal' &&
				countWhole(to) >= countWhole(from) &&
				(to.numbers[1] ?? 0) >= (from.numbers[1] ?? 0)
			);
		case 'real':
		case 'float':
			return to.name === 'float' && to.numbers[0] === 53;
		case 'char':
		case 'varchar':
			return /^n?varchar$/.test(to.name) && sizeOf(to) >= sizeOf(from);
		case 'nchar':
		case 'nvarchar':
			return to.name === 'nvarchar' && sizeOf(to) >= sizeOf(from);
		case 'text':
			return /^n?varchar$/.test(to.name) && to.isMax;
		case 'ntext':
			return to.name === 'nvarchar' && to.isMax;
		case 'binary':
		case 'varbinary':
			return to.name === 'varbinary' && sizeOf(to) >= sizeOf(from);
		case 'image':
			return to.name === 'varbinary' && to.isMax;
		case 'date':
			return to.name === 'datetime2' || to.name === 'datetimeoffset';
		case 'datetime':
			// Its three digits stand for thirds, which more digits would show.
			return to.name === 'datetime2' && to.numbers[0] === 3;
		case 'smalldatetime':
			return /^datetime/.test(to.name);
		case 'time':
		case 'datetime2':
		case 'datetimeoffset': {
			const isSame =
				to.name === from.name || (from.name === 'datetime2' && to.name === 'datetimeoffset');
			return isSame && (to.numbers[0] ?? 7) >= (from.numbers[0] ?? 7);
		}
		case 'xml':
			return to.name === 'nvarchar' && to.isMax;
		default:
			return false;
	}
}

function countWhole({numbers}: ParsedType): number {
	return (numbers[0] ?? 18) - (numbers[1] ?? 0);
}

function sizeOf({numbers, isMax}: ParsedType): number {
	return isMax ? Infinity : (numbers[0] ?? 1);
}
