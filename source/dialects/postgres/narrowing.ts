/** A type as `format_type` prints it, in parts. */
type TypeText = {readonly name: string; readonly numbers: readonly number[]};

const integers: Readonly<Record<string, number>> = {smallint: 5, integer: 10, bigint: 19};

/**
Whether values may be lost or changed when a column of one type becomes another. Types that this
knows nothing of are taken to lose.
*/
export function losesValues(from: string, to: string): boolean {
	if (from === to) return false;
	const [before, after] = [parseType(from), parseType(to)];
	if (after.name === 'text') return false;
	if (before.name === after.name) return isShorter(before, after);
	const digits = integers[before.name];
	if (digits !== undefined) return losesInteger(digits, after);
	switch (`${before.name} > ${after.name}`) {
		case 'character > character varying':
			return isShorter(before, after);
		case 'real > double precision':
		case 'date > timestamp without time zone':
		case 'jsonb > json':
			return false;
		default:
			return true;
	}
}

function losesInteger(digits: number, {name, numbers}: TypeText): boolean {
	const other = integers[name];
	if (other !== undefined) return other < digits;
	if (name === 'double precision') return digits > 10;
	if (name === 'character varying') return numbers[0] !== undefined && numbers[0] <= digits;
	if (name !== 'numeric') return true;
	const [precision, scale = 0] = numbers;
	return precision !== undefined && precision - scale < digits;
}

/** Lengths and precisions; none is no limit. */
function isShorter(before: TypeText, after: TypeText): boolean {
	if (after.numbers.length === 0) return false;
	if (before.name === 'numeric') {
		if (before.numbers.length === 0) return true;
		const [precision = 0, scale = 0] = before.numbers;
		const [newPrecision = 0, newScale = 0] = after.numbers;
		return newScale < scale || newPrecision - newScale < precision - scale;
	}
	// Times have six digits where none are named.
	const most = /^time|^interval/.test(before.name) ? 6 : Number.POSITIVE_INFINITY;
	return (after.numbers[0] ?? most) < (before.numbers[0] ?? most);
}

function parseType(text: string): TypeText {
	const numbers = /\(([-\d, ]+)\)/.exec(text)?.[1];
	return {
		name: text
			.replace(/\([-\d, ]+\)/, '')
			.replaceAll(/ +/g, ' ')
			.trim(),
		numbers: numbers?.split(',').map(Number) ?? [],
	};
}
