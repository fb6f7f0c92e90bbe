import type {AppliedTable} from '../../model/receipt.ts';
import type {PackStep} from '../pack/pack-format.ts';

type Counts = {-readonly [Field in keyof AppliedTable]: AppliedTable[Field]};

/** Adds up what ran, for the receipt. */
export class AppliedRows {
	readonly #tables = new Map<string, Counts>();
	#statements = 0;
	#schemaStatements = 0;

	get statements(): number {
		return this.#statements;
	}

	get schemaStatements(): number {
		return this.#schemaStatements;
	}

	add({kind, table, expects, isStep}: PackStep): void {
		this.#statements++;
		if (kind === 'ddl') this.#schemaStatements++;
		if (expects === null || isStep) return;
		const counts = this.#tables.get(table) ?? {table, inserted: 0, updated: 0, deleted: 0};
		this.#tables.set(table, counts);
		if (kind === 'insert') counts.inserted += expects;
		if (kind === 'update') counts.updated += expects;
		if (kind === 'delete') counts.deleted += expects;
	}

	list(): AppliedTable[] {
		return [...this.#tables.values()].sort((a, b) => (a.table < b.table ? -1 : 1));
	}
}
