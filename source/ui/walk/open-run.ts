import type {Session} from '../../engine/session.ts';
import {chooseLayouts} from '../../engine/choose-layouts.ts';
import {closeRun, takeRun, type TakenRun, type TakeOptions} from '../../engine/compare-run.ts';
import {RunDirectory, type HeldRun} from '../../store/run-directory.ts';
import type {RunStore} from '../../store/run-store.ts';
import type {TableProgress} from '../../store/scan-record.ts';
import type {Sides} from './sides.ts';

/** The run that is open: its databases and its store. */
export class OpenRun {
	#session: Session;
	#held: HeldRun;

	constructor(session: Session, held: HeldRun) {
		this.#session = session;
		this.#held = held;
	}

	get session(): Session {
		return this.#session;
	}

	get store(): RunStore {
		return this.#held.store;
	}

	get id(): string {
		return this.#held.store.identity.id;
	}

	/** Where the packs, receipts and reports of this run go. */
	get folder(): string {
		return new RunDirectory(this.#session.config.output.directory).artefactFolder(this.id);
	}

	/**
	Opens the databases again and goes on with the same run.

	@throws {SchemaChangedError} When what was compared no longer fits; the run stays open.
	@throws {ConnectionError | LockedError}
	*/
	async reopen(sides: Sides): Promise<void> {
		const {id} = this;
		this.#session = await sides.reopen();
		closeRun(this.#held);
		try {
			this.#held = takeRun(this.#session, {runId: id}).run;
		} catch (error) {
			this.#held = new RunDirectory(this.#session.config.output.directory).open(id);
			throw error;
		}
	}

	close(): void {
		closeRun(this.#held);
	}
}

/** @throws {DeepDiffError} When the run can't be taken up, or none can be made. */
export function openRun(
	session: Session,
	options: TakeOptions,
): TakenRun & {readonly open: OpenRun} {
	const taken = takeRun(session, options);
	return {...taken, open: new OpenRun(session, taken.run)};
}

/** The tables of a run: as far as they are, or as they will be compared. */
export function listTables({store, session}: OpenRun, sides: Sides): readonly TableProgress[] {
	const known = store.scan.listProgress();
	if (known.length > 0) return known;
	const {prod, dev, config, dialect} = session;
	return chooseLayouts(prod.catalog, dev.catalog, config, dialect).map(
		({name, layout, reason}, index): TableProgress => ({
			number: index + 1,
			name,
			layout,
			reason,
			status: layout ? 'waiting' : 'not compared',
			prodTotal: layout?.presentOn === 'dev' ? null : sides.rowsOf('prod', name),
			devTotal: layout ? sides.rowsOf('dev', name) : null,
			prodRows: 0,
			devRows: 0,
			counts: {},
		}),
	);
}
