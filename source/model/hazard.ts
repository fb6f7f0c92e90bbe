/** What a statement may cost or break, as data on the statement. */
export type Hazard = {
	readonly kind:
		| 'dropsData'
		| 'dropsObject'
		| 'deletesRows'
		| 'narrowsType'
		| 'rewritesTable'
		| 'locksTable'
		| 'mayViolate'
		| 'mayBeRename'
		| 'firesTrigger'
		| 'noUndo'
		| 'notTransactional';
	/** One sentence for the person who decides. */
	readonly message: string;
};
