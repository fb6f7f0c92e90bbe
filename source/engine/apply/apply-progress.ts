import {appendFileSync, closeSync, existsSync, fsyncSync, openSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {StoreError} from '../../model/errors.ts';
import type {Pack} from '../pack/read-pack.ts';
import type {ExpectedEnd} from './apply-journal.ts';

/*
Where the server commits each change of structure by itself, an apply that stops half way leaves
some of them behind. What ran is written down beside the pack as it runs, each line safe on the
disk before the next thing is done, so that it can be gone on with or taken back.
*/

/** One line of the file. */
export type ProgressLine = {
	/** Digest of the migration, also where its undo runs. */
	readonly pack: string;
	readonly kind: 'migration' | 'undo';
	/** ISO 8601 in UTC. */
	readonly time: string;
} & ProgressEvent;

export type ProgressEvent =
	| {readonly event: 'started'; readonly catalog: string}
	/** About to run; `number` is the migration's, `takesBack` what undoes it. */
	| {
			readonly event: 'running';
			readonly number: number;
			readonly summary: string;
			readonly takesBack: readonly string[];
	  }
	/** It ran, and the structure has this fingerprint now. */
	| {readonly event: 'ran'; readonly number: number; readonly catalog: string}
	/** The server refused it: nothing of it happened. */
	| {readonly event: 'refused'; readonly number: number}
	| {readonly event: 'committing rows'; readonly expected: ExpectedEnd}
	| {readonly event: 'rows committed'}
	| {readonly event: 'rows rolled back'}
	| {readonly event: 'finished'};

/** How far a migration and its undo got. */
export type ProgressState = {
	/** Summaries of the migration's statements of structure that ran and stay, by number. */
	readonly standing: ReadonlyMap<number, string>;
	/** One that was about to run when nobody wrote down any more. */
	readonly pending: {readonly number: number; readonly summary: string} | null;
	readonly rows: 'as before' | 'committing' | 'committed';
	readonly expected: ExpectedEnd | null;
	/** Fingerprint of the structure after the last thing that was done; null: nothing was. */
	readonly catalog: string | null;
	/** Which of the two was begun and not finished. */
	readonly underway: 'migration' | 'undo' | null;
};

const fileName = 'apply_progress.jsonl';

export class ApplyProgress {
	readonly #file: string;
	readonly #digest: string;
	readonly #kind: 'migration' | 'undo';

	constructor({manifestPath, digest, header}: Pack) {
		this.#file = path.join(path.dirname(manifestPath), fileName);
		this.#digest = header.reverts ?? digest;
		this.#kind = header.kind;
	}

	/**
	@param kind Which of the two it is about, where that is not the one that runs.
	@throws {StoreError} When it can't be written: nothing more may be done then.
	*/
	note(event: ProgressEvent, kind: ProgressLine['kind'] = this.#kind): void {
		const line = {pack: this.#digest, kind, time: new Date().toISOString(), ...event};
		try {
			const descriptor = openSync(this.#file, 'a');
			try {
				appendFileSync(descriptor, `${JSON.stringify(line)}\n`);
				fsyncSync(descriptor);
			} finally {
				closeSync(descriptor);
			}
		} catch (error) {
			throw new StoreError(`${this.#file} can't be written, so nothing more was done.`, {
				hint: 'Make room or check the permissions of the folder, then apply again: it goes on from there.',
				cause: error,
			});
		}
	}

	read(): ProgressState {
		const standing = new Map<number, string>();
		let state: ProgressState = {
			standing,
			pending: null,
			rows: 'as before',
			expected: null,
			catalog: null,
			underway: null,
		};
		for (const line of this.#readLines()) {
			state = this.#follow(state, standing, line);
		}
		return state;
	}

	#follow(state: ProgressState, standing: Map<number, string>, line: ProgressLine): ProgressState {
		const isUndo = line.kind === 'undo';
		switch (line.event) {
			case 'started':
				return {...state, underway: line.kind, catalog: line.catalog};
			case 'running':
				return {...state, pending: {number: line.number, summary: line.summary}};
			case 'ran':
				if (isUndo) standing.delete(line.number);
				else standing.set(line.number, state.pending?.summary ?? '');
				return {...state, pending: null, catalog: line.catalog};
			case 'refused':
				return {...state, pending: null};
			case 'committing rows':
				return {...state, rows: 'committing', expected: line.expected};
			case 'rows committed':
				return {...state, rows: isUndo ? 'as before' : 'committed', expected: null};
			case 'rows rolled back':
				return {...state, rows: isUndo ? 'committed' : 'as before', expected: null};
			case 'finished':
				if (isUndo) standing.clear();
				return {...state, underway: null, ...(isUndo && {rows: 'as before' as const})};
			default:
				return line satisfies never;
		}
	}

	#readLines(): ProgressLine[] {
		if (!existsSync(this.#file)) return [];
		return readFileSync(this.#file, 'utf8')
			.split('\n')
			.flatMap((text): ProgressLine[] => {
				try {
					// Only note writes it; a line that was cut off while it was written says nothing yet.
					const line = JSON.parse(text) as ProgressLine;
					return line.pack === this.#digest ? [line] : [];
				} catch {
					return [];
				}
			});
	}
}
