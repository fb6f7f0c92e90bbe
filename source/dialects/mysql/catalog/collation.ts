import {isAtLeast, type ServerVersion} from './server-version.ts';

/**
A collation under the name that newer servers give it: what was `utf8` became `utf8mb3`.
Older ones do not know the new name, see `spellCollation`.
*/
export function foldCollation(name: string | null): string | null {
	return name === null ? null : name.toLowerCase().replace(/^utf8_/, 'utf8mb3_');
}

/** The character set that a collation belongs to: the first part of its name. */
export function findCharacterSet(collation: string): string {
	return collation.split('_', 1)[0] ?? collation;
}

/** As this server takes it; `utf8` alone is no way out, a MariaDB may be told to mean `utf8mb4` by it. */
export function spellCollation(collation: string, version: ServerVersion): string {
	const knowsNewName =
		isAtLeast(version, 'mariadb', 10, 6) || isAtLeast(version, 'mysql', 8, 0, 30);
	return knowsNewName ? collation : collation.replace(/^utf8mb3_/, 'utf8_');
}
