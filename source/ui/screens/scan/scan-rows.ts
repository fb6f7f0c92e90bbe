import {formatCount, formatDuration, plural} from '../../../report/number-text.ts';
import {spreadSpans, type Span, type Spans} from '../../../report/spans.ts';
import type {Trouble} from '../../../engine/scan/recovery.ts';
import type {CompareWay} from '../../../model/segment.ts';
import type {TableProgress} from '../../../store/scan-record.ts';
import {wrapText} from '../../components/wrap-text.ts';
import {glyphs, rowStateMarks} from '../../theme.ts';
import {hasCompared} from '../../walk/find-obstacle.ts';
import type {ScanState, WalkState} from '../../walk/walk-state.ts';
import {rowStates} from '../../../model/row-change.ts';

type Scanned = Pick<WalkState, 'scan' | 'meter' | 'tables'>;

/** Rows of the larger side: what a bar counts. */
export function measureTable(table: TableProgress): {done: number; total: number | undefined} {
	const {prodRows, devRows, prodTotal, devTotal, status} = table;
	const done = Math.max(prodRows, devRows);
	if (status === 'done') return {done, total: done};
	const isCounted = devTotal !== null || prodTotal !== null;
	return {done, total: isCounted ? Math.max(prodTotal ?? 0, devTotal ?? 0, done) : undefined};
}

/** Name with its tick, at the left of a bar. */
export function showName({name, status, layout}: TableProgress): Spans {
	const marks = {
		waiting: {text: glyphs.ticked, tone: 'accent'},
		scanning: {text: glyphs.ticked, tone: 'accent'},
		done: {text: glyphs.ticked, tone: 'good'},
		skipped: {text: glyphs.unticked, tone: 'muted'},
		'not compared': {text: ' ', tone: 'muted'},
	} as const satisfies Record<TableProgress['status'], Span>;
	const isOut = !layout || status === 'skipped';
	return [marks[status], {text: ` ${name}`, ...(isOut ? {tone: 'muted'} : {})}];
}

/** What was found in a table, by state: `+12 -3 !40`. */
export function showCounts({counts}: TableProgress): Spans {
	const spans = rowStates.flatMap((state): Span[] => {
		const count = counts[state] ?? 0;
		const {glyph, tone} = rowStateMarks[state];
		return count === 0 ? [] : [{text: ` ${glyph}${formatCount(count)}`, tone}];
	});
	return spans.length > 0 ? spans : [{text: ' no difference', tone: 'muted'}];
}

/** At the right of a bar. */
export function showDetail(table: TableProgress): Spans {
	switch (table.status) {
		case 'waiting':
			return [{text: ' waiting', tone: 'muted'}];
		case 'scanning':
			return [...showCounts(table), ...showCompareWay(table.way)];
		case 'done':
			return showCounts(table);
		case 'skipped':
		case 'not compared':
			return [{text: ` ${table.reason}`, tone: 'muted'}];
		default:
			return table.status satisfies never;
	}
}

/** How rows are read at the moment; a join of both sides goes without saying. */
function showCompareWay(way: CompareWay | undefined): Spans {
	if (way === undefined || way === 'join') return [];
	return [{text: way === 'sums' ? ' by sums' : ' by rows', tone: 'muted'}];
}

/** A table before anything of it was compared: rows of each side, and by which key. */
export function showPlan(table: TableProgress, nameWidth: number, width: number): Spans {
	const {name, layout, prodTotal, devTotal, reason, status} = table;
	const count = (total: number | null) => (total === null ? '' : formatCount(total));
	const numbers = `${count(prodTotal).padStart(12)}${count(devTotal).padStart(12)}  `;
	const way: Span =
		!layout || status === 'skipped'
			? {text: layout ? 'left out' : reason, tone: 'muted'}
			: {text: describeWay(table)};
	return spreadSpans(
		[...showName({...table, name: fit(name, nameWidth - 2)}), {text: numbers}, way],
		[],
		width,
	);
}

/** Two rows about the table under the cursor: the way of comparing, and what is left out. */
export function describeTable(table: TableProgress | undefined, width: number): readonly Spans[] {
	if (!table) return [];
	const {name, layout, reason} = table;
	if (!layout) return [[{text: `${name}: not compared, ${reason}.`, tone: 'muted'}]];
	const {comparedCount, leftOut, where, key} = layout;
	const sentences = [
		`${name}: ${key.reason === '' ? describeWay(table) : key.reason}.`,
		`${plural(comparedCount, 'column')} compared.`,
		leftOut.length === 0
			? ''
			: `Not compared: ${leftOut.map(({column, reason: why}) => `${column} (${why})`).join(', ')}.`,
		where === null ? '' : `Only rows where ${where}.`,
	];
	const text = sentences.filter((sentence) => sentence !== '').join(' ');
	return wrapText(text, width).map((row): Spans => [{text: row, tone: 'muted'}]);
}

