import type {Column, Table} from '../../../model/catalog.ts';
import type {Hazard} from '../../../model/hazard.ts';
import type {Phase} from '../../../model/plan.ts';
import type {SchemaChange} from '../../../model/schema-change.ts';
import {spellSequenceOptions} from '../catalog/read-sequences.ts';
import {losesValues} from '../narrowing.ts';
import {renderAdvance} from '../advance-identity.ts';
import {quoteName, quoteTable} from '../names.ts';
import {listNames} from './mentions.ts';
import {spellComment} from './object-sql.ts';
import {renderColumn, renderNextValue} from './render-table.ts';
import {advanceIdentity, spellChange} from './sequence-options.ts';
import type {StatementList} from './statement-list.ts';

/** The columns of one table on their way from prod's to what was chosen. */
export class ColumnMigration {
	/** Columns whose values change their type, so that whatever reads them must let go. */
	readonly retyped: ReadonlySet<string>;
	/** Of these, those after whose change a constant beside them would be of another type. */
	readonly converted: ReadonlySet<string>;
	/** Computed columns that are dropped and added again. */
	readonly remade: ReadonlySet<string>;
	readonly #before: Table;
	readonly #after: Table;
	readonly #changes: readonly SchemaChange[];
	readonly #table: string;
	readonly #swapped: ReadonlyMap<string, string>;

	/** @param swapped Columns whose type becomes another of the same name, with the old one's name meanwhile. */
	constructor(
		before: Table,
		after: Table,
		changes: readonly SchemaChange[],
		swapped: ReadonlyMap<string, string>,
	) {
		this.#swapped = swapped;
		this.#before = before;
		this.#after = after;
		this.#changes = changes.filter(({object}) => object === 'column');
		this.#table = quoteTable(before.name);
		const pairs = this.#listPairs();
		this.retyped = new Set([
			...swapped.keys(),
			...pairs
				.filter(([was, is]) => was.type !== is.type || was.collation !== is.collation)
				.map(([, {name}]) => name),
		]);
		this.converted = new Set([
			...swapped.keys(),
			...pairs
				.filter(([was, is]) => was.valueType.kind !== is.valueType.kind)
				.map(([, {name}]) => name),
		]);
		// A computed column stands in the way of any change to what it is computed from.
		const isTouched = ({name, generated}: Column) =>
			this.retyped.has(name) ||
			(generated !== null && listNames(generated.expression).some((one) => this.retyped.has(one)));
		this.remade = new Set(
			before.columns
				.filter((was) => {
					const is = after.columns.find(({name}) => name === was.name);
					if (is?.generated && !isSameGenerated(was, is)) return true;
					return was.generated !== null && is?.generated !== null && isTouched(was);
				})
				.map(({name}) => name),
		);
	}

