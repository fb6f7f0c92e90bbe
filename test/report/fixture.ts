import type {Comparison, TableComparison} from '../../source/model/comparison.ts';
import type {Layout} from '../../source/model/layout.ts';
import type {Receipt} from '../../source/model/receipt.ts';
import type {ReportedRow} from '../../source/report/reported-row.ts';
import {createPrinter} from '../../source/report/print-spans.ts';
import type {Spans} from '../../source/report/spans.ts';

const counts = {added: 0, removed: 0, conflict: 0, 'dev-only': 0, 'prod-only': 0, merged: 0};

export function makeTable(change: Partial<TableComparison> & {table: string}): TableComparison {
	return {
		status: 'done',
		reason: '',
		prodRows: 10,
		devRows: 10,
		same: 10,
		counts,
		resolved: 0,
		columnsLeftOut: [],
		where: null,
		...change,
	};
}

export const noCounts = counts;

export function makeComparison(change: Partial<Comparison> = {}): Comparison {
	return {
		run: '20260101-000000-abcd',
		createdAt: '2026-01-01T00:00:00.000Z',
		prod: 'prod.db',
		dev: 'dev.db',
		base: null,
		isComplete: true,
		changes: [],
		tables: [makeTable({table: 'artist'})],
		conflicts: 0,
		unresolved: 0,
		identical: true,
		...change,
	};
}

/** `id` is the key; `price` and `data` are compared; `note` exists on dev only. */
export const layout: Layout = {
	table: 'item',
	presentOn: 'both',
	columns: [
		{name: 'id', role: 'common', fill: null, tolerance: null},
		{name: 'price', role: 'common', fill: null, tolerance: null},
		{name: 'data', role: 'common', fill: null, tolerance: null},
		{name: 'note', role: 'dev-only', fill: null, tolerance: null},
	],
	comparedCount: 4,
	key: {kind: 'primary key', columns: ['id'], reason: ''},
	leftOut: [],
	where: null,
};

export function makeRow(change: Partial<ReportedRow> = {}): ReportedRow {
	return {
		id: 1,
		table: 'item',
		state: 'conflict',
		key: [{kind: 'integer', text: '7'}],
		prod: [
			{kind: 'integer', text: '7'},
			{kind: 'real', text: '1'},
			{kind: 'bytes', text: '00ff'},
			{kind: 'absent', text: ''},
		],
		dev: [
			{kind: 'integer', text: '7'},
			{kind: 'integer', text: '9007199254740993'},
			{kind: 'null', text: ''},
			{kind: 'text', text: 'NULL'},
		],
		base: null,
		changed: [1, 2, 3],
		prodDigest: null,
		devDigest: null,
		copies: 1,
		resolution: null,
		take: null,
		...change,
	};
}

export const receipt: Receipt = {
	version: 1,
	kind: 'migration',
	result: 'committed',
	pack: {file: 'migration_pack.sql', digest: 'aa11'},
	target: 'prod.db',
	run: '20260101-000000-abcd',
	startedAt: '2026-01-01T00:00:00.000Z',
	endedAt: '2026-01-01T00:00:02.500Z',
	triggers: 'fire',
	statements: 12,
	schemaStatements: 2,
	tables: [{table: 'artist', inserted: 1, updated: 8, deleted: 1}],
	verifiedRows: 10,
	rewritten: [],
	rewrittenRows: 0,
	catalogAfter: 'cc',
	undo: {file: 'undo_pack.sql', digest: 'bb22'},
};

/** Lines as a pipe gets them. */
export function printPlain(lines: readonly Spans[]): string {
	return lines.map(createPrinter({hasColor: false})).join('\n');
}
