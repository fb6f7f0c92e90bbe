import type {Column, Table} from '../../../model/catalog.ts';
import type {Phase} from '../../../model/plan.ts';
import type {AllowKind, SchemaChange} from '../../../model/schema-change.ts';
import {isNarrowing} from '../is-narrowing.ts';
import {areNamesEqual, foldName, quoteName, quoteTable} from '../names.ts';
import {
	describe,
	fills,
	isFilled,
	isRetyped,
	listTouched,
	locks,
	needsNewDefault,
	rewrites,
} from './column-changes.ts';
import {emptyValue} from './empty-value.ts';
import {isMadeUp, makeUpName} from './made-up-name.ts';
import {listMentions, tableAfter} from './name-rules.ts';
import {findFact, renderColumn, renderDefault, renderType} from './render-table.ts';
import type {SchemaDraft} from './schema-draft.ts';
import {findColumn, listParts, type TablePart} from './table-parts.ts';

/**
Everything that happens to one table that both sides have, but for its foreign keys. What could
refuse rows of dev goes before the rows, what rows of prod could fail comes after them. A column can't
be changed while a key, a check, an index, a default or a computed column stands on it: these go and
come again ("ALTER TABLE", ALTER COLUMN).
*/
export class TableMigration {
	readonly final: Table;
	readonly #prod: Table;
	readonly #changes: readonly SchemaChange[];
	readonly #name: string;
	/** Folded names of columns that another type is given, or that are computed otherwise. */
	readonly #touched: ReadonlySet<string>;
	readonly #before: readonly TablePart[];
	readonly #after: readonly TablePart[];

	constructor(changes: readonly SchemaChange[], prod: Table, dev: Table) {
		this.#prod = prod;
		this.#changes = changes.filter(({object}) => object !== 'foreign key');
		this.final = tableAfter(changes, prod, dev);
		this.#name = quoteTable(prod.name);
		this.#touched = listTouched(prod, this.final);
		this.#before = listParts(prod.name, prod);
		this.#after = listParts(prod.name, this.final);
	}

