import {basename, dirname, extname, join, relative, resolve, sep} from 'node:path';
import {cosmiconfig, type Loader} from 'cosmiconfig';
import {ConfigurationError} from '../model/errors.ts';
import {isMapping} from './key-path.ts';
import {parseDocument} from './parse-document.ts';

/** A configuration file as it was read, before anything in it was understood. */
export type ConfigDocument = {
	/** Absolute path. */
	readonly file: string;
	/** The folder that paths in it are relative to. */
	readonly folder: string;
	/** The file as messages call it. */
	readonly source: string;
	readonly value: unknown;
};

const moduleName = 'deepdiff';

/**
Where a configuration is looked for in each folder, the first wins: cosmiconfig's places
that are data, and the name that the Go program of this name uses. Places that are
programs (`.js`, `.ts`) are left out: reading a configuration runs no code.
*/
export const searchPlaces = [
	'package.json',
	'.deepdiffrc',
	'.deepdiffrc.json',
	'.deepdiffrc.yaml',
	'.deepdiffrc.yml',
	'.config/deepdiffrc',
	'.config/deepdiffrc.json',
	'.config/deepdiffrc.yaml',
	'.config/deepdiffrc.yml',
	'deepdiff.config.json',
	'deepdiff.config.yaml',
	'deepdiff.config.yml',
	'deepdiffdb.config.yaml',
	'deepdiffdb.config.yml',
] as const;

/**
Looks for a configuration in `directory` and, inside the home folder, in the folders above
it. Elsewhere nothing above is read: in `/tmp` or `/srv` that may be somebody else's.

@throws {ConfigurationError} When one is there and can't be read.
*/
export async function findConfig(
	directory: string,
	home: string,
): Promise<ConfigDocument | undefined> {
	for (const folder of listFolders(resolve(directory), resolve(home))) {
		for (const place of searchPlaces) {
			const document = await readConfig(join(folder, place), directory);
			if (document !== 'missing' && document !== 'without key') return document;
		}
	}
	return undefined;
}

/**
Reads the file that `--config` names.

@throws {ConfigurationError} When there is none, or it can't be read.
*/
export async function openConfig(file: string, directory: string): Promise<ConfigDocument> {
	const document = await readConfig(resolve(directory, file), directory);
	if (document === 'missing') {
		throw new ConfigurationError(`There is no configuration file ${file}.`, {
			hint: 'Check the path, or write one with: deepdiff-db init',
		});
	}
	if (document === 'without key') {
		throw new ConfigurationError(`${file} has no "${moduleName}" key.`, {
			hint: `Put the configuration under "${moduleName}", or name another file.`,
		});
	}
	return document;
}

async function readConfig(
	file: string,
	directory: string,
): Promise<ConfigDocument | 'missing' | 'without key'> {
	const source = nameFile(file, directory);
	try {
		const result = await createExplorer(directory).load(file);
		if (result === null) return 'without key';
		const loaded: unknown = result.config;
		return {file, folder: findBaseFolder(file), source, value: unwrap(loaded)};
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : undefined;
		if (code === 'ENOENT' || code === 'ENOTDIR') return 'missing';
		if (typeof code !== 'string') throw error;
		throw new ConfigurationError(
			`${source} can't be read: ${code === 'EISDIR' ? 'it is a folder' : code}.`,
			{hint: 'Check the path and its permissions.', cause: error},
		);
	}
}

function listFolders(from: string, home: string): readonly string[] {
	if (from !== home && !from.startsWith(home.endsWith(sep) ? home : home + sep)) return [from];
	const folders = [from];
	for (let folder = from; folder !== home; folder = dirname(folder)) folders.push(dirname(folder));
	return folders;
}

/** `.config/` is a drawer of the folder that it lies in: paths do not start there. */
function findBaseFolder(file: string): string {
	const folder = dirname(file);
	return basename(folder) === '.config' ? dirname(folder) : folder;
}

function nameFile(file: string, directory: string): string {
	const path = relative(directory, file);
	return path.startsWith('..') ? file : path;
}

function createExplorer(directory: string): ReturnType<typeof cosmiconfig> {
	// Wrapped, so that cosmiconfig does not follow `$import`, which could load programs.
	const load: Loader = (file, text) => {
		const document = parseDocument(file, text.replace(/^\uFEFF/, ''), nameFile(file, directory));
		if (basename(file, extname(file)) !== 'package') return {document};
		const isOurs = isMapping(document) && Object.hasOwn(document, moduleName);
		return isOurs ? {[moduleName]: {document: document[moduleName]}} : {};
	};
	const refuse: Loader = (file) => {
		throw new ConfigurationError(
			`${nameFile(file, directory)} is a program, not a configuration.`,
			{
				hint: 'Write the configuration as YAML or JSON.',
			},
		);
	};
	return cosmiconfig(moduleName, {
		searchPlaces: [...searchPlaces],
		cache: false,
		loaders: {
			...Object.fromEntries(['.js', '.cjs', '.mjs', '.ts'].map((end) => [end, refuse])),
			...Object.fromEntries(
				['.json', '.yaml', '.yml', 'noExt', 'default'].map((end) => [end, load]),
			),
		},
	});
}

function unwrap(loaded: unknown): unknown {
	return isMapping(loaded) ? loaded['document'] : undefined;
}
