import {LineWriter} from './row-lines.ts';

/** What the tap needs of mysql2's connection; the driver's types leave it out. */
export type TapConnection = {
	/** Gets every chunk that the socket receives, decrypted. */
	packetParser: ChunkReader;
	readonly stream: {pause(): unknown; resume(): unknown};
	query(options: {sql: string}, done: (error: Error | null) => void): unknown;
};

type ChunkReader = {execute(chunk: Buffer): unknown};

/** The largest packet; a row that fills one goes on in the next. */
const fullPacket = 0xff_ff_ff;

/** So many bytes of lines may wait before the server has to. */
const highWater = 4 * 1024 * 1024;

/**
Takes rows off the wire as they are, before the driver makes values of them: that costs a third
of the time. The driver still sends the query, reads the columns and is told how it ended; only
the packets of rows between go by it. (Protocol: "Text Resultset", without
CLIENT_DEPRECATE_EOF, which mysql2 does not use.)
*/
export class RowTap {
	readonly #connection: TapConnection;

	constructor(connection: TapConnection) {
		this.#connection = connection;
	}

	/** Sends a query of one result. One at a time. */
	start(sql: string): LineStream {
		const connection = this.#connection;
		const parser = connection.packetParser;
		const stream = new LineStream(connection, parser);
		connection.packetParser = stream;
		connection.query({sql}, (error) => {
			connection.packetParser = parser;
			stream.end(error);
		});
		return stream;
	}
}

/** The lines of one query. */
export class LineStream implements ChunkReader {
	hasEnded = false;
	readonly #connection: TapConnection;
	readonly #parser: ChunkReader;
	readonly #lines: Buffer[] = [];
	#waiting = 0;
	#isPaused = false;
	#isDraining = false;
	#error: Error | null = null;
	#wake: (() => void) | null = null;
	/** The start of a packet whose rest has not come. */
	#rest: Buffer[] = [];
	#restLength = 0;
	#needed = 4;
	/** Columns that are still to be described; null before their number is known. */
	#columns: number | null = null;
	#isInRows = false;
	/** Number of the last packet that the driver was given. */
	#sequence = 0;
	/** The packets so far of a row larger than one. */
	#largeRow: Buffer[] = [];

	constructor(connection: TapConnection, parser: ChunkReader) {
		this.#connection = connection;
		this.#parser = parser;
	}

	/**
	The next lines; null at the end.

	@throws The driver's or the server's error.
	*/
	async next(): Promise<Buffer | null> {
		for (;;) {
			const chunk = this.#lines.shift();
			if (chunk) {
				this.#waiting -= chunk.length;
				if (this.#isPaused && this.#waiting < highWater / 2) this.#resume();
				return chunk;
			}
			if (this.hasEnded) {
				if (this.#error !== null) throw this.#error;
				return null;
			}
			await new Promise<void>((resolve) => {
				this.#wake = resolve;
			});
		}
	}

	/** Reads to the end and throws it away, an error too. */
	async drain(): Promise<void> {
		this.#isDraining = true;
		this.#lines.length = 0;
		if (this.#isPaused) this.#resume();
		await this.next().catch(() => null);
	}

	end(error: Error | null): void {
		this.#error = error;
		this.hasEnded = true;
		this.#wakeUp();
	}

	execute(chunk: Buffer): void {
		let bytes = chunk;
		if (this.#restLength > 0) {
			this.#rest.push(chunk);
			this.#restLength += chunk.length;
			if (this.#restLength < this.#needed) return;
			bytes = Buffer.concat(this.#rest, this.#restLength);
			this.#rest = [];
			this.#restLength = 0;
		}
		this.#readPackets(bytes);
	}

	#readPackets(bytes: Buffer): void {
		const writer = new LineWriter(bytes);
		let at = 0;
		this.#needed = 4;
		while (bytes.length - at >= 4) {
			const size = bytes.readUIntLE(at, 3);
			const from = at + 4;
			const to = from + size;
			if (to > bytes.length) {
				this.#needed = size + 4;
				break;
			}
			if (!this.#isInRows || this.#isLast(bytes, from, size)) {
				this.#push(writer.take());
				this.#pass(Buffer.from(bytes.subarray(at, to)));
			} else if (size === fullPacket || this.#largeRow.length > 0) {
				this.#push(writer.take());
				this.#addLargeRow(bytes.subarray(from, to), size);
			} else {
				writer.write(from, to);
			}
			at = to;
		}
		this.#push(writer.take());
		if (at < bytes.length) {
			this.#rest = [bytes.subarray(at)];
			this.#restLength = bytes.length - at;
		}
	}

	/** An error, or the end: a row may begin with the same byte, but then it is a large one. */
	#isLast(bytes: Buffer, from: number, size: number): boolean {
		if (this.#largeRow.length > 0) return false;
		return bytes[from] === 0xff || (bytes[from] === 0xfe && size < 9);
	}

	/** Gives the driver a packet of its own, numbered as if there had been no rows. */
	#pass(packet: Buffer): void {
		if (this.#isInRows) {
			this.#isInRows = false;
			packet[3] = (this.#sequence + 1) & 0xff;
		} else {
			this.#follow(packet);
		}
		this.#sequence = packet.readUInt8(3);
		this.#parser.execute(packet);
	}

	/** Keeps count of what stands before the rows: their number, the columns, an end. */
	#follow(packet: Buffer): void {
		const first = packet[4];
		if (this.#columns === null) {
			const isResult = first !== 0xff && first !== 0x00;
			const count = first === 0xfc ? packet.readUInt16LE(5) : packet.readUInt8(4);
			this.#columns = isResult ? count : null;
		} else if (this.#columns > 0) {
			this.#columns--;
		} else if (first === 0xfe) {
			this.#isInRows = true;
		}
	}

	#addLargeRow(part: Buffer, size: number): void {
		this.#largeRow.push(Buffer.from(part));
		if (size === fullPacket) return;
		const row = Buffer.concat(this.#largeRow);
		this.#largeRow = [];
		const writer = new LineWriter(row);
		writer.write(0, row.length);
		this.#push(writer.take());
	}

	#push(lines: Buffer): void {
		if (this.#isDraining || lines.length === 0) return;
		this.#lines.push(lines);
		this.#waiting += lines.length;
		if (!this.#isPaused && this.#waiting > highWater) {
			this.#isPaused = true;
			this.#connection.stream.pause();
		}
		this.#wakeUp();
	}

	#resume(): void {
		this.#isPaused = false;
		this.#connection.stream.resume();
	}

	#wakeUp(): void {
		const wake = this.#wake;
		this.#wake = null;
		wake?.();
	}
}