	/** Whether a key over these columns must go meanwhile. */
	isInTheWay(columns: readonly string[]): boolean {
		const names = columns.map(foldName);
		if (names.some((name) => this.#touched.has(name))) return true;
		const dropped = this.#before.filter((part) => !this.#isKept(part));
		return dropped.some(
			({sort, mentions}) =>
				(sort === 'primary key' || sort === 'unique' || sort === 'index') &&
				names.every((name) => mentions.has(name)),
		);
	}

	run(draft: SchemaDraft, phase: Phase): void {
		switch (phase) {
			case 'alter':
				this.#dropParts(draft, phase);
				this.#dropComputed(draft);
				this.#loosenColumns(draft);
				this.#addColumns(draft);
				return;
			case 'indexes and foreign keys':
				this.#tightenColumns(draft);
				this.#addComputed(draft);
				this.#createParts(draft);
				return;
			case 'drop':
				this.#dropParts(draft, phase);
				this.#dropColumns(draft);
				return;
			case 'session':
			case 'drop foreign keys':
			case 'create':
			case 'rows':
				return;
			default:
				phase satisfies never;
		}
	}

	#isKept({form, mentions, sort, name}: TablePart): boolean {
		const isTouched = [...mentions].some((column) => this.#touched.has(column));
		if (isTouched) return false;
		return this.#after.some(
			(part) =>
				part.sort === sort &&
				part.form === form &&
				(sort !== 'index' || areNamesEqual(part.name, name)),
		);
	}

	/** Indexes that only prod has refuse nothing unless they are unique: they go last. */
	#dropParts(draft: SchemaDraft, phase: 'alter' | 'drop'): void {
		for (const part of this.#before.filter((each) => !this.#isKept(each))) {
			const change = this.#findChange(part, 'prod');
			const isGone = change?.action === 'drop';
			const isLate = isGone && part.sort === 'index';
			if (isLate !== (phase === 'drop')) continue;
			this.#add(draft, phase, {
				summary: `drop ${part.sort} ${part.name}${isGone ? '' : ' for the time being'}`,
				sql: part.drop,
				undo: part.create,
				needs: isGone ? change.needs : null,
				hazards: isGone ? change.hazards : [],
			});
		}
	}

	#createParts(draft: SchemaDraft): void {
		const kept = this.#before.filter((part) => this.#isKept(part));
		const isThere = (part: TablePart) =>
			kept.some(
				({sort, form, name}) =>
					sort === part.sort &&
					form === part.form &&
					(sort !== 'index' || areNamesEqual(name, part.name)),
			);
		for (const part of this.#after.filter((each) => !isThere(each))) {
			const change = this.#findChange(part, 'dev');
			const [first, ...rest] = part.create;
			if (first === undefined) continue;
			const name = /CONSTRAINT (\[(?:[^\]]|\]\])*\])/.exec(first)?.[1];
			const drop =
				part.sort === 'index' || name === undefined
					? part.drop
					: `ALTER TABLE ${this.#name} DROP CONSTRAINT ${name}`;
			this.#add(draft, 'indexes and foreign keys', {
				summary: `add ${part.sort} ${part.name}`,
				sql: first,
				undo: [drop],
				hazards: [...(change?.hazards ?? []), locks(this.#prod.name)],
			});
			for (const sql of rest) {
				const summary = `switch off ${part.sort} ${part.name}`;
				this.#add(draft, 'indexes and foreign keys', {summary, sql, undo: []});
			}
		}
	}

	#listComputed(): {
		readonly dropped: readonly Column[];
		readonly added: readonly Column[];
	} {
		const isSame = (a: Column, b: Column | undefined) =>
			b?.generated != null &&
			a.generated?.expression === b.generated.expression &&
			a.generated.stored === b.generated.stored &&
			a.nullable === b.nullable;
		const isTouched = ({generated}: Column) =>
			generated !== null &&
			[...listMentions(generated.expression)].some((name) => this.#touched.has(name));
		const isComputed = (column: Column) =>
			column.generated !== null && column.type !== 'rowversion';
		const dropped = this.#prod.columns.filter((column) => {
			if (!isComputed(column)) return false;
			const after = findColumn(this.final, column.name);
			// One that only prod has goes with the others of its kind, unless it is in the way.
			return after ? !isSame(column, after) || isTouched(column) : isTouched(column);
		});
		const added = this.final.columns.filter((column) => {
			if (!isComputed(column)) return false;
			const before = findColumn(this.#prod, column.name);
			return (
				!before ||
				dropped.some((each) => areNamesEqual(each.name, column.name)) ||
				!isComputed(before)
			);
		});
		return {dropped, added};
	}

	#dropComputed(draft: SchemaDraft): void {
		for (const column of this.#listComputed().dropped) {
			const change = this.#findColumnChange(column);
			this.#add(draft, 'alter', {
				summary: `drop computed column ${column.name}`,
				sql: `ALTER TABLE ${this.#name} DROP COLUMN ${quoteName(column.name)}`,
				undo: [`ALTER TABLE ${this.#name} ADD ${renderColumn(column)}`],
				needs: change?.action === 'drop' ? change.needs : null,
			});
		}
		// What had values of its own and is computed from now on is lost.
		for (const column of this.#prod.columns) {
			const after = findColumn(this.final, column.name);
			if (column.generated || !after?.generated) continue;
			const change = this.#findColumnChange(column);
			this.#dropDefault(draft, 'alter', column);
			this.#add(draft, 'alter', {
				summary: `drop column ${column.name} to compute it`,
				sql: `ALTER TABLE ${this.#name} DROP COLUMN ${quoteName(column.name)}`,
				undo: null,
				needs: change?.needs ?? null,
				hazards: change?.hazards ?? [],
			});
		}
	}

	#addComputed(draft: SchemaDraft): void {
		for (const column of this.#listComputed().added) {
			const change = this.#findColumnChange(column);
			this.#add(draft, 'indexes and foreign keys', {
				summary: `add computed column ${column.name}`,
				sql: `ALTER TABLE ${this.#name} ADD ${renderColumn(column)}`,
				undo: [`ALTER TABLE ${this.#name} DROP COLUMN ${quoteName(column.name)}`],
				hazards: change?.hazards ?? [],
			});
		}
	}

	/** What a column is while rows are written: it takes those of prod and those of dev. */
	#loosen(prod: Column, final: Column | undefined): Column {
		if (!final) return prod.default === null && !prod.identity ? {...prod, nullable: true} : prod;
		const isLater = isNarrowing(prod.type, final.type) || prod.collation !== final.collation;
		return {
			...(isLater ? {...prod, default: prod.default} : final),
			name: prod.name,
			nullable: prod.nullable || final.nullable,
		};
	}

	#loosenColumns(draft: SchemaDraft): void {
		for (const column of this.#prod.columns) {
			const final = findColumn(this.final, column.name);
			if (column.generated || final?.generated) continue;
			const loose = this.#loosen(column, final);
			if (final && needsNewDefault(column, final)) this.#dropDefault(draft, 'alter', column);
			this.#alterColumn(draft, 'alter', column, loose, null);
			if (final && needsNewDefault(column, final) && !isRetyped(loose, final)) {
				this.#addDefault(draft, 'alter', final);
			}
		}
	}

	#tightenColumns(draft: SchemaDraft): void {
		for (const column of this.#prod.columns) {
			const final = findColumn(this.final, column.name);
			if (!final || column.generated || final.generated) continue;
			const loose = this.#loosen(column, final);
			const change = this.#findColumnChange(column);
			this.#alterColumn(draft, 'indexes and foreign keys', loose, final, change ?? null);
			if (needsNewDefault(column, final) && isRetyped(loose, final)) {
				this.#addDefault(draft, 'indexes and foreign keys', final);
			}
		}
		for (const column of this.#listNew().filter(isFilled)) {
			const name = this.#fillName(column);
			this.#add(draft, 'indexes and foreign keys', {
				summary: `drop the passing default of ${column.name}`,
				sql: `ALTER TABLE ${this.#name} DROP CONSTRAINT ${quoteName(name)}`,
				undo: [],
			});
		}
	}

	#alterColumn(
		draft: SchemaDraft,
		phase: Phase,
		from: Column,
		to: Column,
		change: SchemaChange | null,
	): void {
		const render = (column: Column) =>
			`${quoteName(from.name)} ${renderType(column)} ${column.nullable ? 'NULL' : 'NOT NULL'}`;
		const sparse = (column: Column) => findFact(column.facts, 'storage') === 'SPARSE';
		if (render(from) !== render(to)) {
			const isLost = isNarrowing(from.type, to.type);
			const isRewritten = isRetyped(from, to);
			this.#add(draft, phase, {
				summary: `change column ${from.name}: ${describe(from, to)}`,
				sql: `ALTER TABLE ${this.#name} ALTER COLUMN ${render(to)}`,
				undo: isLost ? null : [`ALTER TABLE ${this.#name} ALTER COLUMN ${render(from)}`],
				needs: isLost ? (change?.needs ?? null) : null,
				hazards: [...(change?.hazards ?? []), ...(isRewritten ? [rewrites(this.#prod.name)] : [])],
			});
		}
		if (sparse(from) === sparse(to)) return;
		const toggle = (isOn: boolean) =>
			`ALTER TABLE ${this.#name} ALTER COLUMN ${quoteName(from.name)} ${isOn ? 'ADD' : 'DROP'} SPARSE`;
		const summary = `store column ${from.name} ${sparse(to) ? 'sparsely' : 'in full'}`;
		this.#add(draft, phase, {summary, sql: toggle(sparse(to)), undo: [toggle(sparse(from))]});
	}

	#listNew(): Column[] {
		return this.final.columns.filter(
			(column) =>
				!findColumn(this.#prod, column.name) && (!column.generated || column.type === 'rowversion'),
		);
	}

	#addColumns(draft: SchemaDraft): void {
		for (const column of this.#listNew()) {
			const change = this.#findColumnChange(column);
			const filled = isFilled(column)
				? {...column, default: emptyValue(column), defaultName: this.#fillName(column)}
				: this.#withDefaultName(column);
			// Else prod's rows would get NULL where there is a default.
			const values = column.nullable && column.default !== null ? ' WITH VALUES' : '';
			const drops = [
				...(filled.default === null || filled.defaultName === undefined
					? []
					: [`ALTER TABLE ${this.#name} DROP CONSTRAINT ${quoteName(filled.defaultName)}`]),
				`ALTER TABLE ${this.#name} DROP COLUMN ${quoteName(column.name)}`,
			];
			this.#add(draft, 'alter', {
				summary: `add column ${column.name}`,
				sql: `ALTER TABLE ${this.#name} ADD ${renderColumn(filled)}${values}`,
				// The passing default is gone by then.
				undo: isFilled(column) ? drops.slice(-1) : drops,
				hazards: [
					...(change?.hazards ?? []),
					...(isFilled(column) ? [fills(column, filled.default)] : []),
				],
			});
		}
	}

	#fillName({name}: Column): string {
		return makeUpName('DF', this.#prod.name, `fill ${name}`);
	}

	#withDefaultName(column: Column): Column {
		if (column.default === null) return column;
		const isOwn = column.defaultName !== undefined && !isMadeUp(column.defaultName);
		// As made up, a name would be left to the server; here it must be known.
		return isOwn
			? column
			: {...column, defaultName: `DF_${this.#prod.name}_${column.name}`.replaceAll(/\W+/g, '_')};
	}

	#dropDefault(
		draft: SchemaDraft,
		phase: Phase,
		column: Column,
		needs: AllowKind | null = null,
	): void {
		if (column.default === null || column.defaultName === undefined) return;
		this.#add(draft, phase, {
			summary: `drop the default of ${column.name}`,
			sql: `ALTER TABLE ${this.#name} DROP CONSTRAINT ${quoteName(column.defaultName)}`,
			undo: [this.#renderAddDefault({...column, name: column.name})],
			needs,
		});
	}

	#addDefault(draft: SchemaDraft, phase: Phase, column: Column): void {
		if (column.default === null) return;
		const named = this.#withDefaultName(column);
		this.#add(draft, phase, {
			summary: `set the default of ${column.name}`,
			sql: this.#renderAddDefault(named),
			undo: [`ALTER TABLE ${this.#name} DROP CONSTRAINT ${quoteName(named.defaultName ?? '')}`],
		});
	}

	/** By the name that it is taken back under, made up or not. */
	#renderAddDefault(column: Column): string {
		const text = renderDefault(column);
		const named = text.startsWith('CONSTRAINT')
			? text
			: `CONSTRAINT ${quoteName(column.defaultName ?? '')} ${text}`;
		return `ALTER TABLE ${this.#name} ADD ${named} FOR ${quoteName(column.name)}`;
	}

	#dropColumns(draft: SchemaDraft): void {
		const dropped = this.#listComputed().dropped;
		const gone = this.#prod.columns
			.filter((column) => !findColumn(this.final, column.name) && !dropped.includes(column))
			// What is computed of others goes before them.
			.sort((a, b) => Number(b.generated !== null) - Number(a.generated !== null));
		for (const column of gone) {
			const change = this.#findColumnChange(column);
			const needs = change?.needs ?? null;
			this.#dropDefault(draft, 'drop', column, needs);
			this.#add(draft, 'drop', {
				summary: `drop column ${column.name}`,
				sql: `ALTER TABLE ${this.#name} DROP COLUMN ${quoteName(column.name)}`,
				undo: column.generated ? [`ALTER TABLE ${this.#name} ADD ${renderColumn(column)}`] : null,
				needs,
				hazards: change?.hazards ?? [],
			});
		}
	}

	#findChange({sort, definition}: TablePart, side: 'prod' | 'dev'): SchemaChange | undefined {
		return this.#changes.find((change) => change.object === sort && change[side] === definition);
	}

	#findColumnChange({name}: Column): SchemaChange | undefined {
		return this.#changes.find(
			(change) => change.object === 'column' && areNamesEqual(change.name, name),
		);
	}

	#add(
		draft: SchemaDraft,
		phase: Phase,
		statement: Omit<Parameters<SchemaDraft['add']>[0], 'phase' | 'table'>,
	): void {
		const {name} = this.#prod;
		draft.add({phase, table: name, ...statement, summary: `${statement.summary} of ${name}`});
	}
}
