import type {Column, Table} from '../../../model/catalog.ts';
import type {Hazard} from '../../../model/hazard.ts';
import type {Phase} from '../../../model/plan.ts';
import type {AllowKind, SchemaChange} from '../../../model/schema-change.ts';
import {foldName} from '../catalog/fold-name.ts';
import {quoteName} from '../quote-name.ts';
import {renderAddition} from './add-columns.ts';
import type {Addition} from './add-columns.ts';
import {IndexMigration} from './index-migration.ts';
import {listLosses} from './list-losses.ts';
import {emptyValue, listRebuildSteps} from './rebuild-table.ts';
import type {Rebuild, RebuildStep} from './rebuild-table.ts';
import type {SchemaDraft} from './schema-draft.ts';
import {tableAfter} from './table-after.ts';
import {findTablePath} from './table-path.ts';
import type {TablePath, TableStep} from './table-path.ts';
import {findColumn, hasOption} from './table-traits.ts';

/** Everything that happens to one table that both sides have. */
export class TableMigration {
	readonly indexes: IndexMigration;
	readonly #prod: Table;
	readonly #final: Table;
	readonly #path: TablePath;
	/** Those of the table itself: its indexes are a matter of their own. */
	readonly #changes: readonly SchemaChange[];

	constructor(changes: readonly SchemaChange[], prod: Table, dev: Table) {
		this.#prod = prod;
		this.#final = tableAfter(changes, prod, dev);
		this.#path = findTablePath(prod, this.#final);
		this.#changes = changes.filter(({object}) => object !== 'index');
		this.indexes = new IndexMigration(changes, prod, dev, this.#final);
	}

	/** Makes room for whatever rows dev has. */
	loosen(draft: SchemaDraft): void {
		const {before, after} = this.#path;
		if (before) this.#takeStep(draft, before, 'alter', after === null);
	}

	/** Brings in what the rows had to be there for. */
	finish(draft: SchemaDraft): void {
		const {after} = this.#path;
		this.indexes.dropBeforeCreation(draft, after !== null);
		if (after) this.#takeStep(draft, after, 'indexes and foreign keys', true);
	}

	#takeStep(draft: SchemaDraft, step: TableStep, phase: Phase, isLast: boolean): void {
		const from = draft.findTable(this.#prod.name);
		if (!from) return;
		if (step.additions) this.#addColumns(draft, from, step.to, step.additions, isLast);
		else this.#rebuild(draft, from, step.to, phase, isLast);
		draft.replaceTable(step.to);
	}

	#addColumns(
		draft: SchemaDraft,
		from: Table,
		to: Table,
		additions: readonly Addition[],
		isLast: boolean,
	): void {
		const {name} = this.#prod;
		// DROP COLUMN stops at any view or trigger that is broken, wherever: back the long way.
		const back = listRebuildSteps(this.#makeRebuild(draft, to, from)).map(({sql}) => sql);
		for (const [at, addition] of additions.entries()) {
			draft.add({
				phase: 'alter',
				table: name,
				summary: `add column ${addition.column.name} to ${name}`,
				sql: renderAddition(name, addition),
				// Undoing the first, which comes last, undoes them all.
				undo: at === 0 ? back : [],
				hazards: at === 0 && isLast ? this.#listHazards(() => true) : [],
			});
		}
	}

	#rebuild(draft: SchemaDraft, from: Table, to: Table, phase: Phase, isLast: boolean): void {
		const {name} = this.#prod;
		const filled = isLast ? this.#listFilled() : [];
		const losses = isLast ? listLosses(this.#prod, this.#final) : [];
		const back = listRebuildSteps(this.#makeRebuild(draft, to, from)).map(({sql}) => sql);
		const steps = listRebuildSteps({
			...this.#makeRebuild(draft, from, to),
			filled: new Set(filled.map((column) => foldName(column.name))),
		});
		const needs = new Set(isLast ? this.#changes.map((change) => change.needs) : []);
		for (const [at, {part, sql}] of steps.entries()) {
			const isRepeated = steps.slice(0, at).some((step) => step.part === part);
			const need = isRepeated ? null : needOfPart[part];
			const hazards: Hazard[] = [];
			if (at === 0) hazards.push(...losses.map((message): Hazard => ({kind: 'noUndo', message})));
			if (part === 'copy') hazards.push(...this.#listCopyHazards(filled, isLast));
			if (part === 'drop' && !isRepeated && isLast) {
				hazards.push(...this.#listHazards(({action}) => action === 'drop'));
			}
			draft.add({
				phase,
				table: name,
				summary: `rebuild ${name}: ${summaries[part]}`,
				sql,
				// Undoing the first, which comes last, undoes the whole.
				undo: at > 0 ? [] : losses.length > 0 ? null : back,
				needs: need !== null && needs.has(need) ? need : null,
				hazards,
			});
		}
		if (!isLast && this.#prod.primaryKey && !to.primaryKey) this.#indexFormerKey(draft);
	}

	/** Rows are still found by prod's key while they are written; it goes with this table. */
	#indexFormerKey(draft: SchemaDraft): void {
		const {name, primaryKey} = this.#prod;
		const columns = primaryKey?.columns.map(({column}) => quoteName(column ?? '')) ?? [];
		const index = quoteName(draft.findFreeName(`__deepdiff_key_${name}`));
		draft.add({
			phase: 'alter',
			table: name,
			summary: `rebuild ${name}: index its former key`,
			sql: `CREATE INDEX ${index} ON ${quoteName(name)} (${columns.join(', ')})`,
			undo: [],
		});
	}

	#makeRebuild(draft: SchemaDraft, from: Table, to: Table): Rebuild {
		return {
			from,
			to,
			aside: draft.findFreeName(`__deepdiff_old_${this.#prod.name}`),
			canRename: draft.canRename(from),
			filled: new Set(),
			hasCounter: hasOption(this.#prod, 'AUTOINCREMENT'),
			attached: draft.listAttached(to),
		};
	}

	/** New columns in which there must be a value and nobody says which. */
	#listFilled(): Column[] {
		return this.#final.columns.filter((column) => {
			const {name, nullable, generated, identity} = column;
			const isOpen = !nullable && !generated && !identity && column.default === null;
			return isOpen && !findColumn(this.#prod, name);
		});
	}

	#listCopyHazards(filled: readonly Column[], isLast: boolean): Hazard[] {
		const {name} = this.#prod;
		return [
			{kind: 'rewritesTable', message: `Copies every row of ${name} into a new table.`},
			...filled.map((column): Hazard => {
				const value = emptyValue(column);
				const message = `Rows that dev does not have get ${value} in ${column.name}, which takes no NULL.`;
				return {kind: 'mayViolate', message};
			}),
			...(isLast ? this.#listHazards(({action}) => action !== 'drop') : []),
			...(isLast ? this.#listMisfits() : []),
		];
	}

	/** What SQLite will check of every value, whoever wrote it. */
	#listMisfits(): Hazard[] {
		const misfits = this.#final.columns
			.filter(({name, identity}) => identity && findColumn(this.#prod, name)?.identity === false)
			.map(({name}) => `Fails if a value of ${name} is no integer: it becomes the row id.`);
		if (this.#tightensTypes()) misfits.push(misfit);
		return misfits.map((message): Hazard => ({kind: 'mayViolate', message}));
	}

	#tightensTypes(): boolean {
		if (!hasOption(this.#final, 'STRICT')) return false;
		return (
			!hasOption(this.#prod, 'STRICT') ||
			this.#final.columns.some(({name, type}) => {
				const before = findColumn(this.#prod, name);
				return before && before.type.toUpperCase() !== type.toUpperCase();
			})
		);
	}

	/** What the chosen changes warn of; what can't be undone is known better here. */
	#listHazards(isOf: (change: SchemaChange) => boolean): Hazard[] {
		return this.#changes
			.filter(isOf)
			.flatMap(({hazards}) => hazards.filter(({kind}) => kind !== 'noUndo'));
	}
}

const misfit = 'Fails if a value does not fit the type of its column: the table is STRICT.';

const summaries: Readonly<Record<RebuildStep['part'], string>> = {
	'set aside': 'set the old table aside',
	create: 'create it anew',
	copy: 'copy its rows',
	counter: 'keep its AUTOINCREMENT counter',
	drop: 'drop the old table',
	attach: 'put back what hangs on it',
};

/** A rebuild may need several kinds to be allowed; each is asked for where it takes effect. */
const needOfPart: Readonly<Record<RebuildStep['part'], AllowKind | null>> = {
	'set aside': 'dropForeignKey',
	create: 'dropConstraint',
	copy: 'narrowType',
	counter: null,
	drop: 'dropColumn',
	attach: null,
};
