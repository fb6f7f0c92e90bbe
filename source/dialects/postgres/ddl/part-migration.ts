import type {Check, Index, PrimaryKey, Table, UniqueConstraint} from '../../../model/catalog.ts';
import type {Hazard} from '../../../model/hazard.ts';
import type {Phase} from '../../../model/plan.ts';
import {defineCheck, definePrimaryKey, defineUnique} from '../../../model/part-definition.ts';
import type {SchemaChange} from '../../../model/schema-change.ts';
import {quoteName, quoteTable} from '../names.ts';
import {listMentions, type Mentioning} from './mentions.ts';
import {quoteBeside, spellComment} from './object-sql.ts';
import {isPlain, renderCheck, renderPrimaryKey, renderUnique} from './render-table.ts';
import type {StatementList} from './statement-list.ts';

/** One key, check or index: how it is made and told apart. */
type Part = Mentioning & {
	readonly kind: 'constraint' | 'index';
	readonly object: SchemaChange['object'];
	readonly name: string;
	/** As in a schema change. */
	readonly definition: string;
	readonly create: string;
	readonly comment: string | undefined;
	/** It may refuse rows. */
	readonly isStrict: boolean;
	/** What a key's columns are referred to by. */
	readonly keyColumns: readonly string[] | null;
	readonly isValidated: boolean;
	/** The same without its name, comment and validity. */
	readonly content: string;
};

/** The keys, checks and indexes of one table on their way; foreign keys are among all tables. */
export class PartMigration {
	readonly #before: Table;
	readonly #after: Table;
	readonly #changes: readonly SchemaChange[];
	readonly #dropped: readonly Part[];
	readonly #created: readonly Part[];
	/** The same thing under another name, or told about in other words. */
	readonly #kept: readonly (readonly [was: Part, is: Part])[];
	readonly #isNew: boolean;
	readonly #isTouched: (part: Part) => boolean;