	#listPairs(): (readonly [was: Column, is: Column])[] {
		return this.#before.columns.flatMap((was) => {
			const is = this.#after.columns.find(({name}) => name === was.name);
			return is ? [[was, is] as const] : [];
		});
	}

	#changeOf(name: string): SchemaChange | undefined {
		return this.#changes.find((change) => change.name === name);
	}

	/** Makes room for whatever rows dev has. */
	loosen(list: StatementList): void {
		for (const column of this.#before.columns) {
			if (this.remade.has(column.name)) this.#dropComputed(list, column);
		}
		for (const [was, is] of this.#listPairs()) {
			const isReleased = was.generated !== null && is.generated === null;
			if (isReleased) this.#alter(list, is.name, 'DROP EXPRESSION', null);
		}
		for (const [was, is] of this.#listPairs()) {
			if (this.remade.has(is.name)) continue;
			this.#releaseGiven(list, was, is);
			if (!was.nullable && is.nullable) this.#allowNull(list, was.name);
			if (!this.retyped.has(is.name)) {
				this.#setFacts(list, was, is);
				continue;
			}
			// A new type brings its own way of storing values, also when an undo brings back the old.
			this.#setFacts(list, was, asRetyped(was));
			this.#changeType(list, was, is);
			this.#setFacts(list, asRetyped(was), is);
		}
		for (const column of this.#before.columns) {
			const isKept = this.#after.columns.some(({name}) => name === column.name);
			const isOpen = column.nullable || column.generated || column.identity;
			if (!isKept && !isOpen && column.default === null) this.#allowNull(list, column.name);
		}
		const added = this.#after.columns.filter(
			({name}) =>
				this.remade.has(name) || !this.#before.columns.some((column) => column.name === name),
		);
		// What is computed comes after what it is computed from.
		const plainFirst = [
			...added.filter(({generated}) => !generated),
			...added.filter(({generated}) => generated),
		];
		for (const column of plainFirst) this.#add(list, column);
	}

	/** Brings in what the rows had to be there for. */
	tighten(list: StatementList): void {
		for (const is of this.#after.columns) {
			const was = this.#before.columns.find(({name}) => name === is.name);
			const isNew = was === undefined || this.remade.has(is.name);
			const isLate = isNew ? isAddedLoose(is) : was.nullable && !is.nullable;
			if (isLate) this.#forbidNull(list, is.name);
			if (was && !this.remade.has(is.name)) this.#takeUpGiven(list, was, is);
			if (!was && is.identity) advanceIdentity(list, this.#before.name, is);
		}
	}

	drop(list: StatementList): void {
		// What is computed goes before what it is computed from.
		const computedFirst = [
			...this.#before.columns.filter(({generated}) => generated),
			...this.#before.columns.filter(({generated}) => !generated),
		];
		for (const {name} of computedFirst) {
			const isKept = this.#after.columns.some((column) => column.name === name);
			if (isKept || this.remade.has(name)) continue;
			const change = this.#changeOf(name);
			list.add({
				phase: 'drop',
				table: this.#before.name,
				summary: `drop column ${this.#before.name}.${name}`,
				sql: `ALTER TABLE ${this.#table} DROP COLUMN ${quoteName(name)}`,
				undo: null,
				needs: change?.needs ?? 'dropColumn',
				hazards: change?.hazards ?? [],
			});
		}
	}

	#alter(
		list: StatementList,
		column: string,
		action: string,
		undo: string | null,
		rest: {
			readonly phase?: Phase;
			readonly what?: string;
			readonly hazards?: readonly Hazard[];
			readonly needs?: SchemaChange['needs'];
		} = {},
	): void {
		const {phase = 'alter', what = action.toLowerCase(), hazards = [], needs = null} = rest;
		const spell = (text: string) =>
			`ALTER TABLE ${this.#table} ALTER COLUMN ${quoteName(column)} ${text}`;
		list.add({
			phase,
			table: this.#before.name,
			summary: `alter column ${this.#before.name}.${column}: ${what}`,
			sql: spell(action),
			undo: undo === null ? null : [spell(undo)],
			needs,
			hazards,
		});
	}

	#allowNull(list: StatementList, name: string): void {
		this.#alter(list, name, 'DROP NOT NULL', 'SET NOT NULL');
	}

	#forbidNull(list: StatementList, name: string): void {
		const known = (this.#changeOf(name)?.hazards ?? []).filter(({kind}) => kind === 'mayViolate');
		const hazards: Hazard[] = [
			...known,
			{
				kind: 'locksTable',
				message: `Reads every row of ${this.#before.name} while nobody can write to it.`,
			},
		];
		this.#alter(list, name, 'SET NOT NULL', 'DROP NOT NULL', {
			phase: late,
			hazards,
		});
	}

	#add(list: StatementList, column: Column): void {
		const {name, identitySource} = column;
		const table = this.#before.name;
		const loose = isAddedLoose(column) ? {...column, nullable: true} : column;
		const isSerial = identitySource?.how === 'serial';
		const sequence = isSerial ? identitySource.sequence : null;
		if (sequence !== null) this.#createSequence(list, column, sequence, []);
		const change = this.#changeOf(name);
		list.add({
			phase: 'alter',
			table,
			summary: `add column ${name} to ${table}`,
			sql: `ALTER TABLE ${this.#table} ADD COLUMN ${renderColumn(loose, false)}`,
			undo: [`ALTER TABLE ${this.#table} DROP COLUMN ${quoteName(name)}`],
			hazards: [
				...(isAddedLoose(column) ? [] : (change?.hazards ?? [])),
				...(isFilledByRewrite(column) ? [warnOfRewrite(table, `Computes ${name}`)] : []),
			],
		});
		if (sequence !== null) this.#ownSequence(list, name, sequence);
		this.#setFacts(list, null, column);
	}

	/** @param undo Empty: it goes with its column. */
	#createSequence(
		list: StatementList,
		column: Column,
		sequence: string,
		undo: readonly string[],
	): void {
		list.add({
			phase: 'alter',
			table: this.#before.name,
			summary: `create sequence ${sequence} for ${this.#before.name}.${column.name}`,
			sql: this.#spellSequence(column, sequence),
			undo,
		});
	}

	#spellSequence({type, identitySource}: Column, sequence: string): string {
		const facts = identitySource?.facts ?? [];
		const words = facts.some(({name}) => name === 'as') ? [] : [`AS ${type}`];
		const options = spellSequenceOptions(facts);
		if (options !== '') words.push(options);
		return ['CREATE SEQUENCE', quoteTable(sequence), ...words].join(' ');
	}

	#ownSequence(list: StatementList, column: string, sequence: string): void {
		list.add({
			phase: 'alter',
			table: this.#before.name,
			summary: `bind sequence ${sequence} to ${this.#before.name}.${column}`,
			sql: this.#spellOwner(column, sequence),
			undo: [],
		});
	}

	#spellOwner(column: string, sequence: string): string {
		return `ALTER SEQUENCE ${quoteTable(sequence)} OWNED BY ${this.#table}.${quoteName(column)}`;
	}

	#dropComputed(list: StatementList, column: Column): void {
		const change = this.#changeOf(column.name);
		const isComputed = column.generated !== null;
		const isDropped = change?.action === 'drop';
		list.add({
			phase: 'alter',
			table: this.#before.name,
			summary: `drop column ${this.#before.name}.${column.name}${isDropped ? '' : ', which is computed anew'}`,
			sql: `ALTER TABLE ${this.#table} DROP COLUMN ${quoteName(column.name)}`,
			undo: isComputed
				? [`ALTER TABLE ${this.#table} ADD COLUMN ${renderColumn(column, false)}`]
				: null,
			needs: isComputed && !isDropped ? null : (change?.needs ?? null),
			hazards: change?.hazards ?? [],
		});
	}

	#changeType(list: StatementList, was: Column, is: Column): void {
		const table = this.#before.name;
		const name = quoteName(is.name);
		const spell = (to: Column, type = to.type) => {
			const collation = to.collation === null ? '' : ` COLLATE ${to.collation}`;
			// Text stands between two types that know nothing of each other.
			// Text stands between two types that know nothing of each other.
			const viaText = areNear(was, is) ? '' : '::text';
			return `TYPE ${type}${collation} USING ${name}${viaText}::${type}`;
		};
		const change = this.#changeOf(is.name);
		const isLossy = losesValues(was.type, is.type);
		const hasDefault = was.default !== null;
		if (hasDefault) {
			this.#alter(list, is.name, 'DROP DEFAULT', `SET DEFAULT ${was.default}`, {
				// Before the type goes aside: the undo needs it back first.
				phase: this.#swapped.has(is.name) ? 'drop foreign keys' : 'alter',
			});
		}
		const hazards = [
			...(change?.hazards ?? []).filter(({kind}) => kind !== 'mayViolate'),
			...(keepsStorage(was, is) ? [] : [warnOfRewrite(table, `Converts ${is.name}`)]),
		];
		this.#alter(list, is.name, spell(is), isLossy ? null : spell(was, this.#swapped.get(is.name)), {
			what: `type ${was.type} → ${is.type}`,
			hazards,
			needs: change?.needs ?? null,
		});
		if (is.default !== null) {
			this.#alter(list, is.name, `SET DEFAULT ${is.default}`, 'DROP DEFAULT');
		}
	}

	/** Takes away who gives out the values, where it changes. */
	#releaseGiven(list: StatementList, was: Column, is: Column): void {
		const [before, after] = [was.identitySource, is.identitySource];
		if (before && before.how !== after?.how) {
			if (before.how === 'serial') this.#dropSequence(list, was);
			else if (!after || after.how === 'serial') this.#dropIdentity(list, was);
		}
		if (this.retyped.has(is.name) || was.default === is.default) return;
		const set = ({default: value}: Column) =>
			value === null ? 'DROP DEFAULT' : `SET DEFAULT ${value}`;
		this.#alter(list, is.name, set(is), set(was));
	}

	/** The sequence behind a serial column, with its default. */
	#dropSequence(list: StatementList, column: Column): void {
		const {name, identitySource} = column;
		const sequence = identitySource?.sequence ?? null;
		if (sequence === null) return;
		this.#alter(list, name, 'DROP DEFAULT', `SET DEFAULT ${renderNextValue(sequence)}`);
		list.add({
			phase: 'alter',
			table: this.#before.name,
			summary: `drop sequence ${sequence}, which nothing uses any more`,
			sql: `DROP SEQUENCE ${quoteTable(sequence)}`,
			undo: [
				this.#spellSequence(column, sequence),
				this.#spellOwner(name, sequence),
				renderAdvance(this.#before.name, column),
			],
		});
	}

	#dropIdentity(list: StatementList, column: Column): void {
		const name = quoteName(column.name);
		list.add({
			phase: 'alter',
			table: this.#before.name,
			summary: `alter column ${this.#before.name}.${column.name}: drop identity`,
			sql: `ALTER TABLE ${this.#table} ALTER COLUMN ${name} DROP IDENTITY`,
			undo: [
				`ALTER TABLE ${this.#table} ALTER COLUMN ${name} ${this.#spellIdentity(column)}`,
				renderAdvance(this.#before.name, column),
			],
		});
	}

	/** Gives the values out again, once all are there. */
	#takeUpGiven(list: StatementList, was: Column, is: Column): void {
		const [before, after] = [was.identitySource, is.identitySource];
		if (!after) return;
		if (before?.how === after.how) {
			this.#changeSequence(list, was, is);
			return;
		}
		if (after.how === 'serial') {
			const {sequence} = after;
			if (sequence === null) return;
			this.#createSequence(list, is, sequence, [`DROP SEQUENCE ${quoteTable(sequence)}`]);
			this.#ownSequence(list, is.name, sequence);
			const next = `SET DEFAULT ${renderNextValue(sequence)}`;
			this.#alter(list, is.name, next, 'DROP DEFAULT', {phase: late});
		} else if (before && before.how !== 'serial') {
			this.#alter(list, is.name, `SET ${after.how}`, `SET ${before.how}`, {phase: late});
			this.#changeSequence(list, was, is);
			return;
		} else {
			this.#alter(list, is.name, this.#spellIdentity(is), 'DROP IDENTITY', {phase: late});
		}
		advanceIdentity(list, this.#before.name, is);
	}

	#spellIdentity({identitySource}: Column): string {
		const options = spellSequenceOptions(identitySource?.facts ?? []);
		return `ADD ${identitySource?.how ?? ''} AS IDENTITY${options === '' ? '' : ` (${options})`}`;
	}

	#changeSequence(list: StatementList, was: Column, is: Column): void {
		const [before, after] = [was.identitySource, is.identitySource];
		if (!before || !after) return;
		const [forth, back] = [
			spellChange(before.facts, after.facts),
			spellChange(after.facts, before.facts),
		];
		if (forth.length === 0) return;
		if (after.how === 'serial') {
			const sequence = quoteTable(before.sequence ?? '');
			list.add({
				phase: 'indexes and foreign keys',
				table: this.#before.name,
				summary: `alter sequence ${before.sequence ?? ''}`,
				sql: `ALTER SEQUENCE ${sequence} ${forth.join(' ')}`,
				undo: [`ALTER SEQUENCE ${sequence} ${back.join(' ')}`],
			});
			return;
		}
		const spell = (words: readonly string[]) => words.map((word) => `SET ${word}`).join(' ');
		this.#alter(list, is.name, spell(forth), spell(back), {phase: late});
	}

	#setFacts(list: StatementList, was: Column | null, is: Column): void {
		const value = (column: Column | null, fact: string) =>
			column?.facts?.find(({name}) => name === fact)?.value;
		for (const [fact, usual] of columnFacts) {
			const [before, after] = [value(was, fact), value(is, fact)];
			if (before === after || (was === null && fact === 'compression')) continue;
			const spell = (text: string | undefined) => `SET ${fact.toUpperCase()} ${text ?? usual(is)}`;
			this.#alter(list, is.name, spell(after), spell(before));
		}
		if (was?.comment === is.comment || (was === null && is.comment === undefined)) return;
		const comment = (text: string | undefined) =>
			`COMMENT ON COLUMN ${this.#table}.${quoteName(is.name)} IS ${spellComment(text)}`;
		list.add({
			phase: 'alter',
			table: this.#before.name,
			summary: `comment on ${this.#before.name}.${is.name}`,
			sql: comment(is.comment),
			undo: was === null ? [] : [comment(was.comment)],
		});
	}
}

