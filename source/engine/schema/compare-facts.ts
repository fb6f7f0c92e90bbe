import type {ConstraintFacts, Fact} from '../../model/catalog.ts';

/** Everything beside its text that an object can be told apart by. */
export type Told = {
	readonly facts?: readonly Fact[] | null;
	readonly comment?: string;
};

/** What differs in the facts and the comment of two objects, in words: `increment 1 → 10`. */
export function compareFacts(prod: Told, dev: Told): string[] {
	const before = listFacts(prod);
	const after = listFacts(dev);
	const names = new Set([...before.keys(), ...after.keys()]);
	return [...names].flatMap((name) => {
		const [old, now] = [before.get(name), after.get(name)];
		return old === now ? [] : [`${name} ${old ?? 'none'} → ${now ?? 'none'}`];
	});
}

/** The facts of a constraint by the words that a person knows them by. */
export function listConstraintFacts(constraint: ConstraintFacts): Record<string, string> {
	const {isValidated = true, isEnforced = true} = constraint;
	return {
		...Object.fromEntries(listFacts(constraint)),
		validated: isValidated ? 'yes' : 'no',
		enforced: isEnforced ? 'yes' : 'no',
	};
}

/** By the names that their engine gives them. */
export function listFacts({facts, comment}: Told): Map<string, string> {
	const all = new Map((facts ?? []).map(({name, value}) => [name, value]));
	if (comment !== undefined) all.set('comment', `'${comment}'`);
	return all;
}
