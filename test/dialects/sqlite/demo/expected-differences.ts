export type Counts = {
	readonly added: number;
	readonly removed: number;
	readonly conflict: number;
};

const counts = (added: number, removed: number, conflict: number): Counts => ({
	added,
	removed,
	conflict,
});

/**
What a two-way comparison of the default demo finds in the tables that both sides have.
A column that only dev has counts as what ADD COLUMN would give it in prod.
*/
export const expectedDifferences: Readonly<Record<string, Counts>> = {
	addresses: counts(21, 23, 21),
	categories: counts(2, 0, 10),
	countries: counts(0, 0, 4),
	customers: counts(12, 21, 81),
	departments: counts(1, 0, 2),
	employees: counts(4, 3, 14),
	exchange_rates: counts(5, 24, 4),
	gift_card_log: counts(0, 0, 0),
	gift_cards: counts(0, 0, 0),
	order_items: counts(31, 108, 24),
	orders: counts(11, 37, 55),
	page_views: counts(37, 76, 0),
	payments: counts(11, 27, 9),
	price_lists: counts(23, 15, 12),
	products: counts(11, 6, 49),
	returns: counts(3, 8, 6),
	reviews: counts(14, 19, 14),
	service_tickets: counts(5, 8, 15),
	settings: counts(3, 2, 15),
	stock: counts(25, 30, 2328),
	translations: counts(6, 1, 13),
	warehouses: counts(1, 0, 2),
};
