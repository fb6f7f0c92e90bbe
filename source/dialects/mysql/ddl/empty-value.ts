import type {Column} from '../../../model/catalog.ts';
import {quoteText} from '../names.ts';
import {parseType} from '../parse-type.ts';

/**
What stands in a column that takes no NULL and for which there is no value, as SQL; null: there is
nothing that could. Dates begin at one that every mode and every type takes.
*/
export function emptyValue({type}: Pick<Column, 'type'>): string | null {
	const {name, labels} = parseType(type);
	switch (name) {
		case 'date':
			return "'1970-01-02'";
		case 'datetime':
		case 'timestamp':
			return "'1970-01-02 00:00:00'";
		case 'time':
			return "'00:00:00'";
		case 'enum':
			return quoteText(labels[0] ?? '');
		case 'uuid':
			return "'00000000-0000-0000-0000-000000000000'";
		case 'inet6':
			return "'::'";
		case 'inet4':
			return "'0.0.0.0'";
		case 'bit':
			return "b'0'";
		case 'json':
			return "'null'";
		default:
			if (/int$|^(?:decimal|float|double|year)$/.test(name)) return '0';
			return /char$|text$|binary$|blob$|^set$/.test(name) ? "''" : null;
	}
}
