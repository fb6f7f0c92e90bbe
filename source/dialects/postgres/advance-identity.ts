import type {Column} from '../../model/catalog.ts';
import {quoteName, quoteTable, quoteText} from './names.ts';

/**
Sets the sequence behind an identity or serial column to the furthest value that a row has, unless
it is further already: values that were given out once are not given out again.
*/
export function renderAdvance(table: string, {name, identitySource}: Column): string {
	const increment = identitySource?.facts.find((fact) => fact.name === 'increment');
	const isFalling = increment?.value.startsWith('-') === true;
	const [most, isBeyond] = isFalling ? ['min', '<'] : ['max', '>'];
	const sequence = `pg_get_serial_sequence(${quoteText(quoteTable(table))}, ${quoteText(name)})`;
	const furthest = `(SELECT ${most}(${quoteName(name)}) AS value FROM ${quoteTable(table)}) AS furthest`;
	return `SELECT setval(${sequence}, furthest.value) FROM ${furthest} WHERE furthest.value ${isBeyond} coalesce(pg_sequence_last_value(${sequence}::regclass), furthest.value ${isFalling ? '+' : '-'} 1)`;
}
