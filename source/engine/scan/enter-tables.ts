import type {PairReader} from '../../dialects/dialect.ts';
import type {RunStore} from '../../store/run-store.ts';
import type {ScanTable} from '../../store/scan-record.ts';
import {chooseLayouts, type TableChoice} from '../choose-layouts.ts';
import type {Session} from '../session.ts';

/** Tables with more rows than this are cut into lanes that are scanned side by side. */
export const laneRows = 50_000;

/** Enters the tables of a new scan in the store, with how many rows they have. */
export async function enterTables(
	{prod, dev, config, dialect}: Session,
	store: RunStore,
	skip: readonly string[],
): Promise<void> {
	const tables: Omit<ScanTable, 'number'>[] = [];
	for (const choice of chooseLayouts(prod.catalog, dev.catalog, config, dialect)) {
		const {name, layout, reason} = choice;
		const isSkipped = skip.includes(name);
		const [prodTotal, devTotal] = await Promise.all([
			layout?.presentOn === 'both' ? prod.connection.countRows(name) : null,
			layout ? dev.connection.countRows(layout.devTable ?? name) : null,
		]);
		tables.push({
			name,
			layout,
			status: statusOf(choice, isSkipped),
			reason: layout && isSkipped ? 'left out' : reason,
			prodTotal,
			devTotal,
		});
	}
	store.scan.recordTables(tables);
}

/** Lanes are cut once; a resumed scan keeps the cuts, so that row ids stay the same. */
export async function cutIntoLanes(
	reader: PairReader,
	store: RunStore,
	parts: number,
): Promise<void> {
	const cut = new Set(store.scan.listLanes().map(({tableNumber}) => tableNumber));
	const whole = {after: null, upTo: null};
	for (const {number, layout, status, ...totals} of store.scan.listTables()) {
		if (!layout || status === 'skipped' || cut.has(number)) continue;
		if (layout.key.kind === 'rows') {
			store.scan.recordLanes(number, [{keyed: false, ...whole}]);
			continue;
		}
		const isLarge = rowsOf(totals) > laneRows;
		const cuts = isLarge ? await reader.splitKeys(layout, parts) : [];
		const keyed = [null, ...cuts].map((after, index) => ({
			keyed: true,
			after,
			upTo: cuts[index] ?? null,
		}));
		const unkeyed = (await reader.hasUnkeyedRows(layout)) ? [{keyed: false, ...whole}] : [];
		store.scan.recordLanes(number, [...keyed, ...unkeyed]);
	}
}

/** Rows of the larger side. */
export function rowsOf(table: Pick<ScanTable, 'prodTotal' | 'devTotal'>): number {
	return Math.max(table.prodTotal ?? 0, table.devTotal ?? 0);
}

function statusOf({layout}: TableChoice, isSkipped: boolean): ScanTable['status'] {
	if (!layout) return 'not compared';
	return isSkipped ? 'skipped' : 'waiting';
}
