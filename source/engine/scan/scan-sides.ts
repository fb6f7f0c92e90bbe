import type {HeldSnapshot} from '../../dialects/side-reader.ts';
import type {PairReader} from '../../dialects/dialect.ts';
import {loadDialect} from '../../dialects/registry.ts';
import {displayName, type ConnectionSettings} from '../../model/connection-settings.ts';
import {ConnectionError} from '../../model/errors.ts';
import {canJoin, openPair, type SharedSnapshots} from '../pairing/open-pair.ts';

type BothSides = {readonly prod: ConnectionSettings; readonly dev: ConnectionSettings};

/** Both sides of a scan and the state of them that all its readers see. */
export class ScanSides {
	readonly isJoined: boolean;
	readonly #settings: BothSides;
	#held: readonly [prod: HeldSnapshot | null, dev: HeldSnapshot | null] = [null, null];
	readonly #notes = new Set<string>();

	private constructor(settings: BothSides, isJoined: boolean) {
		this.#settings = settings;
		this.isJoined = isJoined;
	}

	/** @throws {ConnectionError | LockedError} With a hint. */
	static async open(settings: BothSides): Promise<ScanSides> {
		const isJoined = await canJoin(settings.prod, settings.dev);
		const sides = new ScanSides(settings, isJoined);
		if (!isJoined) await sides.#hold();
		return sides;
	}

	/** What several readers share; null: each has its own, or none. */
	get snapshots(): SharedSnapshots {
		const [prod, dev] = this.#held;
		return {prod: prod?.token ?? null, dev: dev?.token ?? null};
	}

	/** What a person should know of how the sides were read. */
	get notes(): readonly string[] {
		return [...this.#notes];
	}

	/** How many readers may work side by side: one, where a side's snapshot can't be shared. */
	limitReaders(wanted: number): number {
		if (this.isJoined) return wanted;
		const unshared = this.#listUnshared();
		if (wanted === 1 || unshared.length === 0) return wanted;
		for (const name of unshared) {
			this.#notes.add(
				`${name} can't share a snapshot between connections, so one connection reads it. Without one (snapshot: false) several do.`,
			);
		}
		return 1;
	}

	openReader(): Promise<PairReader> {
		const {prod, dev} = this.#settings;
		return openPair(prod, dev, this.snapshots);
	}

	/**
	After a connection was lost: makes sure that readers can be opened, with the same snapshots
	where they are still there.

	@throws {ConnectionError} While a side stays away.
	*/
	async reopen(): Promise<void> {
		try {
			await this.#tryToOpen();
		} catch (error) {
			const wasShared = this.#held.some((held) => held !== null);
			if (!(error instanceof ConnectionError) || !wasShared) throw error;
			await this.#release();
			await this.#hold();
			await this.#tryToOpen();
			this.#noteLoss();
			return;
		}
		if (this.#listUnshared().length > 0) this.#noteLoss();
	}

	async close(): Promise<void> {
		await this.#release();
	}

	async #tryToOpen(): Promise<void> {
		const reader = await this.openReader();
		await reader.close();
	}

	#noteLoss(): void {
		this.#notes.add(
			'A connection was lost: rows read after that are of a later moment than those before.',
		);
	}

	async #hold(): Promise<void> {
		const holding = [this.#settings.prod, this.#settings.dev].map(async (settings) =>
			settings.snapshot ? (await loadDialect(settings)).holdSnapshot(settings) : null,
		);
		const [prod, dev] = await Promise.allSettled(holding);
		const held = [prod, dev].map((side) => (side?.status === 'fulfilled' ? side.value : null));
		this.#held = [held[0] ?? null, held[1] ?? null];
		for (const side of [prod, dev]) {
			if (side?.status !== 'rejected') continue;
			await this.#release();
			throw side.reason;
		}
	}

	async #release(): Promise<void> {
		const held = this.#held;
		this.#held = [null, null];
		// Whoever holds one may have gone away with it.
		await Promise.allSettled(held.map(async (snapshot) => snapshot?.close()));
	}

	#listUnshared(): string[] {
		const {prod, dev} = this.#settings;
		const [ours, theirs] = this.#held;
		return [
			...(prod.snapshot && !ours ? [displayName(prod)] : []),
			...(dev.snapshot && !theirs ? [displayName(dev)] : []),
		];
	}
}
