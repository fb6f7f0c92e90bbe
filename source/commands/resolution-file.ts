import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {z} from 'zod';
import {UsageError} from '../model/errors.ts';

/**
What `resolve --file` reads: a JSON array of entries, `{"resolutions": [entries]}`, or one
entry a line. An entry is

`{table, key: {column: value}, take: "ours" | "theirs" | "manual", cells: {column: value}}`

`cells` belongs to `manual` (and `cells` alone means it): columns that are not named keep
prod's value. Values are written as `rows --json` writes them; where that is not clear
enough, by their kind: `{"real": "1"}`, `{"integer": "9007199254740993"}`,
`{"text": "…"}`. Lines of `rows --json` are entries too: one without `take` decides
nothing, and what else they hold is not looked at.
*/
export type ResolutionEntry = {
	/** `line 3` or `entry 3`, for messages. */
	readonly place: string;
	readonly table: string;
	readonly key: Readonly<Record<string, unknown>>;
	readonly take: 'ours' | 'theirs' | 'manual';
	readonly cells: Readonly<Record<string, unknown>>;
};

const record = z.record(z.string(), z.unknown());
const entrySchema = z.object({
	table: z.string(),
	key: record,
	take: z.enum(['ours', 'theirs', 'manual']).nullish(),
	cells: record.nullish(),
});

/**
Reads and checks a file of resolutions; entries that decide nothing are left out.

@throws {UsageError} Naming the line or entry that is not understood.
*/
export async function readResolutionFile(
	file: string,
	directory: string,
): Promise<ResolutionEntry[]> {
	const text = await readText(file, directory);
	return parseEntries(text, file).flatMap(({place, value}) => {
		const result = entrySchema.safeParse(value);
		if (!result.success) {
			const {path: keys, message} = result.error.issues[0] ?? {path: [], message: 'not an entry'};
			throw explain(
				`${place} of ${file}: ${keys.join('.')}${keys.length > 0 ? ': ' : ''}${message}`,
			);
		}
		const {table, key, cells} = result.data;
		const take = result.data.take ?? (cells ? 'manual' : null);
		if (take === null) return [];
		if (take === 'manual' && !cells) throw explain(`${place} of ${file}: "manual" needs cells`);
		if (take !== 'manual' && cells) throw explain(`${place} of ${file}: cells belong to "manual"`);
		return [{place, table, key, take, cells: cells ?? {}}];
	});
}

function parseEntries(text: string, file: string): {place: string; value: unknown}[] {
	const whole = tryParse(text);
	if (whole !== undefined) {
		const list = Array.isArray(whole.value) ? whole.value : listInside(whole.value);
		return list.map((value: unknown, index) => ({place: `entry ${index + 1}`, value}));
	}
	return text.split(/\r?\n/).flatMap((line, index) => {
		if (line.trim() === '') return [];
		const parsed = tryParse(line);
		const place = `line ${index + 1}`;
		if (parsed === undefined) throw explain(`${place} of ${file} is not JSON`);
		return [{place, value: parsed.value}];
	});
}

function listInside(value: unknown): unknown[] {
	const wrapped = z.object({resolutions: z.array(z.unknown())}).safeParse(value);
	return wrapped.success ? wrapped.data.resolutions : [value];
}

function tryParse(text: string): {value: unknown} | undefined {
	try {
		return {value: JSON.parse(text)};
	} catch {
		return undefined;
	}
}

async function readText(file: string, directory: string): Promise<string> {
	try {
		const text = await readFile(path.resolve(directory, file), 'utf8');
		return text.replace(/^\uFEFF/, '');
	} catch (error) {
		const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
		throw new UsageError(
			isMissing ? `There is no file ${file}.` : `The file ${file} can't be read.`,
			{hint: 'Check the path given with --file.', cause: error},
		);
	}
}

function explain(problem: string): UsageError {
	return new UsageError(`${problem}. Nothing was settled.`, {
		hint: 'An entry is {"table": …, "key": {column: value}, "take": "ours" | "theirs" | "manual", "cells": {column: value}}; `deepdiff-db rows --json` prints the table and key of each.',
	});
}
