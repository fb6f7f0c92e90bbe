import {quoteName, quoteText} from '../names.ts';
import {groupRows, type InformationRow} from './information-schema.ts';

/**
How a table is cut, as what follows its options in CREATE TABLE; undefined: it is not.

@param rows Those of PARTITIONS, in their order.
*/
export function readPartitioning(rows: readonly InformationRow[]): string | undefined {
	const [first] = rows;
	const method = first?.find('partition_method') ?? null;
	if (!first || method === null) return undefined;
	const groups = [...groupRows(rows, 'partition_name').values()];
	const isListed = /^(?:RANGE|LIST|SYSTEM_TIME)/.test(method);
	const words = [
		`PARTITION BY ${spellMethod(method, first.find('partition_expression'))}`,
		!isListed && `PARTITIONS ${groups.length}`,
		spellSubpartitions(first, groups[0]?.length ?? 0),
		(isListed || hasNames(groups)) && `(${groups.map(spellPartition).join(', ')})`,
	];
	return words.filter((word) => word !== false && word !== '').join(' ');
}

function spellMethod(method: string, expression: string | null): string {
	return method === 'SYSTEM_TIME' ? method : `${method} (${expression ?? ''})`;
}

function spellSubpartitions(first: InformationRow, count: number): string {
	const method = first.find('subpartition_method');
	if (method === null) return '';
	const by = spellMethod(method, first.find('subpartition_expression'));
	return `SUBPARTITION BY ${by} SUBPARTITIONS ${count}`;
}

/** Those that are only counted are called `p0`, `p1` and so on. */
function hasNames(groups: readonly (readonly InformationRow[])[]): boolean {
	return groups.some(
		([row], at) =>
			row !== undefined &&
			(row.text('partition_name') !== `p${at}` || row.text('partition_comment') !== ''),
	);
}

function spellPartition([row]: readonly InformationRow[]): string {
	if (!row) return '';
	const method = row.text('partition_method');
	const description = row.find('partition_description');
	const comment = row.text('partition_comment');
	const words = [
		`PARTITION ${quoteName(row.text('partition_name'))}`,
		spellValues(method, description),
		comment !== '' && `COMMENT = ${quoteText(comment)}`,
	];
	return words.filter((word) => word !== false && word !== '').join(' ');
}

function spellValues(method: string, description: string | null): string {
	if (description === null) return '';
	if (method.startsWith('RANGE')) {
		return description === 'MAXVALUE'
			? 'VALUES LESS THAN MAXVALUE'
			: `VALUES LESS THAN (${description})`;
	}
	if (method === 'SYSTEM_TIME') return description === 'CURRENT' ? 'CURRENT' : 'HISTORY';
	return description === 'DEFAULT' ? 'DEFAULT' : `VALUES IN (${description})`;
}
