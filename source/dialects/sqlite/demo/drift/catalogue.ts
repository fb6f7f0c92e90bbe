import type {Database} from 'better-sqlite3';
import {makeProduct, makeSlug, makeStock, sections} from '../base/catalogue.ts';
import {warehouses} from '../base/company.ts';
import {pickRecentMoment} from '../calendar.ts';
import {
	changeRow,
	insertRow,
	readCell,
	removeOwned,
	removeRow,
	type Row,
	type Sides,
} from '../edit-rows.ts';
import {createDeck, type Random} from '../random.ts';
import {loners, type Sizes} from '../sizes.ts';
import {shelves} from '../words/catalogue.ts';

/** How far above the base's last product each side's new ones begin. */
const prodGap = 1_000;
const devGap = 50_000;

export function driftCatalogue(sides: Sides, random: Random, sizes: Sizes): void {
	const newSection = driftCategories(sides);
	addProducts(sides, random, sizes, newSection);
	changeProducts(sides, random, sizes);
	removeProducts(sides, sizes);
	driftPrices(sides, random, sizes);
	driftStock(sides, random, sizes);
}

/** @returns The id of a section that only dev has. */
function driftCategories({prod, dev}: Sides): number {
	for (const [index, {icon}] of shelves.entries()) {
		changeRow(dev, 'categories', {id: index + 1}, {icon});
	}
	const row = {parent_id: null, name: 'Winter ❄️', slug: 'winter', position: 8, icon: '❄️'};
	insertRow(dev, 'categories', {...row, id: 101});
	insertRow(dev, 'categories', {
		...row,
		id: 102,
		parent_id: 101,
		name: 'Snowshoes',
		slug: makeSlug('Winter Snowshoes'),
		position: 1,
	});
	const [first, second, third] = sections;
	if (!first || !second || !third) throw new Error('The demo has fewer than three sections.');
	changeRow(prod, 'categories', {id: first.id}, {name: 'Trekking Tents'});
	changeRow(dev, 'categories', {id: second.id}, {slug: 'TENTS-family-tents'});
	changeRow(prod, 'categories', {id: third.id}, {name: 'Tarps & sails'});
	changeRow(dev, 'categories', {id: third.id}, {name: 'Tarps, sails'});
	return 102;
}

function addProducts({prod, dev}: Sides, random: Random, sizes: Sizes, newSection: number): void {
	for (let count = 1; count <= 10; count++) {
		const id = sizes.products + devGap + count;
		const isWinter = count % 2 === 0;
		const product = makeProduct(random, id);
		const section = isWinter ? newSection : product.category_id;
		insertRow(dev, 'products', {...product, category_id: section, status: 'draft'});
		insertRow(dev, 'stock', makeStock(random, id, 'BKK'));
		insertRow(dev, 'stock', makeStock(random, id, 'BER'));
	}
	for (let count = 1; count <= 3; count++) {
		const id = sizes.products + prodGap + count;
		insertRow(prod, 'products', makeProduct(random, id));
		for (const {code} of warehouses) insertRow(prod, 'stock', makeStock(random, id, code));
	}
}

