import {findTableConfig} from '../config/find-table-config.ts';
import {matchesGlob} from '../config/match-glob.ts';
import type {Config, ConflictRule, RuleConditions} from '../config/config.ts';
import {areCellsEqual, type Cell, type Row} from '../model/cell.ts';
import type {Layout} from '../model/layout.ts';
import type {DecidedRow} from '../store/row-changes.ts';
import type {RunStore} from '../store/run-store.ts';

/** Decisions of one kind are stored this many rows at a time. */
const batchRows = 1000;

/**
Lets the configuration decide: rules first, then each table's strategy, then the default
one. Only rows that nobody decided are touched, so it may run again at any time.

@returns How many rows were settled.
*/
export function resolveByConfig(store: RunStore, config: Config): number {
	let settled = applyRules(store, config.conflicts.rules);
	for (const {name, layout} of store.scan.listTables()) {
		const strategy = layout ? findTableConfig(config, name).strategy : undefined;
		if (strategy === undefined || strategy === 'manual') continue;
		settled += store.decisions.decide({
			filter: {tables: [name], unresolved: true},
			take: strategy,
			level: 'table',
			by: 'strategy',
			summary: `${strategy} for ${name} by the configuration`,
		});
	}
	const fallback = config.conflicts.default;
	if (fallback !== 'manual' && store.rows.count({unresolved: true}) > 0) {
		settled += store.decisions.decide({
			filter: {unresolved: true},
			take: fallback,
			level: 'default',
			by: 'strategy',
			summary: `${fallback} for everything else by the configuration`,
		});
	}
	return settled;
}

function applyRules(store: RunStore, rules: readonly ConflictRule[]): number {
	if (rules.length === 0) return 0;
	let settled = 0;
	const batches = new Map<string, {rule: number; take: 'ours' | 'theirs'; ids: number[]}>();
	const flush = (batch: {rule: number; take: 'ours' | 'theirs'; ids: number[]}) => {
		if (batch.ids.length === 0) return;
		settled += store.decisions.decide({
			filter: {ids: batch.ids},
			take: batch.take,
			level: 'rule',
			by: `rule ${batch.rule + 1}`,
			summary: `${batch.take} for ${batch.ids.length} rows by rule ${batch.rule + 1}`,
		});
		batch.ids = [];
	};
	for (const row of store.rows.iterate()) {
		if (row.resolution) continue;
		const layout = store.rows.layoutOf(row.table);
		const verdict = judgeRow(row, layout, rules);
		if (!verdict) continue;
		if (verdict.cells) {
			settled += store.decisions.decide({
				filter: {ids: [row.id]},
				take: 'manual',
				cells: verdict.cells,
				level: 'rule',
				by: `rule ${verdict.rule + 1}`,
				summary: `one row of ${row.table} composed by rules`,
			});
			continue;
		}
		const name = `${verdict.rule} ${verdict.take}`;
		const batch = batches.get(name) ?? {rule: verdict.rule, take: verdict.take, ids: []};
		batches.set(name, batch);
		batch.ids.push(row.id);
		if (batch.ids.length >= batchRows) flush(batch);
	}
	for (const batch of batches.values()) flush(batch);
	return settled;
}

type Verdict =
	| {readonly rule: number; readonly take: 'ours' | 'theirs'; readonly cells: null}
	| {readonly rule: number; readonly take: 'manual'; readonly cells: ReadonlyMap<number, Cell>};

/**
What the rules say of a row: the first whole-row rule that fits, or rules for columns that
together cover every cell that differs. Null: it stays as it is.
*/
export function judgeRow(
	row: DecidedRow,
	layout: Layout,
	rules: readonly ConflictRule[],
): Verdict | null {
	const fitting = rules
		.map((rule, index) => ({rule, index}))
		.filter(({rule}) => rule.take !== 'manual' && matchesGlob(row.table, rule.table))
		.filter(({rule}) => fitsRow(row, layout, rule.when));
	const cells = new Map<number, Cell>();
	let used = -1;
	for (const column of row.changed) {
		const name = layout.columns[column]?.name ?? '';
		const found = fitting.find(
			({rule}) =>
				(rule.column === undefined || matchesGlob(name, rule.column)) &&
				fitsCell(row.prod?.[column], row.dev?.[column], rule.when),
		);
		if (!found) return null;
		if (found.rule.column === undefined) return wholeRow(found);
		used = found.index;
		const cell = (found.rule.take === 'theirs' ? row.dev : row.prod)?.[column];
		if (cell) cells.set(column, cell);
	}
	if (cells.size > 0) return {rule: used, take: 'manual', cells};
	const found = fitting.find(({rule}) => rule.column === undefined);
	return found ? wholeRow(found) : null;
}

function wholeRow({rule, index}: {rule: ConflictRule; index: number}): Verdict {
	return {rule: index, take: rule.take === 'theirs' ? 'theirs' : 'ours', cells: null};
}

/** Without a `state`, a rule is about conflicts: a row that has a default keeps it. */
function fitsRow(row: DecidedRow, layout: Layout, when: RuleConditions): boolean {
	if (!(when.state ?? ['conflict']).includes(row.state)) return false;
	const isNewer = (column: string, newer: Row | null, older: Row | null) => {
		const index = layout.columns.findIndex(({name}) => name === column);
		const [later, earlier] = [newer?.[index], older?.[index]];
		return later !== undefined && earlier !== undefined && compareCells(later, earlier) > 0;
	};
	if (when.devNewerBy !== undefined && !isNewer(when.devNewerBy, row.dev, row.prod)) return false;
	return when.prodNewerBy === undefined || isNewer(when.prodNewerBy, row.prod, row.dev);
}

function fitsCell(ours: Cell | undefined, theirs: Cell | undefined, when: RuleConditions): boolean {
	const ignoring = when.equalIgnoring;
	if (!ignoring) return true;
	if (!ours || !theirs) return false;
	const plain = ({kind, text}: Cell): Cell => {
		if (kind !== 'text') return {kind, text};
		const folded = ignoring.includes('case') ? text.toLowerCase() : text;
		return {
			kind,
			text: ignoring.includes('whitespace') ? folded.trim().replaceAll(/\s+/g, ' ') : folded,
		};
	};
	return areCellsEqual(plain(ours), plain(theirs));
}

/** Numbers by value, everything else by its text; ISO dates order as text does. */
function compareCells(a: Cell, b: Cell): number {
	const numeric = ['integer', 'real', 'decimal'];
	if (a.kind === 'integer' && b.kind === 'integer') {
		return Number(BigInt(a.text) - BigInt(b.text) > 0n) - Number(BigInt(a.text) < BigInt(b.text));
	}
	if (numeric.includes(a.kind) && numeric.includes(b.kind)) return Number(a.text) - Number(b.text);
	return a.text === b.text ? 0 : a.text > b.text ? 1 : -1;
}
