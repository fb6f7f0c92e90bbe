/** How the parts of one sort are told apart within a table. */
export type PartForms<Part> = {
	/** Folded; null without a name of its own. */
	readonly name: (part: Part) => string | null;
	/** The normal form of everything but the name. */
	readonly content: (part: Part) => string;
	/** Two parts alike in this are the same one, changed; null: alike in nothing. */
	readonly likeness: (part: Part) => string | null;
};

export type PartPairs<Part> = {
	readonly same: readonly (readonly [Part, Part])[];
	readonly altered: readonly (readonly [Part, Part])[];
	readonly dropped: readonly Part[];
	readonly created: readonly Part[];
};

/**
Finds for each of prod's parts the one of dev's that it is: the equal one, else the one of
the same name, else the one that does the same under another name, else one that is alike.
*/
export function pairParts<Part>(
	prodParts: readonly Part[],
	devParts: readonly Part[],
	prodForms: PartForms<Part>,
	devForms: PartForms<Part>,
): PartPairs<Part> {
	let dropped = [...prodParts];
	let created = [...devParts];
	const take = (key: (part: Part, forms: PartForms<Part>) => string | null) => {
		const pairs: [Part, Part][] = [];
		for (const part of dropped) {
			const wanted = key(part, prodForms);
			const other = created.find((each) => wanted !== null && key(each, devForms) === wanted);
			if (other === undefined) continue;
			pairs.push([part, other]);
			created = created.filter((each) => each !== other);
		}
		const taken = new Set(pairs.map(([part]) => part));
		dropped = dropped.filter((part) => !taken.has(part));
		return pairs;
	};
	const same = take((part, {name, content}) => JSON.stringify([name(part), content(part)]));
	const altered = [
		...take((part, {name}) => name(part)),
		...take((part, {content}) => content(part)),
		...take((part, {likeness}) => likeness(part)),
	];
	return {same, altered, dropped, created};
}

/** Parts that say twice what is said once mean one. */
export function withoutRepeats<Part>(parts: readonly Part[], forms: PartForms<Part>): Part[] {
	const seen = new Map<string, Part>();
	for (const part of parts) {
		const key = JSON.stringify([forms.name(part), forms.content(part)]);
		if (!seen.has(key)) seen.set(key, part);
	}
	return [...seen.values()];
}
