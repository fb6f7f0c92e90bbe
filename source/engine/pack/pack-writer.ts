import path from 'node:path';
import type {Hazard} from '../../model/hazard.ts';
import type {PackFrame} from '../../dialects/dialect.ts';
import {PackFile} from './pack-file.ts';
import {
	packFormat,
	packNames,
	packVersion,
	type ManifestLine,
	type PackHeader,
	type PackStatement,
} from './pack-format.ts';
import {renderFrame, renderStatement, renderTop} from './render-pack.ts';

/** Writes the two files of one pack side by side, statement by statement. */
export class PackWriter {
	readonly #files: {readonly sql: PackFile; readonly manifest: PackFile};
	readonly #header: PackHeader;
	readonly #frame: PackFrame;
	readonly #hazardIndexes: ReadonlyMap<string, number>;
	#count = 0;

	constructor(folder: string, header: PackHeader, frame: PackFrame) {
		const names = packNames[header.kind];
		this.#header = header;
		this.#frame = frame;
		this.#hazardIndexes = new Map(
			header.hazards.map((hazard, index) => [nameHazard(hazard), index]),
		);
		this.#files = {
			sql: new PackFile(path.join(folder, names.sql)),
			manifest: new PackFile(path.join(folder, names.manifest)),
		};
		const {sql, manifest} = this.#files;
		sql.write(`${renderTop(header)}\n${renderFrame(frame.prologue, frame.separator)}\n`);
		manifest.write(
			`{\n"format": ${JSON.stringify(packFormat)},\n"version": ${packVersion},\n` +
				`"header": ${JSON.stringify(header)},\n"statements": [\n`,
		);
	}

	add(statement: PackStatement): void {
		const {sql, manifest} = this.#files;
		const parts = renderStatement(statement, this.#frame);
		sql.write(parts.lead);
		const line: ManifestLine = {
			number: statement.number,
			offset: sql.bytes,
			length: Buffer.byteLength(parts.sql),
			kind: statement.kind,
			table: statement.table,
			expects: statement.expects,
			needs: statement.needs,
			allowed: statement.allowed,
			isStep: statement.row?.isStep ?? false,
			reverts: statement.reverts,
			...(statement.unless && {unless: statement.unless}),
			summary: statement.summary,
			phase: statement.phase,
			hazards: statement.hazards.map((hazard) => this.#hazardIndexes.get(nameHazard(hazard)) ?? -1),
			row: statement.row,
		};
		sql.write(parts.sql + parts.end);
		manifest.write(`${this.#count > 0 ? ',\n' : ''}${JSON.stringify(line)}`);
		this.#count++;
	}

	/** Ends both files. @returns The pack's digest. */
	finish(): string {
		const {sql, manifest} = this.#files;
		sql.write(renderFrame(this.#frame.epilogue, this.#frame.separator));
		const file = {
			file: packNames[this.#header.kind].sql,
			bytes: sql.bytes,
			sha256: sql.digest(),
		};
		sql.close();
		const gap = this.#count > 0 ? '\n' : '';
		manifest.write(`${gap}],\n"count": ${this.#count},\n"sql": ${JSON.stringify(file)},\n`);
		const digest = manifest.digest();
		manifest.write(`"sha256": "${digest}"\n}\n`);
		manifest.close();
		return digest;
	}

	publish(): void {
		this.#files.sql.publish();
		this.#files.manifest.publish();
	}

	discard(): void {
		this.#files.sql.discard();
		this.#files.manifest.discard();
	}
}

function nameHazard({kind, message}: Hazard): string {
	return `${kind} ${message}`;
}
