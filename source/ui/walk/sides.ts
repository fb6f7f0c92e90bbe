import {setImmediate} from 'node:timers/promises';
import {sides as sideNames, type Config, type Side} from '../../config/config.ts';
import {assembleSession} from '../../engine/assemble-session.ts';
import {openPatiently} from '../../engine/open-patiently.ts';
import {openSide, requireTwoDatabases, type OpenSide, type Session} from '../../engine/session.ts';
import {displayName, type ConnectionSettings} from '../../model/connection-settings.ts';
import {progressInterval} from '../hooks/use-throttled.ts';
import {createThrottle} from '../throttle.ts';
import type {WalkContext} from './walk-context.ts';

type Slot = {
	/** Tells an answer to this naming from one to a naming before. */
	readonly naming: number;
	readonly settings: ConnectionSettings;
	readonly open: OpenSide | null;
	/** Rows by table, of those that were counted. */
	readonly rows: ReadonlyMap<string, number>;
};

/** The databases of the walk: named, opened, counted, closed. */
export class Sides {
	readonly #slots = new Map<Side, Slot>();
	readonly #context: WalkContext;
	readonly #configured: Readonly<Record<Side, ConnectionSettings | undefined>>;
	/** The configuration but for the databases. */
	readonly #rest: Config;
	readonly #onOpen: () => void;
	#mayCount = true;
	#namings = 0;

	/** @param onOpen Told whenever one more database is open. */
	constructor(context: WalkContext, config: Config, onOpen: () => void) {
		this.#context = context;
		const {prod, dev, base, ...rest} = config;
		this.#configured = {prod, dev, base};
		this.#rest = rest;
		this.#onOpen = onOpen;
	}

