import type {Hazard} from '../../model/hazard.ts';
import {PieceReader} from './pack-file.ts';
import type {
	ManifestLine,
	ManifestStart,
	PackCheck,
	PackStatement,
	PackStep,
} from './pack-format.ts';

/** Where a manifest has its statements. */
export type ManifestPlace = {
	readonly path: string;
	/** Byte at which the first one starts. */
	readonly firstLine: number;
	readonly count: number;
	readonly hazards: readonly Hazard[];
};

/*
These loops run once for every row of a pack, beside a database that takes some microseconds
for each: no copies, no closures, and JSON only as far as it is needed.
*/

/** Every statement with its text, in order. */
export function* readSteps(place: ManifestPlace, sqlPath: string): Generator<PackStep> {
	const text = new PieceReader(sqlPath);
	try {
		for (const lines of readBlocks(place)) {
			for (const line of lines) {
				const start = parseStart(line);
				const sql = text.readText(start.offset, start.length);
				yield new ManifestStep(start, line, sql, place.hazards);
			}
		}
	} finally {
		text.close();
	}
}

export function* readChecks(place: ManifestPlace): Generator<PackCheck> {
	for (const lines of readBlocks(place)) {
		// Its digest has shown that PackWriter wrote it.
		for (const line of lines) yield JSON.parse(cutComma(line)) as ManifestLine;
	}
}

function* readBlocks({path, firstLine, count}: ManifestPlace): Generator<readonly string[]> {
	const reader = new PieceReader(path);
	try {
		let left = count;
		for (const lines of reader.readLines(firstLine)) {
			if (left <= 0) return;
			yield lines.length > left ? lines.slice(0, left) : lines;
			left -= lines.length;
		}
	} finally {
		reader.close();
	}
}

class ManifestStep implements PackStep {
	readonly number: number;
	readonly kind: PackStep['kind'];
	readonly table: string;
	readonly expects: number | null;
	readonly needs: PackStep['needs'];
	readonly allowed: boolean;
	readonly isStep: boolean;
	readonly reverts: number | null;
	readonly unless: readonly number[];
	readonly sql: string;
	readonly #line: string;
	readonly #hazards: readonly Hazard[];

	constructor(start: ManifestStart, line: string, sql: string, hazards: readonly Hazard[]) {
		this.number = start.number;
		this.kind = start.kind;
		this.table = start.table;
		this.expects = start.expects;
		this.needs = start.needs;
		this.allowed = start.allowed;
		this.isStep = start.isStep;
		this.reverts = start.reverts;
		this.unless = start.unless ?? [];
		this.sql = sql;
		this.#line = line;
		this.#hazards = hazards;
	}

	readWhole(): PackStatement {
		// As above.
		const whole = JSON.parse(cutComma(this.#line)) as ManifestLine;
		const hazards = whole.hazards.flatMap((index) => this.#hazards[index] ?? []);
		return {...whole, hazards, sql: this.sql};
	}
}

/** The fields that come before the summary; inside a JSON string its quotes would be escaped. */
function parseStart(line: string): ManifestStart {
	// As above.
	return JSON.parse(`${line.slice(0, line.indexOf(',"summary":'))}}`) as ManifestStart;
}

function cutComma(line: string): string {
	return line.endsWith(',') ? line.slice(0, -1) : line;
}
