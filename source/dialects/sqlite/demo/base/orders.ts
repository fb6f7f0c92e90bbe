import type {Database} from 'better-sqlite3';
import {pickDay, pickMoment} from '../calendar.ts';
import {createInserter, type Row} from '../edit-rows.ts';
import type {Random} from '../random.ts';
import {loners, type Sizes} from '../sizes.ts';
import {awkwardReals, awkwardTexts} from '../words/odd-values.ts';
import {pickEmployee} from './company.ts';

/** Who may be ordering what: rows that exist on both sides, before and after. */
export type Market = {readonly customers: number; readonly products: number};

export function findMarket(sizes: Sizes): Market {
	return {
		customers: sizes.customers - loners.customers,
		products: sizes.products - loners.products,
	};
}

/** Orders with their lines, their payments, and the lines that came back. */
export function fillOrders(database: Database, random: Random, sizes: Sizes): void {
	const market = findMarket(sizes);
	const addOrder = createInserter(database, 'orders');
	const addItem = createInserter(database, 'order_items');
	const addPayment = createInserter(database, 'payments');
	for (let id = 1; id <= sizes.orders; id++) {
		const {order, items} = makeOrder(random, id, market);
		addOrder(order);
		for (const item of items) addItem(item);
		if (order.status !== 'new') addPayment(makePayment(random, order));
	}

	const addReturn = createInserter(database, 'returns');
	for (let id = 1; id <= sizes.returns; id++) {
		addReturn(makeReturn(random, id, random.integer(1, sizes.orders - loners.orders)));
	}
}

/** An order and one to five lines that add up to its total. */
export function makeOrder(random: Random, id: number, market: Market) {
	const items = Array.from({length: random.integer(1, 5)}, (_, index) => ({
		order_id: id,
		line_no: index + 1,
		product_id: random.integer(1, market.products),
		quantity: random.chance(0.7) ? 1 : random.integer(2, 8),
		unit_price_cents: random.integer(4, 640) * 100 + random.pick([0, 50, 90, 95, 99]),
	})) satisfies Row[];
	const order = {
		id,
		number: `SO-${String(id).padStart(7, '0')}`,
		customer_id: random.integer(1, market.customers),
		status: random.pick(['new', 'paid', 'packed', 'sent', 'sent', 'done', 'done', 'cancelled']),
		channel: random.pick(['web', 'web', 'web', 'shop', 'phone']),
		handled_by: random.chance(0.5) ? null : pickEmployee(random),
		total_cents: items.reduce((sum, item) => sum + item.quantity * item.unit_price_cents, 0),
		comment: random.chance(0.95) ? null : random.pick(awkwardTexts),
		ordered_at: pickMoment(random, '2022-01-01', '2025-02-28'),
	} satisfies Row;
	return {order, items};
}

export function makePayment(
	random: Random,
	order: {readonly id: number; readonly total_cents: number; readonly ordered_at: string},
) {
	return {
		id: random.bytes(16),
		order_id: order.id,
		method: random.pick(['card', 'card', 'transfer', 'PayPal', 'cash']),
		amount_cents: order.total_cents,
		fee: random.chance(0.01) ? random.pick(awkwardReals) : order.total_cents * 0.000_29,
		provider_ref: 9_007_199_254_740_993n + BigInt(random.integer(0, 2 ** 31)) * 1_048_579n,
		receipt: makeReceipt(random),
		paid_at: order.ordered_at,
	} satisfies Row;
}

/** The provider's answer, in whatever type it came. */
function makeReceipt(random: Random): string | bigint | Buffer | null {
	if (random.chance(0.6)) return null;
	return random.chance(0.5)
		? BigInt(random.integer(1, 1_000_000))
		: random.chance(0.5)
			? String(random.integer(1, 1_000_000))
			: random.bytes(12);
}

export function makeReturn(random: Random, id: number, orderId: number) {
	return {
		id,
		order_id: orderId,
		// Every order has a first line.
		line_no: 1,
		reason: random.pick([null, 'too small', 'zu groß', '不合身', 'broken', 'N/A', '']),
		refund_cents: random.integer(4, 90) * 100,
		returned_on: pickDay(random, '2023-01-01', '2025-02-28'),
	} satisfies Row;
}
