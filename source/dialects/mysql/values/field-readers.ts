import {isUtf8} from 'node:buffer';
import {encodeField} from '../../../model/encoding.ts';

/** Makes an encoded field (encoding.ts) of the bytes that the server sent for a value. */
export type FieldReader = (bytes: Buffer, from: number, to: number) => string;

export const readInteger: FieldReader = (bytes, from, to) =>
	encodeField('integer', bytes.toString('latin1', from, to), to - from);

/** Decimals come with all digits of their scale. */
export const readDecimal: FieldReader = (bytes, from, to) => {
	const text = bytes.toString('latin1', from, to);
	const digits = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
	return encodeField('decimal', digits === '-0' ? '0' : digits);
};

/** The server and JavaScript both print the shortest digits, but not alike: `1e16`, `1e+16`. */
export const readReal: FieldReader = (bytes, from, to) => {
	const value = Number(bytes.toString('latin1', from, to));
	return encodeField('real', Object.is(value, -0) ? '-0' : String(value));
};

/** Also what is no date anywhere else: `0000-00-00`, `2024-02-00`. */
export const readDate: FieldReader = (bytes, from, to) =>
	encodeField('date', bytes.toString('latin1', from, to), to - from);

export const readTime: FieldReader = (bytes, from, to) =>
	encodeField('time', trimFraction(bytes.toString('latin1', from, to)));

export const readTimestamp: FieldReader = (bytes, from, to) =>
	encodeField('timestamp', trimFraction(bytes.toString('latin1', from, to)).replace(' ', 'T'));

/** The session's time zone is UTC. */
export const readTimestamptz: FieldReader = (bytes, from, to) =>
	encodeField(
		'timestamptz',
		`${trimFraction(bytes.toString('latin1', from, to)).replace(' ', 'T')}Z`,
	);

export const readBytes: FieldReader = (bytes, from, to) =>
	encodeField('bytes', bytes.toString('hex', from, to), (to - from) * 2);

export const readUuid: FieldReader = (bytes, from, to) =>
	encodeField('uuid', bytes.toString('latin1', from, to).toLowerCase(), to - from);

export const readOther: FieldReader = (bytes, from, to) =>
	encodeField('other', bytes.toString('utf8', from, to));

export const readOtherHex: FieldReader = (bytes, from, to) =>
	encodeField('other', bytes.toString('latin1', from, to).toLowerCase(), to - from);

export const readJson: FieldReader = (bytes, from, to) =>
	encodeField('json', bytes.toString('utf8', from, to), to - from);

/** UTF-8 that was never checked may have come in by way of a binary column. */
export const readText: FieldReader = (bytes, from, to) => {
	const text = bytes.toString('utf8', from, to);
	if (text.includes('\uFFFD') && !isUtf8(bytes.subarray(from, to))) {
		return encodeField('rawText', bytes.toString('hex', from, to), (to - from) * 2);
	}
	return encodeField('text', text, to - from);
};

/** Behind a letter that tells text from the hex digits of bytes that are none. */
export const readTaggedText: FieldReader = (bytes, from, to) =>
	bytes[from] === rawTag
		? encodeField('rawText', bytes.toString('latin1', from + 1, to).toLowerCase())
		: readText(bytes, from + 1, to);

const rawTag = 'q'.charCodeAt(0);

function trimFraction(text: string): string {
	return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
