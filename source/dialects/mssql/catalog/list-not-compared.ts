import type {NotCompared} from '../../../model/catalog.ts';
import type {Row} from '../../server/session.ts';
import {spellName} from '../names.ts';
import {isSet, text, type CatalogRows} from './catalog-rows.ts';
import {isCompared} from './read-tables.ts';

/** What belongs to tables and types and is told of by name only. */
export function listNotCompared({tables, indexes, types}: CatalogRows): NotCompared[] {
	const names = new Map(
		tables.map((row) => [text(row, 'id'), spellName(text(row, 'owner'), text(row, 'name'))]),
	);
	return [
		...tables.flatMap((row) => explainTable(row, names.get(text(row, 'id')) ?? '')),
		...indexes
			.filter((row) => !isCompared(row))
			.map((row) => ({
				kind: 'index',
				name: `${names.get(text(row, 'id')) ?? ''}.${text(row, 'name')}`,
				reason: `indexes of the kind ${text(row, 'kind')} are not compared`,
			})),
		...types
			.filter((row) => isSet(row, 'isTable') || isSet(row, 'isAssembly'))
			.map((row) => ({
				kind: 'type',
				name: spellName(text(row, 'owner'), text(row, 'name')),
				reason: isSet(row, 'isTable')
					? 'table types are not compared'
					: 'it is made by an assembly',
			})),
	];
}

function explainTable(row: Row, name: string): NotCompared[] {
	const list: NotCompared[] = [];
	if (isSet(row, 'isExternal')) {
		list.push({kind: 'external table', name, reason: 'its rows lie outside of the database'});
	}
	if (row['temporal'] === '2') {
		list.push({
			kind: 'system versioning',
			name,
			reason: 'that a table keeps its history is not compared; its rows and columns are',
		});
	}
	if (isSet(row, 'memory')) {
		list.push({
			kind: 'memory optimization',
			name,
			reason: 'that a table lies in memory is not compared; its rows and columns are',
		});
	}
	return list;
}
