import type {Index, Table} from '../../../model/catalog.ts';
import type {Phase} from '../../../model/plan.ts';
import type {SchemaChange} from '../../../model/schema-change.ts';
import {areNamesEqual, foldName} from '../catalog/fold-name.ts';
import type {SchemaDraft} from './schema-draft.ts';
import {makeSpeller} from './table-form.ts';
import {findColumn, listIndexMentions} from './table-traits.ts';

/** An index that goes or comes; without a change of its own it follows one of its table. */
type IndexStep = {readonly index: Index; readonly change: SchemaChange | null};

/** What happens to the indexes of one table that both sides have. */
export class IndexMigration {
	readonly #prod: Table;
	readonly #final: Table;
	/** Those that are still to be dropped. */
	#drops: IndexStep[] = [];
	readonly #creations: IndexStep[] = [];

	constructor(changes: readonly SchemaChange[], prod: Table, dev: Table, final: Table) {
		this.#prod = prod;
		this.#final = final;
		const own = changes.filter(({object}) => object === 'index');
		const find = ({indexes}: Table, definition: string | null) =>
			indexes.find((index) => index.definition === definition);
		for (const change of own) {
			const [before, after] = [find(prod, change.prod), find(dev, change.dev)];
			if (before) this.#drops.push({index: before, change});
			if (after) this.#creations.push({index: after, change});
		}
		const columnDrops = changes.filter(
			({object, action}) => object === 'column' && action === 'drop',
		);
		for (const index of prod.indexes) {
			if (own.some((change) => change.prod === index.definition)) continue;
			if (!final.indexes.some(({name}) => areNamesEqual(name, index.name))) {
				const mentions = listIndexMentions(index);
				const change = columnDrops.find(({name}) => mentions.has(foldName(name))) ?? null;
				this.#drops.push({index, change});
			} else if (index.unique && this.#isRecomputed(index)) {
				this.#drops.push({index, change: null});
				this.#creations.push({index, change: null});
			}
		}
	}

	/** Unique ones must not refuse rows that dev has, and a name must be free to be given again. */
	dropEarly(draft: SchemaDraft, isNameWanted: (name: string) => boolean): void {
		this.#drop(
			draft,
			'alter',
			({index}) => (index.unique && this.#isReplacedOrDropped(index)) || isNameWanted(index.name),
		);
	}

	/** Makes way for those that are made anew; with `all`, for a rebuild that need not carry any. */
	dropBeforeCreation(draft: SchemaDraft, all: boolean): void {
		this.#drop(
			draft,
			'indexes and foreign keys',
			({index}) =>
				all || this.#creations.some((each) => areNamesEqual(each.index.name, index.name)),
		);
	}

	create(draft: SchemaDraft): void {
		for (const {index, change} of this.#creations) {
			draft.createIndex(index, this.#final, {
				phase: 'indexes and foreign keys',
				hazards: change?.hazards ?? [],
			});
		}
	}

	dropRest(draft: SchemaDraft): void {
		this.#drop(draft, 'drop', () => true);
	}

	/** An index that goes with a column stays as long as the column does. */
	#isReplacedOrDropped(index: Index): boolean {
		return this.#drops.some(
			(drop) => drop.index === index && (drop.change === null || drop.change.object === 'index'),
		);
	}

	#drop(draft: SchemaDraft, phase: Phase, isDue: (step: IndexStep) => boolean): void {
		const due = this.#drops.filter(isDue);
		this.#drops = this.#drops.filter((step) => !due.includes(step));
		for (const {index, change} of due) {
			const isGated = change?.action === 'drop';
			draft.dropIndex(index.name, {
				phase,
				needs: isGated ? change.needs : null,
				hazards: isGated && change.object === 'index' ? change.hazards : [],
			});
		}
	}

	/** Whether it is over a generated column that will compute something else. */
	#isRecomputed(index: Index): boolean {
		const [spellProd, spellFinal] = [makeSpeller(this.#prod), makeSpeller(this.#final)];
		const mentions = listIndexMentions(index);
		return this.#prod.columns.some(({name, generated}) => {
			if (!mentions.has(foldName(name))) return false;
			const after = findColumn(this.#final, name)?.generated ?? null;
			const old = generated && spellProd(generated.expression);
			return old !== (after && spellFinal(after.expression));
		});
	}
}
