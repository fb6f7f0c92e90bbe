/**
Joins conditions by AND or OR as a balanced tree: SQLite limits the depth of an expression
to 1,000 and builds a plain chain of a wide table's columns deeper than that.
*/
export function joinBalanced(conditions: readonly string[], operator: 'AND' | 'OR'): string {
	if (conditions.length <= 100) return conditions.join(` ${operator} `);
	const middle = conditions.length >> 1;
	const left = joinBalanced(conditions.slice(0, middle), operator);
	return `(${left}) ${operator} (${joinBalanced(conditions.slice(middle), operator)})`;
}