const late = 'indexes and foreign keys';

/** As it is where nobody said how to store its values. */
function asRetyped(column: Column): Column {
	const facts = column.facts?.filter(({name}) => name === 'statistics') ?? [];
	return {...column, facts};
}

/** What is set by a statement of its own, and what it is without one. */
const columnFacts = [
	// `SET STORAGE DEFAULT` came with PostgreSQL 16.
	['storage', ({valueType}: Column) => (valueType.kind === 'decimal' ? 'MAIN' : 'EXTENDED')],
	['compression', () => 'DEFAULT'],
	['statistics', () => '-1'],
] as const;

/** New columns take no NULL only once the rows have brought their values. */
function isAddedLoose({nullable, generated, identity, default: value}: Column): boolean {
	return !nullable && !generated && !identity && value === null;
}

function isSameGenerated(was: Column, is: Column): boolean {
	return (
		was.generated?.expression === is.generated?.expression &&
		was.generated?.stored === is.generated?.stored
	);
}

/** A constant default is kept beside the table (manual, "ALTER TABLE", Notes). */
function isFilledByRewrite({identity, generated, default: value}: Column): boolean {
	if (identity || generated?.stored === true) return true;
	return (
		value !== null && /\b(?:random|nextval|clock_timestamp|gen_random_uuid|uuid\w*)\b/.test(value)
	);
}

/** Whether the server casts one to the other, as it does among numbers and among times. */
function areNear(was: Column, is: Column): boolean {
	const [before, after] = [was.valueType.kind, is.valueType.kind];
	if (before === 'text' || after === 'text') return true;
	if (was.type === is.type) return false;
	const groups = [
		['integer', 'decimal', 'real'],
		['date', 'time', 'timestamp', 'timestamptz'],
		['json'],
		['bytes'],
	];
	return groups.some((group) => group.includes(before) && group.includes(after));
}

/** Longer texts and wider decimals of the same scale are stored alike. */
function keepsStorage(was: Column, is: Column): boolean {
	const [before, after] = [was.valueType, is.valueType];
	if (was.collation !== is.collation || losesValues(was.type, is.type)) return false;
	if (before.kind === 'text' && after.kind === 'text') return !before.padded && !after.padded;
	return before.kind === 'decimal' && after.kind === 'decimal' && before.scale === after.scale;
}

function warnOfRewrite(table: string, what: string): Hazard {
	return {
		kind: 'rewritesTable',
		message: `${what} by writing ${table} anew, while nobody can use it.`,
	};
}
