/** A stream that others write to while the screen is ours. */
export type HeldStream = {write: NodeJS.WriteStream['write']};

const heldLimit = 100_000;

/**
Keeps back what anything else writes to a stream, such as a warning of Node,
until it is released: in the middle of a screen it would only be a broken row.

@returns Gives the stream back and writes what was kept, at most 100,000 characters.
*/
export function holdOutput(stream: HeldStream): () => void {
	const write = stream.write;
	let held = '';

	// Every overload of write begins with the text and may end with a callback.
	const hold = (
		text: string | Uint8Array,
		encodingOrDone?: BufferEncoding | (() => void),
		done = typeof encodingOrDone === 'function' ? encodingOrDone : undefined,
	): boolean => {
		if (held.length < heldLimit) {
			held += typeof text === 'string' ? text : Buffer.from(text).toString();
		}
		if (done !== undefined) queueMicrotask(done);
		return true;
	};
	stream.write = hold;

	return () => {
		if (stream.write !== hold) return;
		stream.write = write;
		if (held !== '') stream.write(held.slice(0, heldLimit));
	};
}
