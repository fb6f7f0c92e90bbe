export type KeyPath = readonly (string | number)[];

/** A key path as a person writes it: `tables."order lines".key[0]`. */
export function formatPath(path: KeyPath): string {
	let text = '';
	for (const step of path) {
		if (typeof step === 'number') text += `[${step}]`;
		else text += (text === '' ? '' : '.') + (/^[\w$-]+$/.test(step) ? step : JSON.stringify(step));
	}
	return text;
}

/** A mapping of a YAML or JSON document. */
export type Mapping = Readonly<Record<string, unknown>>;

export function isMapping(value: unknown): value is Mapping {
	if (typeof value !== 'object' || value === null) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
}
