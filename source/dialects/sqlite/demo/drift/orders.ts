import type {Database} from 'better-sqlite3';
import {findMarket, makeOrder, makePayment, makeReturn} from '../base/orders.ts';
import {pickRecentMoment} from '../calendar.ts';
import {changeRow, insertRow, readCell, removeOwned, removeRow, type Sides} from '../edit-rows.ts';
import {createDeck, type Random} from '../random.ts';
import {loners, type Sizes} from '../sizes.ts';

/** New orders whose ids both sides gave out; dev then let its tests count from far above. */
const usedTwice = 5;
const testOrderGap = 900_000;

export function driftOrders(sides: Sides, random: Random, sizes: Sizes): void {
	addOrders(sides, random, sizes);
	changeOrders(sides, random, sizes);
	removeOrders(sides, sizes);
	driftReturns(sides, random, sizes);
}

function addOrders({prod, dev}: Sides, random: Random, sizes: Sizes): void {
	const market = findMarket(sizes);
	const add = (side: Database, id: number, status: string) => {
		const {order, items} = makeOrder(random, id, market);
		const placed = {...order, status, ordered_at: pickRecentMoment(random)};
		insertRow(side, 'orders', placed);
		for (const item of items) insertRow(side, 'order_items', item);
		if (status !== 'new') insertRow(side, 'payments', makePayment(random, placed));
	};
	for (let count = 1; count <= 40; count++) {
		add(prod, sizes.orders + count, random.pick(['new', 'paid', 'sent']));
	}
	for (let count = 1; count <= 15; count++) {
		const id = sizes.orders + count + (count <= usedTwice ? 0 : testOrderGap);
		add(dev, id, random.pick(['new', 'paid']));
		if (count % 3 === 0) changeRow(dev, 'orders', {id}, {gift_message: 'С днём рождения! 🎂'});
	}
}

function changeOrders({prod, dev}: Sides, random: Random, sizes: Sizes): void {
	const deck = createDeck(random, 1, sizes.orders - loners.orders);
	for (const id of deck.deal(20))
		changeRow(prod, 'orders', {id}, {status: 'done', channel: 'portal'});
	for (const id of deck.deal(8))
		changeRow(dev, 'orders', {id}, {comment: ' migrated\tfrom the old shop '});
	for (const id of deck.deal(3)) changeRow(dev, 'orders', {id}, {gift_message: '生日快乐 🎁'});
	for (const id of deck.deal(3)) {
		changeRow(prod, 'orders', {id}, {handled_by: 1});
		changeRow(dev, 'orders', {id}, {channel: 'import'});
	}
	for (const id of deck.deal(4)) {
		changeRow(prod, 'orders', {id}, {comment: 'customer called twice'});
		changeRow(dev, 'orders', {id}, {comment: 'Customer called twice'});
	}

	const changeQuantity = (side: Database, id: number, quantity: number) => {
		changeRow(side, 'order_items', {order_id: id, line_no: 1}, {quantity});
		addUp(side, id);
	};
	for (const id of deck.deal(6)) changeQuantity(prod, id, 12);
	for (const id of deck.deal(4)) changeQuantity(dev, id, 24);
	for (const id of deck.deal(2)) {
		changeQuantity(prod, id, 30);
		changeQuantity(dev, id, 300);
	}
	driftPayments({prod, dev});
}

/** An order's total follows its lines. */
function addUp(side: Database, id: number): void {
	const lines = 'SELECT sum(line_total_cents) FROM order_items WHERE order_id = orders.id';
	side.prepare(`UPDATE orders SET total_cents = (${lines}) WHERE id = ?`).run(id);
}

/** A key of bytes has no numbers to deal: the first ones in key order serve as well. */
function driftPayments({prod, dev}: Sides): void {
	const keys = prod
		.prepare<[], Buffer>(
			'SELECT id FROM payments WHERE order_id IN (SELECT order_id FROM returns) ORDER BY id LIMIT 9',
		)
		.pluck()
		.all();
	for (const id of keys.slice(0, 5)) changeRow(prod, 'payments', {id}, {receipt: 'refunded'});
	for (const id of keys.slice(5, 7)) {
		const reference = readCell(dev, 'payments', {id}, 'provider_ref');
		changeRow(dev, 'payments', {id}, {provider_ref: BigInt(String(reference)) + 1n});
	}
	for (const id of keys.slice(7)) {
		// The same digits in three storage classes.
		changeRow(prod, 'payments', {id}, {receipt: '4711'});
		changeRow(dev, 'payments', {id}, {receipt: 4711n});
	}
}

function removeOrders({prod, dev}: Sides, sizes: Sizes): void {
	for (const id of [sizes.orders, sizes.orders - 1]) removeOrder(dev, id);
	removeOrder(prod, sizes.orders - 2);
}

function removeOrder(side: Database, id: number): void {
	removeOwned(side, 'payments', {order_id: id});
	removeOwned(side, 'order_items', {order_id: id});
	removeRow(side, 'orders', {id});
}

function driftReturns({prod, dev}: Sides, random: Random, sizes: Sizes): void {
	const last = sizes.orders - loners.orders;
	for (let id = 3001; id <= 3006; id++) {
		insertRow(prod, 'returns', makeReturn(random, sizes.returns + id, random.integer(1, last)));
	}
	for (let id = 6001; id <= 6003; id++) {
		insertRow(dev, 'returns', makeReturn(random, sizes.returns + id, random.integer(1, last)));
	}
	const deck = createDeck(random, 1, sizes.returns);
	for (const id of deck.deal(4)) changeRow(prod, 'returns', {id}, {refund_cents: 0, reason: null});
	for (const id of deck.deal(2)) changeRow(dev, 'returns', {id}, {reason: 'null'});
	for (const id of deck.deal(2)) removeRow(dev, 'returns', {id});
}
