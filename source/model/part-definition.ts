import type {
	Check,
	Column,
	ConstraintFacts,
	Fact,
	ForeignKey,
	IndexedColumn,
	PrimaryKey,
	UniqueConstraint,
} from './catalog.ts';

/*
The parts of a table that the server keeps no text of, as text: to show them, and to find
the part that a schema change is about. Within a table equal texts are the same part.
*/

export function defineColumn(column: Column): string {
	const {name, type, nullable, onNull, generated, collation, identitySource, onUpdate} = column;
	return joinWords(
		spellName(name),
		type,
		column.characterSet !== undefined && `CHARACTER SET ${column.characterSet}`,
		collation !== null && `COLLATE ${collation}`,
		!nullable && joinWords('NOT NULL', describeConflict(onNull)),
		column.default !== null && `DEFAULT ${column.default}`,
		generated && `AS (${generated.expression}) ${generated.stored ? 'STORED' : 'VIRTUAL'}`,
		identitySource !== undefined &&
			joinWords(identitySource.how, describeFacts(identitySource.facts)),
		onUpdate !== undefined && `ON UPDATE ${onUpdate}`,
		describeFacts(column.facts),
		describeComment(column.comment),
	);
}

export function definePrimaryKey({name, columns, onConflict, ...rest}: PrimaryKey): string {
	const key = `PRIMARY KEY ${describeColumns(columns)}`;
	return joinWords(describeName(name), key, describeConflict(onConflict), describeRest(rest));
}

export function defineUnique({name, columns, onConflict, ...rest}: UniqueConstraint): string {
	const unique = `UNIQUE ${describeColumns(columns)}`;
	return joinWords(describeName(name), unique, describeConflict(onConflict), describeRest(rest));
}

export function defineForeignKey(key: ForeignKey): string {
	const {name, columns, onUpdate, onDelete, match, deferral} = key;
	return joinWords(
		describeName(name),
		`FOREIGN KEY (${columns.map(spellName).join(', ')})`,
		`REFERENCES ${describeReference(key)}`,
		onUpdate !== 'NO ACTION' && `ON UPDATE ${onUpdate}`,
		onDelete !== 'NO ACTION' && `ON DELETE ${onDelete}`,
		match !== 'SIMPLE' && `MATCH ${match}`,
		deferral !== 'not deferrable' && `DEFERRABLE ${deferral.toUpperCase()}`,
		describeRest(key),
	);
}

export function defineCheck({name, expression, ...rest}: Check): string {
	return joinWords(describeName(name), `CHECK (${expression})`, describeRest(rest));
}

/** What a foreign key without a name is called: `(a, b) → parent (x, y)`. */
export function labelForeignKey(key: ForeignKey): string {
	return `(${key.columns.map(spellName).join(', ')}) → ${describeReference(key)}`;
}

/** What a key or a unique constraint without a name is called: `(a, b DESC)`. */
export function describeColumns(columns: readonly IndexedColumn[]): string {
	const words = columns.map(({column, expression, descending, collation}) =>
		joinWords(
			column === null ? (expression ?? '') : spellName(column),
			collation !== null && `COLLATE ${collation}`,
			descending && 'DESC',
		),
	);
	return `(${words.join(', ')})`;
}

function describeReference({referencedTable, referencedColumns}: ForeignKey): string {
	const columns = referencedColumns.map(spellName).join(', ');
	return joinWords(spellName(referencedTable), columns !== '' && `(${columns})`);
}

function describeName(name: string | null): string | false {
	return name !== null && `CONSTRAINT ${spellName(name)}`;
}

function describeConflict(action: string | undefined): string | false {
	return action !== undefined && `ON CONFLICT ${action}`;
}

function describeRest({isValidated, isEnforced, facts, comment}: ConstraintFacts): string {
	return joinWords(
		describeFacts(facts),
		isEnforced === false && 'NOT ENFORCED',
		isValidated === false && 'NOT VALID',
		describeComment(comment),
	);
}

function describeFacts(facts: readonly Fact[] = []): string {
	return facts.map(({name, value}) => joinWords(name.toUpperCase(), value)).join(' ');
}

function describeComment(comment: string | undefined): string | false {
	return comment !== undefined && `COMMENT '${comment.replaceAll("'", "''")}'`;
}

/** A name as in standard SQL: quoted where it could be read as something else. */
function spellName(name: string): string {
	return /^[\p{L}_][\p{L}\p{N}_$]*$/u.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

function joinWords(...words: readonly (string | false | null)[]): string {
	return words.filter((word) => word !== false && word !== null && word !== '').join(' ');
}
