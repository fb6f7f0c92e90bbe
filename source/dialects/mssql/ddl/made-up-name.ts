import {hash} from 'node:crypto';

/**
A name as the server makes them up, for what must be taken back by name: to the next comparison it
is one of those that tell nothing.

@param kind `PK`, `UQ`, `CK`, `FK` or `DF`.
@param content What tells it from others of the table.
*/
export function makeUpName(kind: string, table: string, content: string): string {
	const digits = hash('sha256', JSON.stringify([kind, table, content]), 'hex');
	return `${kind}__${table.replaceAll(/\W+/g, '_').slice(0, 60)}__${digits.slice(0, 16).toUpperCase()}`;
}

export function isMadeUp(name: string): boolean {
	return /^(?:PK|UQ|CK|FK|DF)__.+__(?:[\dA-F]{8}|[\dA-F]{16})$/.test(name);
}

/** The name that a constraint has of its own; null: the server made one up. */
export function findOwnName({
	name,
	isAutoNamed = false,
}: {
	readonly name: string | null;
	readonly isAutoNamed?: boolean;
}): string | null {
	return isAutoNamed ? null : name;
}
