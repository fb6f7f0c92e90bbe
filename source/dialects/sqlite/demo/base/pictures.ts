import type {Random} from '../random.ts';

const edge = 6;
const headerLength = 54;

/** A picture that opens: a Windows bitmap (BITMAPINFOHEADER, 24 bits) of a few random colours. */
export function drawPicture(random: Random): Buffer {
	const rowLength = Math.ceil((edge * 3) / 4) * 4;
	const length = headerLength + rowLength * edge;
	const picture = Buffer.alloc(length);
	picture.write('BM', 0, 'latin1');
	picture.writeUInt32LE(length, 2);
	picture.writeUInt32LE(headerLength, 10);
	picture.writeUInt32LE(headerLength - 14, 14);
	picture.writeInt32LE(edge, 18);
	picture.writeInt32LE(edge, 22);
	picture.writeUInt16LE(1, 26);
	picture.writeUInt16LE(24, 28);
	const palette = random.bytes(9);
	for (let row = 0; row < edge; row++) {
		for (let column = 0; column < edge; column++) {
			const colour = random.integer(0, 2) * 3;
			picture.set(
				palette.subarray(colour, colour + 3),
				headerLength + row * rowLength + column * 3,
			);
		}
	}
	return picture;
}
