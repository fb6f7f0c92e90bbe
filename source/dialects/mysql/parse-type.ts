import {isOperator, tokenize} from './sql-tokens.ts';

/** A declared type taken apart; synonyms have one name. */
export type ParsedType = {
	/** e.g. `int`, `varchar`, `enum`. */
	readonly name: string;
	/** Length, or precision and scale. */
	readonly numbers: readonly number[];
	/** Of an ENUM or a SET, unquoted. */
	readonly labels: readonly string[];
	readonly unsigned: boolean;
	readonly zerofill: boolean;
	/** Other words, e.g. `compressed`. */
	readonly rest: readonly string[];
};

/** Reference manual, "Using Data Types from Other Database Engines", and each type's own page. */
const synonyms: Readonly<Record<string, string>> = {
	integer: 'int',
	int1: 'tinyint',
	int2: 'smallint',
	int3: 'mediumint',
	middleint: 'mediumint',
	int4: 'int',
	int8: 'bigint',
	dec: 'decimal',
	fixed: 'decimal',
	numeric: 'decimal',
	real: 'double',
	'double precision': 'double',
	float4: 'float',
	float8: 'double',
	character: 'char',
	'character varying': 'varchar',
	'char varying': 'varchar',
	long: 'mediumtext',
	'long varchar': 'mediumtext',
	geomcollection: 'geometrycollection',
};

/** Types of more than one word are told by the second. */
const secondWords = new Set(['precision', 'varying', 'varchar']);

export function parseType(type: string): ParsedType {
	const tokens = tokenize(type.trim());
	const words: string[] = [];
	const numbers: number[] = [];
	const labels: string[] = [];
	let depth = 0;
	for (const token of tokens) {
		if (isOperator(token, '(')) depth++;
		else if (isOperator(token, ')')) depth--;
		else if (token.kind === 'string') labels.push(token.value);
		else if (token.kind === 'number' && depth > 0) numbers.push(Number(token.text));
		else if (token.kind === 'word') words.push(token.text.toLowerCase());
	}
	const [first = '', second = ''] = words;
	const isDouble = secondWords.has(second);
	const spelled = isDouble ? `${first} ${second}` : first;
	if (spelled === 'bool' || spelled === 'boolean') {
		return {name: 'tinyint', numbers: [1], labels, unsigned: false, zerofill: false, rest: []};
	}
	const rest = words.slice(isDouble ? 2 : 1);
	const zerofill = rest.includes('zerofill');
	return {
		name: synonyms[spelled] ?? spelled,
		numbers,
		labels,
		unsigned: zerofill || rest.includes('unsigned'),
		zerofill,
		rest: rest.filter((word) => !['unsigned', 'signed', 'zerofill'].includes(word)),
	};
}
