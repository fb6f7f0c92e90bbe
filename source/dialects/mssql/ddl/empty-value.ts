import type {Column} from '../../../model/catalog.ts';
import {parseType} from '../parse-type.ts';

/**
What stands in a column that takes no NULL and for which there is no value, as SQL; null: there is
nothing that could.
*/
export function emptyValue({type}: Pick<Column, 'type'>): string | null {
	const {name} = parseType(type);
	switch (name) {
		case 'date':
		case 'smalldatetime':
		case 'datetime':
		case 'datetime2':
		case 'datetimeoffset':
			return "'19000101'";
		case 'time':
			return "'00:00'";
		case 'uniqueidentifier':
			return "'00000000-0000-0000-0000-000000000000'";
		case 'hierarchyid':
			return "CONVERT(hierarchyid, '/')";
		case 'binary':
		case 'varbinary':
		case 'image':
			return '0x';
		default:
			if (/int$|^(?:bit|decimal|money|smallmoney|float|real|sql_variant)$/.test(name)) return '0';
			return /char$|text$|^xml$/.test(name) ? "''" : null;
	}
}
