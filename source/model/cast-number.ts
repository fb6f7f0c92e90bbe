const number = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,6}))?$/;

/** Digits that a number may grow to when its exponent is written out. */
const mostDigits = 200_000;

/**
A number in plain digits: no exponent, no zeros that say nothing, no sign of zero.

@returns Null when the text is no finite number.
*/
export function spellDecimal(text: string): string | null {
	const parts = number.exec(text);
	if (!parts) return null;
	const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
	if (whole === '' && fraction === '') return null;
	const shift = Number(exponent);
	if (Math.abs(shift) > mostDigits) return null;
	const digits = whole + fraction;
	const point = whole.length + shift;
	const padded =
		point > digits.length
			? digits.padEnd(point, '0')
			: point < 0
				? '0'.repeat(-point) + digits
				: digits;
	const at = Math.max(point, 0);
	const integer = padded.slice(0, at).replace(/^0+(?=.)/, '') || '0';
	const rest = trimZeros(padded.slice(at));
	const spelled = rest === '' ? integer : `${integer}.${rest}`;
	return sign === '-' && spelled !== '0' ? `-${spelled}` : spelled;
}

/** A number without a fraction as plain digits; null when it has one, or is none. */
export function spellInteger(text: string): string | null {
	const spelled = spellDecimal(text);
	return spelled?.includes('.') ? null : spelled;
}

/**
The double that a number is, by its shortest digits.

@returns Null when no double has exactly these digits as its shortest.
*/
export function spellReal(text: string): string | null {
	if (/^[+-]?(?:infinity|nan)$/i.test(text)) return spellSpecial(text);
	const exact = spellDecimal(text);
	if (exact === null) return null;
	const shortest = String(Number(text));
	if (spellDecimal(shortest) !== exact) return null;
	return shortest === '0' && text.startsWith('-') ? '-0' : shortest;
}

function spellSpecial(text: string): string {
	if (/nan/i.test(text)) return 'NaN';
	return text.startsWith('-') ? '-Infinity' : 'Infinity';
}

export function trimZeros(fraction: string): string {
	return fraction.replace(/0+$/, '');
}
