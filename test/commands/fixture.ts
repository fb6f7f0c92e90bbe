import path from 'node:path';
import type {TestContext} from 'node:test';
import SQLite from 'better-sqlite3';
import type {CommandContext, GlobalFlags, Output} from '../../source/commands/context.ts';
import {createContext} from '../../source/commands/create-context.ts';
import {createRedactor} from '../../source/config/redact.ts';
import {makeFolder} from '../store/fixture.ts';

export {makeFolder};

/** An output that keeps what it gets. */
export class MemoryOutput implements Output {
	text = '';
	isClosed = false;
	readonly hasColor = false;
	readonly columns = 100;
	readonly isTerminal: boolean;

	constructor({isTerminal = false} = {}) {
		this.isTerminal = isTerminal;
	}

	async write(text: string): Promise<void> {
		this.text += text;
		return Promise.resolve();
	}

	async writeExact(text: string): Promise<void> {
		return this.write(text);
	}
}

export const noFlags: GlobalFlags = {json: false, quiet: false, color: true};

export type TestWorld = {
	readonly context: CommandContext;
	readonly stdout: MemoryOutput;
	readonly stderr: MemoryOutput;
	readonly interruption: AbortController;
	/** What was printed to stdout, as JSON. */
	json(): unknown;
};

/** What a command may use, in a folder of its own; answers are given to questions in order. */
export function makeWorld(
	directory: string,
	flags: Partial<GlobalFlags> = {},
	{answers, isTerminal = false}: {answers?: string[]; isTerminal?: boolean} = {},
): TestWorld {
	const stdout = new MemoryOutput();
	const stderr = new MemoryOutput({isTerminal});
	const interruption = new AbortController();
	const ask = answers
		? async (question: string) => {
				await stderr.write(question);
				return answers.shift() ?? '';
			}
		: null;
	const context = createContext(
		{
			stdout,
			stderr,
			ask,
			directory,
			environment: {},
			signal: interruption.signal,
			redactor: createRedactor(),
		},
		{...noFlags, ...flags},
	);
	return {context, stdout, stderr, interruption, json: () => JSON.parse(stdout.text) as unknown};
}

/** Makes an SQLite file of statements. */
export function makeDatabase(file: string, sql: string): string {
	const database = new SQLite(file);
	database.exec(sql);
	database.close();
	return file;
}

const shop = `
CREATE TABLE artist (id INTEGER PRIMARY KEY, name TEXT NOT NULL, rating REAL);
CREATE TABLE album (id INTEGER PRIMARY KEY, artist INTEGER REFERENCES artist (id), title TEXT);
CREATE TABLE log (line TEXT);
INSERT INTO log VALUES ('a'), ('b');
`;

/**
A folder with `prod.db` and `dev.db`: one added, one removed and two conflicting artists, a
new column `album.year`, and an index that only prod has. The artist's conflicts are 1 and 2.
*/
export function makePair(context: TestContext): {folder: string; prod: string; dev: string} {
	const folder = makeFolder(context);
	const prod = makeDatabase(
		path.join(folder, 'prod.db'),
		`${shop}
		CREATE INDEX artist_name ON artist (name);
		INSERT INTO artist VALUES (1, 'Aerosmith', 1.0), (2, 'Björk', 2.5), (3, 'Cher', NULL), (4, 'only prod', 4);
		INSERT INTO album VALUES (1, 1, 'Pump'), (2, 2, 'Debut');`,
	);
	const dev = makeDatabase(
		path.join(folder, 'dev.db'),
		`${shop}
		ALTER TABLE album ADD COLUMN year INTEGER;
		INSERT INTO artist VALUES (1, 'AEROSMITH', 1.0), (2, 'Björk', 9.0), (3, 'Cher', NULL), (5, 'only dev', NULL);
		INSERT INTO album VALUES (1, 1, 'Pump', NULL), (2, 2, 'Debut', NULL);`,
	);
	return {folder, prod, dev};
}

/** The flags that name the pair's files. */
export function namePair({prod, dev}: {prod: string; dev: string}): Partial<GlobalFlags> {
	return {prod, dev};
}
