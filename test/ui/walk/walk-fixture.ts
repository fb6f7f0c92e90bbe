import type {UnfinishedRun} from '../../../source/engine/unfinished-runs.ts';
import type {PlanSummary} from '../../../source/model/plan.ts';
import type {Receipt} from '../../../source/model/receipt.ts';
import type {SchemaChange} from '../../../source/model/schema-change.ts';
import type {Layout} from '../../../source/model/layout.ts';
import type {SchemaChoice} from '../../../source/store/schema-choices.ts';
import type {TableProgress} from '../../../source/store/scan-record.ts';
import {reduceWalk, startWalk} from '../../../source/ui/workflow.ts';
import type {WalkEvent} from '../../../source/ui/walk/walk-event.ts';
import type {SideFacts, WalkState} from '../../../source/ui/walk/walk-state.ts';

/** The state after these events, from the beginning. */
export function walkThrough(...events: readonly WalkEvent[]): WalkState {
	return events.reduce(reduceWalk, startWalk(new Set()));
}

export function makeFacts(facts: Partial<SideFacts> = {}): SideFacts {
	return {
		server: 'SQLite 3.53.2',
		tables: 14,
		bytes: 12_582_912,
		readOnly: false,
		notes: [],
		...facts,
	};
}

export const problem = {message: 'There is no file shop.db.', hint: 'Check the path.'};

/** Both databases opened and counted. */
export const bothOpen: readonly WalkEvent[] = [
	{type: 'sideNamed', side: 'prod', name: 'prod.db', address: '/srv/prod.db'},
	{type: 'sideNamed', side: 'dev', name: 'dev.db', address: '/srv/dev.db'},
	{type: 'sideOpened', side: 'prod', facts: makeFacts()},
	{type: 'sideOpened', side: 'dev', facts: makeFacts({tables: 15, readOnly: true})},
	{type: 'rowsCounted', side: 'prod', rows: 52_310, isComplete: true},
	{type: 'rowsCounted', side: 'dev', rows: 1204, isComplete: false},
];

export function makeOffer(offer: Partial<UnfinishedRun> = {}): UnfinishedRun {
	return {
		id: '20261123-080000-ab12',
		createdAt: '2026-11-23T08:00:00.000Z',
		stage: 'compared',
		rowsDone: 100,
		rowsTotal: 100,
		differences: 120,
		conflicts: 40,
		resolved: 12,
		...offer,
	};
}

export function makeChange(change: Partial<SchemaChange> & {readonly id: string}): SchemaChange {
	return {
		action: 'alter',
		object: 'column',
		table: 'artist',
		name: 'name',
		prod: 'name TEXT NOT NULL',
		dev: 'name TEXT',
		details: ['NOT NULL → NULL'],
		needs: null,
		hazards: [],
		...change,
	};
}

export function makeChoice(change: Partial<SchemaChange> & {readonly id: string}): SchemaChoice {
	return {change: makeChange(change), chosen: true, allowed: false};
}

export function makeLayout(table: string): Layout {
	return {
		table,
		presentOn: 'both',
		columns: [
			{name: 'id', role: 'common', fill: null, tolerance: null},
			{name: 'name', role: 'common', fill: null, tolerance: null},
		],
		comparedCount: 2,
		key: {kind: 'primary key', columns: ['id'], reason: ''},
		leftOut: [],
		where: null,
	};
}

export function makeTable(table: Partial<TableProgress> & {readonly name: string}): TableProgress {
	return {
		number: 1,
		layout: makeLayout(table.name),
		status: 'waiting',
		reason: '',
		prodTotal: 100,
		devTotal: 110,
		prodRows: 0,
		devRows: 0,
		counts: {},
		...table,
	};
}

export function openedRun(
	run: Partial<Extract<WalkEvent, {type: 'runOpened'}>> = {},
): readonly WalkEvent[] {
	return [
		...bothOpen,
		{type: 'runOpening'},
		{
			type: 'runOpened',
			id: '20261123-080000-ab12',
			origin: 'new',
			changes: [],
			tables: [makeTable({name: 'artist'})],
			isCompared: false,
			step: 'structure',
			...run,
		},
	];
}

export const planSummary: PlanSummary = {
	statements: 1,
	notAllowed: 0,
	counts: {ddl: 0, session: 0, insert: 1, update: 0, delete: 0},
	tables: [{table: 'artist', schema: 0, inserts: 1, updates: 0, deletes: 0, notAllowed: 0}],
	gates: [],
	opened: [],
	hazards: [],
	withoutUndo: [],
};

export const packPaths = {
	sql: '/out/migration_pack.sql',
	manifest: '/out/migration_pack.json',
	undoSql: '/out/undo_pack.sql',
	undoManifest: '/out/undo_pack.json',
	digest: 'd'.repeat(64),
	undoDigest: 'u'.repeat(64),
};

export const receipt: Receipt = {
	version: 1,
	kind: 'migration',
	result: 'committed',
	pack: {file: 'migration_pack.sql', digest: packPaths.digest},
	target: 'prod.db',
	run: '20261123-080000-ab12',
	startedAt: '2026-11-23T08:10:00.000Z',
	endedAt: '2026-11-23T08:10:01.000Z',
	triggers: 'fire',
	statements: 1,
	schemaStatements: 0,
	tables: [{table: 'artist', inserted: 1, updated: 0, deleted: 0}],
	verifiedRows: 1,
	rewritten: [],
	rewrittenRows: 0,
	catalogAfter: 'c'.repeat(64),
	undo: {file: 'undo_pack.sql', digest: packPaths.undoDigest},
};
