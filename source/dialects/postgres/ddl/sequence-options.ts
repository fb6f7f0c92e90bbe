import type {Column, Fact} from '../../../model/catalog.ts';
import {spellSequenceOptions} from '../catalog/read-sequences.ts';
import {renderAdvance} from '../advance-identity.ts';
import type {StatementList} from './statement-list.ts';

/** So that the next value given out is one that no row has. */
export function advanceIdentity(list: StatementList, table: string, column: Column): void {
	list.add({
		phase: 'indexes and foreign keys',
		table,
		summary: `advance the values given out in ${table}.${column.name}`,
		sql: renderAdvance(table, column),
		undo: [],
	});
}

/** What one set of sequence options becomes another by. */
export function spellChange(before: readonly Fact[], after: readonly Fact[]): string[] {
	const value = (facts: readonly Fact[], name: string) =>
		facts.find((fact) => fact.name === name)?.value;
	return Object.entries(usualOptions).flatMap(([name, usual]) => {
		const now = value(after, name);
		if (value(before, name) === now) return [];
		return [now === undefined ? usual : spellSequenceOptions([{name, value: now}])];
	});
}

const usualOptions: Readonly<Record<string, string>> = {
	as: 'AS bigint',
	increment: 'INCREMENT BY 1',
	minvalue: 'NO MINVALUE',
	maxvalue: 'NO MAXVALUE',
	start: 'START 1',
	cache: 'CACHE 1',
	cycle: 'NO CYCLE',
};