	/**
	@param touched Columns that are dropped and made again, or change to a type whose constants
	are others.
	*/
	constructor(
		before: Table | null,
		after: Table,
		changes: readonly SchemaChange[],
		touched: ReadonlySet<string>,
	) {
		this.#before = before ?? {...after, primaryKey: null, uniques: [], checks: [], indexes: []};
		this.#after = after;
		this.#changes = changes;
		this.#isNew = before === null;
		const was = listParts(this.#before);
		const is = before === null ? listLateParts(after) : listParts(after);
		const isTouched = (part: Part) => listMentions(part).some((name) => touched.has(name));
		this.#isTouched = isTouched;
		const lost = new Set(
			this.#before.columns
				.map(({name}) => name)
				.filter((name) => !after.columns.some((column) => column.name === name)),
		);
		const same = was.flatMap((part) => {
			const twin = is.find(({definition}) => definition === part.definition);
			return twin && !isTouched(part) ? [[part, twin] as const] : [];
		});
		const taken = new Set(same.flat());
		const alike = was
			.filter((part) => !taken.has(part) && !isTouched(part))
			.flatMap((part) => {
				const twin = is.find((other) => !taken.has(other) && isAlike(part, other));
				if (!twin) return [];
				taken.add(twin);
				return [[part, twin] as const];
			});
		const kept = new Set([...same, ...alike].flat());
		this.#kept = [...same, ...alike];
		// What speaks of a column that is dropped goes with it.
		const isGone = (part: Part) => listMentions(part).some((name) => lost.has(name));
		this.#dropped = was.filter(
			(part) => !kept.has(part) && (!isGone(part) || this.#changeOf(part) !== undefined),
		);
		this.#created = is.filter((part) => !kept.has(part));
	}

	/** The columns of keys that go for good or for a while: nothing can refer to them meanwhile. */
	listReleasedKeys(): (readonly string[])[] {
		return this.#dropped.flatMap(({keyColumns}) => (keyColumns ? [keyColumns] : []));
	}

	loosen(list: StatementList): void {
		for (const part of this.#dropped) {
			const isReplaced = this.#isReplaced(part);
			if (this.#isTouched(part)) this.#drop(list, part, 'drop foreign keys');
			else if (part.isStrict || isReplaced) this.#drop(list, part, 'alter');
		}
		for (const [was, is] of this.#kept) this.#rename(list, was, is);
	}

	tighten(list: StatementList): void {
		for (const [was, is] of this.#kept) this.#validate(list, was, is);
		for (const part of this.#created) this.#create(list, part);
	}

	drop(list: StatementList): void {
		for (const part of this.#dropped) {
			const isLate = !part.isStrict && !this.#isReplaced(part) && !this.#isTouched(part);
			if (isLate) this.#drop(list, part, 'drop');
		}
	}

	/** Comments on what a new table's CREATE TABLE made. */
	comment(list: StatementList): void {
		if (!this.#isNew) return;
		const late = new Set(this.#created.map(({definition}) => definition));
		for (const part of listParts(this.#after)) {
			if (part.comment !== undefined && !late.has(part.definition)) {
				this.#comment(list, part, undefined);
			}
		}
	}

	#isReplaced(part: Part): boolean {
		return this.#created.some(
			(other) =>
				other.kind === part.kind && (other.name === part.name || other.object === part.object),
		);
	}

	#changeOf({object, definition}: Part, side: 'prod' | 'dev' = 'prod'): SchemaChange | undefined {
		return this.#changes.find((change) => change.object === object && change[side] === definition);
	}

	#drop(list: StatementList, part: Part, phase: Phase): void {
		const change = this.#changeOf(part);
		const isDrop = change?.action === 'drop';
		list.add({
			phase,
			table: this.#before.name,
			summary: `drop ${part.object} ${part.name} of ${this.#before.name}`,
			sql: this.#spellDrop(part),
			undo: this.#spellCreation(part),
			needs: isDrop ? change.needs : null,
			hazards: isDrop ? change.hazards : [],
		});
	}

	#create(list: StatementList, part: Part): void {
		const change = this.#changeOf(part, 'dev');
		const table = this.#after.name;
		list.add({
			phase: 'indexes and foreign keys',
			table,
			summary: `create ${part.object} ${part.name} on ${table}`,
			sql: this.#spellCreation(part)[0] ?? '',
			undo: [this.#spellDrop(part)],
			hazards: [...(change?.hazards ?? []), ...warnOfLock(part, table)],
		});
		if (part.comment !== undefined) this.#comment(list, part, undefined);
	}

	#rename(list: StatementList, was: Part, is: Part): void {
		const {name: table} = this.#before;
		if (was.name !== is.name) {
			const spell = (from: Part, to: Part) =>
				from.kind === 'index'
					? `ALTER INDEX ${quoteBeside(from.name, table)} RENAME TO ${quoteName(to.name)}`
					: `ALTER TABLE ${quoteTable(table)} RENAME CONSTRAINT ${quoteName(from.name)} TO ${quoteName(to.name)}`;
			list.add({
				phase: 'alter',
				table,
				summary: `rename ${was.object} ${was.name} of ${table} to ${is.name}`,
				sql: spell(was, is),
				undo: [spell(is, was)],
			});
		}
		if (was.comment !== is.comment) this.#comment(list, is, was.comment);
	}

	#validate(list: StatementList, was: Part, is: Part): void {
		if (was.isValidated || !is.isValidated) return;
		const {name: table} = this.#after;
		const constraint = quoteName(is.name);
		list.add({
			phase: 'indexes and foreign keys',
			table,
			summary: `validate ${is.object} ${is.name} of ${table}`,
			sql: `ALTER TABLE ${quoteTable(table)} VALIDATE CONSTRAINT ${constraint}`,
			undo: [this.#spellDrop(is), `ALTER TABLE ${quoteTable(table)} ADD ${was.create}`],
			hazards: this.#changeOf(was)?.hazards ?? [],
		});
	}

	#comment(list: StatementList, part: Part, before: string | undefined): void {
		const {name: table} = this.#after;
		const spell = (text: string | undefined) => this.#spellComment(part, text);
		list.add({
			phase: 'indexes and foreign keys',
			table,
			summary: `comment on ${part.object} ${part.name} of ${table}`,
			sql: spell(part.comment),
			undo: [spell(before)],
		});
	}

	#spellDrop({kind, name}: Part): string {
		const {name: table} = this.#before;
		return kind === 'index'
			? `DROP INDEX ${quoteBeside(name, table)}`
			: `ALTER TABLE ${quoteTable(table)} DROP CONSTRAINT ${quoteName(name)}`;
	}

	#spellCreation(part: Part): string[] {
		const {kind, create, comment} = part;
		const statement =
			kind === 'index' ? create : `ALTER TABLE ${quoteTable(this.#after.name)} ADD ${create}`;
		return [statement, ...(comment === undefined ? [] : [this.#spellComment(part, comment)])];
	}

	#spellComment({kind, name}: Part, text: string | undefined): string {
		const {name: table} = this.#after;
		const what =
			kind === 'index'
				? `INDEX ${quoteBeside(name, table)}`
				: `CONSTRAINT ${quoteName(name)} ON ${quoteTable(table)}`;
		return `COMMENT ON ${what} IS ${spellComment(text)}`;
	}
}

function warnOfLock({object}: Part, table: string): Hazard[] {
	const message =
		object === 'check'
			? `Reads every row of ${table} while nobody can use it.`
			: `Nobody can write to ${table} while it is built.`;
	return [{kind: 'locksTable', message}];
}

/** Whether one becomes the other by a new name, a comment, or by being validated. */
function isAlike(was: Part, is: Part): boolean {
	if (was.object !== is.object || was.content !== is.content) return false;
	return was.isValidated === is.isValidated || is.isValidated;
}

function listParts(table: Table): Part[] {
	return [
		...(table.primaryKey ? [makeKey(table.primaryKey)] : []),
		...table.uniques.map(makeUnique),
		...table.checks.map(makeCheck),
		...table.indexes.map(makeIndex),
	];
}

/** What a new table's CREATE TABLE leaves out. */
function listLateParts(table: Table): Part[] {
	return [
		...table.checks.filter((check) => !isPlain(check)).map(makeCheck),
		...table.indexes.map(makeIndex),
	];
}

function makeKey(key: PrimaryKey): Part {
	return {
		kind: 'constraint',
		object: 'primary key',
		name: key.name ?? '',
		columns: key.columns,
		definition: definePrimaryKey(key),
		create: renderPrimaryKey(key),
		comment: key.comment,
		isStrict: true,
		keyColumns: key.columns.map(({column}) => column ?? ''),
		isValidated: true,
		content: renderPrimaryKey({...key, name: null}),
	};
}

function makeUnique(unique: UniqueConstraint): Part {
	return {
		kind: 'constraint',
		object: 'unique',
		name: unique.name ?? '',
		columns: unique.columns,
		definition: defineUnique(unique),
		create: renderUnique(unique),
		comment: unique.comment,
		isStrict: true,
		keyColumns: unique.columns.map(({column}) => column ?? ''),
		isValidated: true,
		content: renderUnique({...unique, name: null}),
	};
}

function makeCheck(check: Check): Part {
	const {expression, comment, isValidated = true} = check;
	return {
		kind: 'constraint',
		object: 'check',
		name: check.name ?? '',
		expression,
		definition: defineCheck(check),
		create: renderCheck(check),
		comment,
		isStrict: true,
		keyColumns: null,
		isValidated,
		content: renderCheck({...check, name: null, isValidated: true}),
	};
}

function makeIndex(index: Index): Part {
	const {name, unique, columns, include, where, definition, comment} = index;
	const content = {...index, name: '', definition: '', comment: ''};
	return {
		kind: 'index',
		object: 'index',
		name,
		columns,
		where,
		...(include ? {include} : {}),
		// The comment is no part of the text, and yet a difference.
		definition,
		create: definition,
		comment,
		isStrict: unique,
		// A foreign key may refer to a unique index, too.
		keyColumns: unique ? columns.map(({column}) => column ?? '') : null,
		isValidated: true,
		content: JSON.stringify(content),
	};
}
