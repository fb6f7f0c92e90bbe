import {Request, type Connection} from 'tedious';
import type {DriverValue} from '../session.ts';

/** So many rows may wait before the server has to. */
const highWater = 2000;

type DriverColumn = {readonly value: DriverValue};

/** The rows of one query, many at a time; the driver stops reading while they wait to be taken. */
export class RowStream {
	readonly #connection: Connection;
	readonly #request: Request;
	#rows: DriverValue[][] = [];
	#isPaused = false;
	#hasEnded = false;
	#isStopping = false;
	#error: Error | null = null;
	#wake: (() => void) | null = null;

	constructor(connection: Connection, sql: string) {
		this.#connection = connection;
		this.#request = new Request(sql, (error) => {
			this.#error = error ?? null;
			this.#hasEnded = true;
			this.#wakeUp();
		});
		this.#request.on('row', (row: readonly DriverColumn[]) => this.#add(row));
		connection.execSqlBatch(this.#request);
	}

	/**
	The next rows; null at the end.

	@throws The driver's or the server's error.
	*/
	async next(): Promise<DriverValue[][] | null> {
		for (;;) {
			if (this.#rows.length > 0) {
				const rows = this.#rows;
				this.#rows = [];
				this.#resume();
				return rows;
			}
			if (this.#hasEnded) {
				if (this.#error !== null) throw this.#error;
				return null;
			}
			await this.#wait();
		}
	}

	/** What is still on its way comes to nothing; an error says only that it was stopped. */
	async stop(): Promise<void> {
		if (this.#hasEnded) return;
		this.#isStopping = true;
		this.#rows = [];
		this.#connection.cancel();
		this.#resume();
		await this.next().catch(() => null);
	}

	#add(row: readonly DriverColumn[]): void {
		if (this.#isStopping) return;
		this.#rows.push(row.map(({value}) => value));
		if (!this.#isPaused && this.#rows.length >= highWater) {
			this.#isPaused = true;
			this.#request.pause();
		}
		this.#wakeUp();
	}

	#resume(): void {
		if (!this.#isPaused) return;
		this.#isPaused = false;
		this.#request.resume();
	}

	#wait(): Promise<void> {
		return new Promise((resolve) => {
			this.#wake = resolve;
		});
	}

	#wakeUp(): void {
		const wake = this.#wake;
		this.#wake = null;
		wake?.();
	}
}