export function describeWay({layout}: TableProgress): string {
	if (!layout) return '';
	const columns = layout.key.columns.join(', ');
	switch (layout.key.kind) {
		case 'primary key':
			return `by primary key ${columns}`;
		case 'unique index':
			return `by unique ${columns}`;
		case 'named':
			return `by ${columns}`;
		case 'rows':
			return 'no key: whole rows are counted';
		default:
			return layout.key.kind satisfies never;
	}
}

/** The row below the overall bar: how fast, how long, what was found, how safe. */
export function showMeter({scan, meter, tables}: Scanned): Spans {
	if (scan.kind === 'choosing' && !hasCompared({scan, tables})) return describeChoice(tables);
	const parts: Span[] = [];
	const add = (text: string, tone: Span['tone'] = 'plain') => parts.push({text, tone});
	if (scan.kind === 'running') {
		if (scan.isStopping) add('stopping after this segment', 'warning');
		else if (scan.isPaused) add('paused', 'warning');
		else if (scan.trouble) add('waiting for the database', 'warning');
		else if (meter?.rowsPerSecond != null) {
			add(`${formatCount(Math.round(meter.rowsPerSecond))} rows/s`);
			if (meter.secondsLeft !== null) add(`${formatDuration(meter.secondsLeft * 1000)} left`);
		} else add('starting…', 'muted');
	}
	add(plural(countFound(tables), 'difference') + (scan.kind === 'done' ? '' : ' so far'));
	const age = meter?.checkpointAge ?? null;
	if (scan.kind === 'running' && age !== null) add(`saved ${formatDuration(age)} ago`, 'muted');
	return parts.flatMap((part, index) =>
		index === 0 ? [part] : [{text: ' · ', tone: 'muted'} as const, part],
	);
}

/** What the scan came to, and what can be done next: at most `height` rows. */
export function describeOutcome(
	{scan, tables}: Pick<WalkState, 'scan' | 'tables'>,
	width: number,
	height: number,
): readonly Spans[] {
	const wrap = (text: string, tone: Span['tone'] = 'plain'): Spans[] =>
		wrapText(text, width).map((row): Spans => [{text: row, tone}]);
	switch (scan.kind) {
		case 'choosing':
			return wrap(
				hasCompared({scan, tables})
					? 'What was compared is kept. enter goes on with what is ticked.'
					: 'Nothing is changed by comparing. enter starts; it can be stopped at any time.',
			);
		case 'running':
			return scan.trouble ? wrap(describeTrouble(scan.trouble), 'warning').slice(0, height) : [];
		case 'stopped':
			return wrap(
				'Stopped; what was compared is kept. enter goes on from there, tab shows what was found.',
				'warning',
			);
		case 'failed':
			return [
				...wrap(scan.problem.message, 'danger'),
				...wrap(`${scan.problem.hint} ${describeRemedy(scan)}`.trim()),
			].slice(0, height);
		case 'done':
			return describeDone(scan, wrap).slice(0, height);
		default:
			return scan satisfies never;
	}
}

function describeTrouble({message, retryIn}: Trouble): string {
	const next = retryIn === 0 ? 'trying' : `trying again in ${formatDuration(retryIn)}`;
	return `${message} What was compared is kept; ${next}, or at once with r.`;
}

function describeRemedy(scan: Extract<ScanState, {kind: 'failed'}>): string {
	if (scan.isRetrying) return 'Trying again…';
	return scan.remedy === 'retry'
		? 'What was compared is kept; r tries again.'
		: 'What was compared is kept; N compares anew in a new run.';
}

function describeDone(
	{changedMeanwhile, notes, settled}: Extract<ScanState, {kind: 'done'}>,
	wrap: (text: string, tone?: Span['tone']) => Spans[],
): readonly Spans[] {
	const byRules = settled === 0 ? '' : ` ${plural(settled, 'row')} settled by the configuration.`;
	return [
		...(changedMeanwhile
			? wrap(
					'A database was written to while it was compared: some rows may be as they were before. N compares anew.',
					'warning',
				)
			: []),
		...notes.flatMap((note) => wrap(note, 'warning')),
		...wrap(`All ticked tables are compared.${byRules} tab shows what differs.`, 'good'),
	];
}

function describeChoice(tables: readonly TableProgress[]): Spans {
	const comparable = tables.filter(({layout}) => layout);
	const chosen = comparable.filter(({status}) => status !== 'skipped');
	const out = tables.length - comparable.length;
	return [
		{text: `${plural(chosen.length, 'table')} of ${comparable.length} ticked`},
		{text: out === 0 ? '' : ` · ${plural(out, 'table')} can't be compared`, tone: 'muted'},
	];
}

/** Rows that differ, in the tables that take part. */
export function countFound(tables: readonly TableProgress[]): number {
	let found = 0;
	for (const {counts, status} of tables) {
		if (status === 'skipped') continue;
		for (const count of Object.values(counts)) found += count;
	}
	return found;
}

function fit(name: string, width: number): string {
	return name.length > width ? `${name.slice(0, width - 1)}…` : name.padEnd(width);
}
