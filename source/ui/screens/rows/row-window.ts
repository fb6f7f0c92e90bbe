import type {ListedRow} from '../../../store/listed-row.ts';
import type {RowIndex} from '../../../store/row-index.ts';

/** Rows of a page: about two screens of a small terminal. */
const pageRows = 32;
const pagesKept = 8;

/**
The rows of one filter by their position, read a page at a time. Only the pages that were
looked at last are in memory.
*/
export class RowWindow {
	readonly index: RowIndex;
	readonly #pages = new Map<number, readonly ListedRow[]>();

	constructor(index: RowIndex) {
		this.index = index;
	}

	get count(): number {
		return this.index.count;
	}

	row(position: number): ListedRow | undefined {
		if (position < 0 || position >= this.count) return undefined;
		const page = Math.floor(position / pageRows);
		return this.#readPage(page)[position - page * pageRows];
	}

	/** Where a row stands; null when it is not in the list. */
	findPosition(id: number): number | null {
		return this.index.has(id) ? this.index.positionOf(id) : null;
	}

	/** Forgets what was read, after decisions were made. */
	forget(): void {
		this.#pages.clear();
	}

	#readPage(page: number): readonly ListedRow[] {
		const known = this.#pages.get(page);
		if (known) {
			// The page used last goes to the end: the first one is the one to forget.
			this.#pages.delete(page);
			this.#pages.set(page, known);
			return known;
		}
		const rows = this.index.page(page * pageRows, pageRows);
		this.#pages.set(page, rows);
		const [oldest] = this.#pages.keys();
		if (this.#pages.size > pagesKept && oldest !== undefined) this.#pages.delete(oldest);
		return rows;
	}
}
