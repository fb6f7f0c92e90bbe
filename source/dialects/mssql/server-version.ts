import type {Row} from '../server/session.ts';

/** What a statement may say depends on it. */
export type ServerVersion = {
	/** e.g. `16.0.4085.2`. */
	readonly text: string;
	/** 13 is 2016, 14 is 2017, 15 is 2019, 16 is 2022, 17 is 2025. */
	readonly major: number;
	/** Azure's services stay at version 12 and have what the newest server has. */
	readonly isAzure: boolean;
};

/** "SERVERPROPERTY", `EngineEdition`: 5 is Azure SQL Database, 8 a managed instance. */
export function parseServerVersion(facts: Row): ServerVersion {
	const text = facts['version'] ?? '';
	return {
		text,
		major: Number(text.split('.', 1)[0]),
		isAzure: facts['edition'] === '5' || facts['edition'] === '8',
	};
}

/** Collations in UTF-8 came with 2019. */
export function hasUtf8({major, isAzure}: ServerVersion): boolean {
	return isAzure || major >= 15;
}

const years: Readonly<Record<number, string>> = {
	13: '2016',
	14: '2017',
	15: '2019',
	16: '2022',
	17: '2025',
};

/** For people: `SQL Server 2022 (16.0.4085.2)`. */
export function nameServer({text, major, isAzure}: ServerVersion): string {
	if (isAzure) return `Azure SQL (${text})`;
	const year = years[major];
	return year === undefined ? `SQL Server ${text}` : `SQL Server ${year} (${text})`;
}
