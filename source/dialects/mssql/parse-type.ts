/** A declared type taken apart; synonyms have one name. */
export type ParsedType = {
	/** e.g. `int`, `nvarchar`. */
	readonly name: string;
	/** Length, precision and scale, or digits of a second. */
	readonly numbers: readonly number[];
	/** `(max)`. */
	readonly isMax: boolean;
};

/** "Data type synonyms (Transact-SQL)". */
const synonyms: Readonly<Record<string, string>> = {
	integer: 'int',
	dec: 'decimal',
	numeric: 'decimal',
	'double precision': 'float',
	character: 'char',
	'character varying': 'varchar',
	'char varying': 'varchar',
	'national char': 'nchar',
	'national character': 'nchar',
	'national char varying': 'nvarchar',
	'national character varying': 'nvarchar',
	'national text': 'ntext',
	'binary varying': 'varbinary',
	timestamp: 'rowversion',
	sysname: 'nvarchar',
};

/** Without a number of its own, as the type has them then. */
const usual: Readonly<Record<string, readonly number[]>> = {
	decimal: [18, 0],
	char: [1],
	nchar: [1],
	varchar: [1],
	nvarchar: [1],
	binary: [1],
	varbinary: [1],
	time: [7],
	datetime2: [7],
	datetimeoffset: [7],
};

export function parseType(type: string): ParsedType {
	const match = /^\s*([a-z][a-z0-9_ ]*?)\s*(?:\(\s*([^)]*)\))?\s*$/i.exec(type);
	const plain = match?.[1]?.toLowerCase().replaceAll(/\s+/g, ' ') ?? type.trim();
	const name = synonyms[plain] ?? plain;
	const inside = match?.[2]?.trim().toLowerCase();
	if (inside === 'max') return {name, numbers: [], isMax: true};
	const numbers =
		inside === undefined || !/^[\d, ]+$/.test(inside) ? [] : inside.split(',').map(Number);
	return {name, ...fillIn(plain === 'sysname' ? 'sysname' : name, numbers)};
}

function fillIn(name: string, numbers: readonly number[]): Omit<ParsedType, 'name'> {
	if (name === 'sysname') return {numbers: [128], isMax: false};
	// FLOAT(n) is kept in four bytes or in eight.
	if (name === 'float') return {numbers: [(numbers[0] ?? 53) <= 24 ? 24 : 53], isMax: false};
	if (name === 'real') return {numbers: [], isMax: false};
	if (numbers.length === 0) return {numbers: usual[name] ?? [], isMax: false};
	if (name === 'decimal' && numbers.length === 1) return {numbers: [...numbers, 0], isMax: false};
	return {numbers, isMax: false};
}

/** One spelling for all that mean the same. */
export function spellParsed({name, numbers, isMax}: ParsedType): string {
	if (name === 'float') return numbers[0] === 24 ? 'real' : 'float';
	if (isMax) return `${name}(max)`;
	return numbers.length > 0 ? `${name}(${numbers.join(',')})` : name;
}