	/** The configuration with the databases as they are named now. */
	get config(): Config {
		const named = [...this.#slots].map(([side, {settings}]) => [side, settings] as const);
		return {...this.#rest, ...Object.fromEntries(named)};
	}

	settingsOf(side: Side): ConnectionSettings | undefined {
		return this.#slots.get(side)?.settings;
	}

	/** How many rows a table has; null before it was counted. */
	rowsOf(side: Side, table: string): number | null {
		return this.#slots.get(side)?.rows.get(table) ?? null;
	}

	/** Connects to whatever the configuration names. */
	openConfigured(): void {
		for (const side of sideNames) {
			const settings = this.#configured[side];
			if (settings) this.name(side, settings);
		}
	}

	/** Connects to a database in place of the one before. */
	name(side: Side, settings: ConnectionSettings): void {
		const before = this.#slots.get(side)?.open;
		const slot: Slot = {naming: ++this.#namings, settings, open: null, rows: new Map()};
		this.#slots.set(side, slot);
		this.#context.redactor.add(settings);
		this.#context.dispatch({
			type: 'sideNamed',
			side,
			name: displayName(settings),
			address: addressOf(settings),
		});
		this.#context.start(async () => {
			await before?.connection.close();
			// The screen says that it is connecting before a driver may hold the thread.
			await setImmediate();
			await this.#open(side, slot);
		});
	}

	/** Goes on without a database, e.g. without a base. */
	drop(side: Side): void {
		const before = this.#slots.get(side)?.open;
		this.#slots.delete(side);
		this.#context.dispatch({type: 'sideDropped', side});
		this.#context.start(async () => before?.connection.close());
		this.#onOpen();
	}

	retry(side: Side): void {
		const settings = this.settingsOf(side);
		if (settings) this.name(side, settings);
	}

	/** @throws {ConnectionError} When prod and dev are the same database. */
	async assemble(): Promise<Session> {
		const prod = this.#slots.get('prod')?.open;
		const dev = this.#slots.get('dev')?.open;
		if (!prod || !dev) throw new TypeError('Both databases must be open');
		return assembleSession(this.config, {prod, dev, base: this.#slots.get('base')?.open ?? null});
	}

	/** Opens every database again, e.g. after one was lost. @throws {DeepDiffError} */
	async reopen(): Promise<Session> {
		await this.close();
		for (const [side, slot] of this.#slots) {
			this.#slots.set(side, {...slot, open: await openSide(slot.settings)});
		}
		return this.assemble();
	}

	/** Shows again what is open, after a run was put away. */
	announce(): void {
		for (const side of this.#slots.keys()) this.#announce(side);
		this.#onOpen();
	}

	/** Counting only informs: it gives way to everything else. */
	stopCounting(): void {
		this.#mayCount = false;
	}

	async close(): Promise<void> {
		for (const [side, slot] of this.#slots) {
			this.#slots.set(side, {...slot, open: null});
			await slot.open?.connection.close();
		}
	}

	async #open(side: Side, slot: Slot): Promise<void> {
		const isCurrent = () => this.#slots.get(side)?.naming === slot.naming;
		if (!isCurrent()) return;
		try {
			const isWanted = () => isCurrent() && !this.#context.state.isEnding;
			const open = await openPatiently(slot.settings, {
				isWanted,
				onWait: () => {
					if (isWanted()) this.#context.dispatch({type: 'sideLocked', side});
				},
			});
			// Another name was typed meanwhile, or the program is ending.
			if (!isWanted()) {
				await open.connection.close();
				return;
			}
			this.#slots.set(side, {...slot, open});
			this.#refuseSame(side);
			this.#context.dispatch({type: 'sideOpened', side, facts: factsOf(open)});
			this.#onOpen();
			await this.#count(side, open);
		} catch (error) {
			const problem = this.#context.describe(error);
			if (isCurrent()) this.#context.dispatch({type: 'sideFailed', side, problem});
		}
	}

	/** @throws {ConnectionError} When the side that was just opened is the other one again. */
	#refuseSame(side: Side): void {
		const prod = this.#slots.get('prod')?.open;
		const dev = this.#slots.get('dev')?.open;
		if (!prod || !dev) return;
		requireTwoDatabases(prod, dev);
		// The other one was refused for being the same as what this side was before.
		const other = side === 'prod' ? 'dev' : 'prod';
		if (side !== 'base' && this.#context.state.sides[other].kind === 'failed')
			this.#announce(other);
	}

	#announce(side: Side): void {
		const slot = this.#slots.get(side);
		if (!slot?.open) return;
		const {open, settings} = slot;
		const name = displayName(settings);
		this.#context.dispatch({type: 'sideNamed', side, name, address: addressOf(settings)});
		this.#context.dispatch({type: 'sideOpened', side, facts: factsOf(open)});
		this.#tellRows(side, true);
	}

	async #count(side: Side, open: OpenSide): Promise<void> {
		const throttle = createThrottle(() => this.#tellRows(side, false), progressInterval);
		const isCurrent = () => this.#mayCount && this.#slots.get(side)?.open === open;
		for (const {name} of open.catalog.tables) {
			await setImmediate();
			const slot = this.#slots.get(side);
			if (!isCurrent() || !slot) break;
			const count = await open.connection.countRows(name);
			this.#slots.set(side, {...slot, rows: new Map(slot.rows).set(name, count)});
			throttle.push(undefined);
		}
		throttle.cancel();
		if (isCurrent()) this.#tellRows(side, true);
	}

	#tellRows(side: Side, isComplete: boolean): void {
		const slot = this.#slots.get(side);
		const counts = [...(slot?.rows.values() ?? [])];
		this.#context.dispatch({
			type: 'rowsCounted',
			side,
			rows: counts.reduce((sum, count) => sum + count, 0),
			isComplete: isComplete && counts.length === slot?.open?.catalog.tables.length,
		});
	}
}

function factsOf({facts: {server, bytes, readOnly, notes}, catalog}: OpenSide) {
	return {server, bytes, readOnly, notes, tables: catalog.tables.length};
}

/** What may be typed to reach it again; never with a password. */
function addressOf(settings: ConnectionSettings): string {
	return 'file' in settings ? settings.file : `${settings.driver}://${displayName(settings)}`;
}
