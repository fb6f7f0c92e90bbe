import type {ScanProgress} from '../engine/compare-rows.ts';
import {formatCount, formatDuration, formatPercent, plural} from '../report/number-text.ts';
import type {Spans} from '../report/spans.ts';
import type {CommandContext} from './context.ts';
import {LiveLine} from './live-line.ts';

type ScannedTable = ScanProgress['tables'][number];

const barCells = 20;

/**
Shows a scan on stderr: a line for each table when it is done and, on a terminal, a bar
below for what is under way; elsewhere also a line when a table is begun.
*/
export class ScanDisplay {
	readonly #live: LiveLine;
	readonly #isTerminal: boolean;
	readonly #begun = new Set<string>();
	readonly #ended = new Set<string>();
	#trouble: string | null = null;

	constructor({stderr, flags}: Pick<CommandContext, 'stderr' | 'flags'>) {
		this.#live = new LiveLine(stderr, {isQuiet: flags.quiet});
		this.#isTerminal = stderr.isTerminal;
	}

	async show(progress: ScanProgress): Promise<void> {
		for (const table of progress.tables) await this.#tell(table);
		await this.#tellTrouble(progress.trouble);
		await this.#live.draw(describeWhole(progress));
	}

	async end(): Promise<void> {
		await this.#live.end();
	}

	/** Once for each reason. */
	async #tellTrouble(trouble: ScanProgress['trouble']): Promise<void> {
		const message = trouble?.message ?? null;
		if (message === this.#trouble) return;
		this.#trouble = message;
		const text =
			message === null
				? 'The database is back: the scan goes on.'
				: `${message} The scan waits for it; what was compared is kept.`;
		await this.#live.keep([{text, tone: 'warning'}]);
	}

	async #tell(table: ScannedTable): Promise<void> {
		const {name, layout, status} = table;
		if (!layout || this.#ended.has(name)) return;
		const hasEnded = status === 'done' || status === 'skipped';
		const hasBegun = hasEnded || status === 'scanning';
		if (hasBegun && !this.#begun.has(name)) {
			this.#begun.add(name);
			// Whole tables between two pictures: begin and end at once would be noise.
			if (!this.#isTerminal && !hasEnded) {
				await this.#live.keep([{text: `${name}: comparing ${plural(rowsOf(table), 'row')}`}]);
			}
		}
		if (!hasEnded) return;
		this.#ended.add(name);
		await this.#live.keep(describeTable(table));
	}
}

function describeTable(table: ScannedTable): Spans {
	if (table.status === 'skipped') return [{text: `${table.name}: left out`, tone: 'muted'}];
	const found = sumCounts(table);
	return [
		{text: `${table.name}: ${plural(Math.max(table.prodRows, table.devRows), 'row')}, `},
		found === 0
			? {text: 'the same', tone: 'good'}
			: {text: plural(found, 'difference'), tone: 'changed'},
	];
}

function describeWhole(progress: ScanProgress): Spans {
	const {rowsDone, rowsTotal, rowsPerSecond, secondsLeft, differences, tables} = progress;
	const fraction = rowsTotal === 0 ? 1 : rowsDone / rowsTotal;
	const filled = Math.min(barCells, Math.floor(fraction * barCells));
	const current = tables.find(({status}) => status === 'scanning');
	const parts = [
		`${formatCount(rowsDone)} of ${plural(rowsTotal, 'row')}`,
		...(rowsPerSecond === null ? [] : [`${formatCount(Math.round(rowsPerSecond))} rows/s`]),
		...(secondsLeft === null || fraction >= 1
			? []
			: [`${formatDuration(secondsLeft * 1000)} left`]),
		plural(differences, 'difference'),
	];
	return [
		{text: '█'.repeat(filled), tone: 'good'},
		{text: '░'.repeat(barCells - filled), tone: 'muted'},
		{text: ` ${formatPercent(fraction)}  ${parts.join(', ')}`},
		...(current
			? [{text: `  ${current.name}${describeWay(current)}`, tone: 'muted' as const}]
			: []),
	];
}

function describeWay({way}: ScannedTable): string {
	if (way === undefined || way === 'join') return '';
	return way === 'sums' ? ' by sums' : ' by rows';
}

function rowsOf({prodTotal, devTotal}: ScannedTable): number {
	return Math.max(prodTotal ?? 0, devTotal ?? 0);
}

function sumCounts({counts}: ScannedTable): number {
	return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