function changeProducts({prod, dev}: Sides, random: Random, sizes: Sizes): void {
	const deck = createDeck(random, 1, sizes.products - loners.products);
	const touch = (side: Database, id: number, changes: Row) =>
		changeRow(side, 'products', {id}, {...changes, updated_at: pickRecentMoment(random)});

	for (const id of deck.deal(10)) changeRow(dev, 'products', {id}, {weight_kg: 0.1 + 0.2});
	for (const id of deck.deal(5))
		changeRow(dev, 'products', {id}, {name: `Nordvind Néo 折叠 ${id}`});
	for (const id of deck.deal(3)) {
		const text = String(readCell(dev, 'products', {id}, 'description'));
		changeRow(
			dev,
			'products',
			{id},
			{description: `${text}\n\n${'Tested again in 2025. '.repeat(150)}`},
		);
	}
	for (const id of deck.deal(2))
		changeRow(dev, 'products', {id}, {image: null, attributes: '{"sizes": []}'});
	for (const id of deck.deal(15)) touch(prod, id, {price_cents: 1990 + id * 100});
	// A name that only prod changed: taking dev's version fires prod's search trigger.
	for (const id of deck.deal(3)) touch(prod, id, {name: `SALE %% ${id} 🔥`, status: 'paused'});
	for (const id of deck.deal(5)) {
		changeRow(prod, 'products', {id}, {price_cents: 4990});
		changeRow(dev, 'products', {id}, {summary: 'PFAS-free since spring 2025'});
	}
	for (const id of deck.deal(5)) {
		touch(prod, id, {price_cents: 8990});
		touch(dev, id, {price_cents: 9490, status: 'active'});
	}
	for (const id of deck.deal(1)) {
		changeRow(prod, 'products', {id}, {image: random.bytes(64)});
		changeRow(dev, 'products', {id}, {image: random.bytes(64)});
	}
}

function removeProducts({prod, dev}: Sides, sizes: Sizes): void {
	for (const id of [sizes.products, sizes.products - 1]) removeProduct(dev, id);
	removeProduct(prod, sizes.products - 2);
	// Gone from dev, while prod lowered its price.
	removeProduct(dev, sizes.products - 3);
	changeRow(prod, 'products', {id: sizes.products - 3}, {price_cents: 100, status: 'paused'});
}

function removeProduct(side: Database, id: number): void {
	removeOwned(side, 'stock', {product_id: id});
	removeOwned(side, 'price_lists', {product_id: id});
	removeRow(side, 'products', {id});
}

function driftPrices({prod, dev}: Sides, random: Random, sizes: Sizes): void {
	const deck = createDeck(random, 1, sizes.products - loners.products);
	for (const id of deck.deal(20)) {
		const from = '2025-05-01';
		insertRow(dev, 'price_lists', {
			product_id: id,
			currency: 'THB',
			valid_from: from,
			price: id / 3,
		});
	}
	for (const id of deck.deal(6)) {
		const from = '2025-04-01';
		insertRow(prod, 'price_lists', {
			product_id: id,
			currency: 'JPY',
			valid_from: from,
			price: 1e5 + id,
		});
	}
	const reprice = (side: Database, id: number, price: number) =>
		changeRow(side, 'price_lists', {product_id: id, currency: 'JPY'}, {price});
	for (const id of deck.deal(6)) reprice(prod, id, id * 150);
	for (const id of deck.deal(3)) reprice(dev, id, id * 155.5);
	for (const id of deck.deal(3)) {
		reprice(prod, id, id * 160);
		reprice(dev, id, id * 170);
	}
}

/** Prod counted its shelves: a good third of all rows, far more than a person can walk. */
function driftStock({prod, dev}: Sides, random: Random, sizes: Sizes): void {
	const count = prod.prepare(
		'UPDATE stock SET quantity = quantity + ?, counted_at = ? WHERE product_id = ? AND warehouse_code = ?',
	);
	for (let id = 1; id <= sizes.products - loners.products; id++) {
		for (const {code} of warehouses) {
			if (code === 'TBS' || !random.chance(0.55)) continue;
			count.run(random.integer(1, 60), pickRecentMoment(random), id, code);
		}
	}
	const deck = createDeck(random, 1, sizes.products - loners.products);
	for (const id of deck.deal(10)) {
		changeRow(dev, 'stock', {product_id: id, warehouse_code: 'TBS'}, {reserved: 0, quantity: 9999});
	}
	for (const id of deck.deal(5)) {
		const key = {product_id: id, warehouse_code: 'YOK'};
		changeRow(prod, 'stock', key, {quantity: 500});
		changeRow(dev, 'stock', key, {quantity: 700});
	}
}
