import path from 'node:path';
import {PackError} from '../../model/errors.ts';
import {PieceReader} from './pack-file.ts';
import {packFormat, packVersion, type PackHeader} from './pack-format.ts';

/** The lines of a manifest after its statements. */
export type Tail = {
	readonly count: number;
	readonly sql: {readonly file: string; readonly bytes: number; readonly sha256: string};
	readonly sha256: string;
};

/** @throws {PackError} For a file that is no manifest, or one of another version. */
export function checkVersion(manifestPath: string): void {
	const [first, format, version] = readFirstLines(manifestPath, 3);
	if (first !== '{' || format !== `"format": ${JSON.stringify(packFormat)},`) {
		throw new PackError(`${manifestPath} is not the manifest of a pack.`, {
			hint: 'Name a pack that `deepdiff-db plan` wrote.',
		});
	}
	const number = /^"version": (\d+),$/.exec(version ?? '')?.[1];
	if (number === undefined) throw makeEditedError(manifestPath);
	if (Number(number) === packVersion) return;
	throw new PackError(`${manifestPath} has version ${number}, this program reads ${packVersion}.`, {
		hint: 'Write it again with `deepdiff-db plan`, or apply it with the version that wrote it.',
	});
}

function readFirstLines(file: string, count: number): string[] {
	const reader = new PieceReader(file);
	try {
		const lines: string[] = [];
		for (const block of reader.readLines(0)) {
			lines.push(...block.slice(0, count));
			if (lines.length >= count) break;
		}
		return lines.slice(0, count);
	} finally {
		reader.close();
	}
}

/** The end of a manifest, and where the line of its own digest starts. */
export function readTail(file: string, size: number): {tail: Tail; start: number} {
	const reader = new PieceReader(file);
	try {
		const from = Math.max(0, size - 4096);
		const bytes = reader.readBytes(from, size - from);
		const own = bytes.lastIndexOf('\n"sha256": "');
		const count = bytes.lastIndexOf('\n"count": ');
		if (own < 0 || count < 0 || bytes.indexOf('"\n}\n') !== bytes.length - 4)
			throw makeCutOffError(file);
		// Shape and digest are checked next; a tail that was tampered with does not get past them.
		const tail = JSON.parse(`{${bytes.toString('utf8', count)}`) as Tail;
		return {tail, start: from + own + 1};
	} catch (error) {
		if (error instanceof SyntaxError) throw makeEditedError(file);
		throw error;
	} finally {
		reader.close();
	}
}

/** The header, and where the first statement's line starts. */
export function readHeader(file: string): {header: PackHeader; firstLine: number} {
	const lines = readFirstLines(file, 5);
	const text = lines[3]?.slice('"header": '.length, -1) ?? '';
	const firstLine = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
	// Its digest has shown that we wrote it, with PackWriter.
	return {header: JSON.parse(text) as PackHeader, firstLine};
}

export function makeEditedError(file: string): PackError {
	return new PackError(`${path.basename(file)} was edited after it was written.`, {
		hint: 'Write it again with `deepdiff-db plan`: what runs is decided there, not in the file.',
	});
}

export function makeCutOffError(file: string): PackError {
	return new PackError(`${path.basename(file)} is cut off: its end is missing.`, {
		hint: 'Copy it again, or write it again with `deepdiff-db plan`.',
	});
}
