import path from 'node:path';
import {useState, type ReactElement} from 'react';
import type {TestContext} from 'node:test';
import type {Cell, Row} from '../../../../source/model/cell.ts';
import {digest, encodeRow} from '../../../../source/model/encoding.ts';
import type {Layout} from '../../../../source/model/layout.ts';
import type {RowState} from '../../../../source/model/row-change.ts';
import {RunStore} from '../../../../source/store/run-store.ts';
import {packFound, type FoundPair} from '../../../../source/store/found-rows.ts';
import type {ScanTable} from '../../../../source/store/scan-record.ts';
import {useTerminalSize} from '../../../../source/ui/hooks/use-terminal-size.ts';
import {defaultShell, ShellContext} from '../../../../source/ui/screens/screen-frame.tsx';
import type {Message, ScreenProps} from '../../../../source/ui/screens/screen-props.ts';
import {identity, makeFolder} from '../../../store/fixture.ts';
import {renderScreen, type RenderedScreen} from '../../render-screen.tsx';

export const text = (value: string): Cell => ({kind: 'text', text: value});
export const integer = (value: number): Cell => ({kind: 'integer', text: String(value)});
export const bytes = (hex: string): Cell => ({kind: 'bytes', text: hex});
export const nothing: Cell = {kind: 'null', text: ''};

const column = (name: string) => ({name, role: 'common', fill: null, tolerance: null}) as const;

/** A table whose first column is its key. */
export function makeLayout(
	table: string,
	columns: readonly string[],
	changes: Partial<Layout> = {},
): Layout {
	return {
		table,
		presentOn: 'both',
		columns: columns.map(column),
		comparedCount: columns.length,
		key: {kind: 'primary key', columns: columns.slice(0, 1), reason: ''},
		leftOut: [],
		where: null,
		...changes,
	};
}

type PairOptions = {
	readonly state?: RowState;
	readonly base?: Row | null;
	readonly copies?: number;
};

/** A row that differs; the key is its first cell. */
export function pair(prod: Row | null, dev: Row | null, options: PairOptions = {}): FoundPair {
	const encode = (row: Row | null | undefined) => (row ? encodeRow(row) : null);
	const [ours, theirs] = [encode(prod), encode(dev)];
	const state = prod ? (dev ? 'conflict' : 'removed') : 'added';
	return {
		key: encodeRow((prod ?? dev ?? []).slice(0, 1)),
		prod: ours,
		dev: theirs,
		prodDigest: ours && digest(ours),
		devDigest: theirs && digest(theirs),
		copies: options.copies ?? 1,
		state: options.state ?? state,
		base: encode(options.base),
	};
}

export type TableFixture = Partial<Pick<ScanTable, 'status' | 'reason'>> & {
	readonly name: string;
	/** Null: it is not compared. */
	readonly layout: Layout | null;
	readonly pairs?: readonly FoundPair[];
	/** Rows of each side that are the same. */
	readonly same?: number;
};

/** What draws a run has to end before the run is closed. */
const drawn = new WeakMap<RunStore, (() => void)[]>();

/** A run that was compared, with these tables. */
export function makeRun(
	context: TestContext,
	tables: readonly TableFixture[],
	{hasBase = false}: {readonly hasBase?: boolean} = {},
): RunStore {
	const store = RunStore.create(path.join(makeFolder(context), 'test.run'), {
		...identity,
		base: hasBase ? 'base.db' : null,
	});
	context.after(() => {
		for (const unmount of drawn.get(store) ?? []) unmount();
		store.close();
	});
	store.scan.recordTables(
		tables.map(({name, layout, status = 'done', reason = ''}) => ({
			name,
			layout,
			status,
			reason,
			prodTotal: null,
			devTotal: null,
		})),
	);
	tables.forEach(({layout, pairs = [], same = 0}, index) => {
		if (!layout) return;
		store.scan.recordLanes(index + 1, [{keyed: true, after: null, upTo: null}]);
		const lane = store.scan.listLanes().find(({tableNumber}) => tableNumber === index + 1);
		if (!lane) throw new Error('The lane was not recorded');
		const count = (side: 'prod' | 'dev') => pairs.filter((one) => one[side] !== null).length;
		store.scan.recordSegment(lane, {
			cursor: null,
			done: true,
			counts: {prodRows: same + count('prod'), devRows: same + count('dev')},
			found: [packFound(pairs)],
			version: '1',
		});
	});
	store.stage = 'compared';
	return store;
}

/** What the screen asked of the walk. */
export type Asked = {next: number; back: number};

/** Draws a screen of the walk as the shell does: with its messages and its help. */
export function renderStep(
	Screen: (props: ScreenProps) => ReactElement,
	store: RunStore,
	size: {readonly columns?: number; readonly rows?: number} = {},
): RenderedScreen & {readonly asked: Asked} {
	const asked: Asked = {next: 0, back: 0};
	function Shell(): ReactElement {
		const [message, say] = useState<Message>();
		const {columns, rows} = useTerminalSize();
		return (
			<ShellContext value={{...defaultShell, message}}>
				<Screen
					store={store}
					columns={columns}
					rows={rows - 6}
					isActive
					onNext={() => (asked.next += 1)}
					onBack={() => (asked.back += 1)}
					onMessage={say}
				/>
			</ShellContext>
		);
	}
	const screen = renderScreen(<Shell />, size);
	drawn.set(store, [...(drawn.get(store) ?? []), () => screen.unmount()]);
	return {...screen, asked};
}

/** What was decided, by key: take, level and who. */
export function readDecisions(store: RunStore): Record<string, string> {
	return Object.fromEntries(
		[...store.rows.iterate()]
			.filter(({resolution}) => resolution !== null)
			.map(({key, resolution}) => [
				key.map((cell) => cell.text).join(' '),
				`${resolution?.take ?? ''} ${resolution?.level ?? ''} ${resolution?.by ?? ''}`,
			]),
	);
}
