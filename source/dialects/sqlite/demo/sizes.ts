/** How many rows the large tables of the base get; the small ones always have the same size. */
export type Sizes = {
	readonly customers: number;
	readonly products: number;
	readonly orders: number;
	readonly reviews: number;
	readonly tickets: number;
	readonly returns: number;
	readonly pageViews: number;
};

/** Fewer rows than this leave too few to change on both sides. */
const fewestRows = 5_000;

/**
The last rows of a parent table that no other table's base rows point at, beyond
what they own (a customer's addresses, an order's items): these are the ones that
one side can delete without taking a stranger's row along.
*/
export const loners = {customers: 40, products: 12, orders: 20, employees: 8} as const;

/** @param rows About how many rows the base shall have in all. */
export function planSizes(rows: number): Sizes {
	const share = (part: number) => Math.round(Math.max(rows, fewestRows) * part);
	return {
		customers: share(0.1),
		products: share(0.018),
		orders: share(0.105),
		reviews: share(0.03),
		tickets: share(0.012),
		returns: share(0.006),
		pageViews: share(0.05),
	};
}
