import type {Database} from 'better-sqlite3';
import {addDays, pickDay, pickMoment} from '../calendar.ts';
import {createInserter, type Row} from '../edit-rows.ts';
import type {Random} from '../random.ts';
import type {Sizes} from '../sizes.ts';
import {
	colours,
	makers,
	materials,
	qualities,
	sentences,
	shelves,
	type Shelf,
} from '../words/catalogue.ts';
import {warehouses} from './company.ts';
import {drawPicture} from './pictures.ts';

type Section = {readonly id: number; readonly name: string; readonly shelf: Shelf};

/** The catalogue's lower level, where products hang; ids follow those of the shelves. */
export const sections: readonly Section[] = shelves
	.flatMap((shelf) => shelf.sections.map((name) => ({name, shelf})))
	.map((section, index) => ({...section, id: shelves.length + index + 1}));

/** Categories, products, what they cost elsewhere, and how many lie in each warehouse. */
export function fillCatalogue(database: Database, random: Random, sizes: Sizes): void {
	const addCategory = createInserter(database, 'categories');
	for (const [index, {name}] of shelves.entries()) {
		addCategory({id: index + 1, parent_id: null, name, slug: makeSlug(name), position: index + 1});
	}
	for (const {id, name, shelf} of sections) {
		const position = shelf.sections.indexOf(name) + 1;
		addCategory({
			id,
			parent_id: shelves.indexOf(shelf) + 1,
			name,
			slug: makeSlug(`${shelf.name} ${name}`),
			position,
		});
	}

	const addProduct = createInserter(database, 'products');
	const addPrice = createInserter(database, 'price_lists');
	const addStock = createInserter(database, 'stock');
	for (let id = 1; id <= sizes.products; id++) {
		const product = makeProduct(random, id);
		addProduct(product);
		for (const price of makePrices(random, id, product.price_cents)) addPrice(price);
		for (const {code} of warehouses) addStock(makeStock(random, id, code));
	}
}

export function makeSlug(name: string): string {
	return name.replace(/\W+/g, '-');
}

export function makeProduct(random: Random, id: number) {
	const section = random.pick(sections);
	const price = random.integer(4, 640) * 100 + random.pick([0, 50, 90, 95, 99]);
	return {
		id,
		sku: `${section.shelf.prefix}-${String(id).padStart(5, '0')}`,
		category_id: section.id,
		name: `${random.pick(makers)} ${random.pick(qualities)} ${section.name} ${random.integer(1, 9)}`,
		summary: random.chance(0.1) ? null : `${random.pick(materials)}, ${random.pick(colours)}`,
		description: makeDescription(random),
		attributes: random.chance(0.15)
			? null
			: JSON.stringify({colour: random.pick(colours), sizes: ['S', 'M', 'L'], care: {max: 30}}),
		price_cents: price,
		cost_cents: random.chance(0.05) ? null : Math.round(price * 0.55),
		weight_kg: random.chance(0.1) ? null : random.integer(1, 9000) / 1000,
		status: random.pick(['active', 'active', 'active', 'paused', 'draft']),
		image: random.chance(0.3) ? drawPicture(random) : null,
		updated_at: pickMoment(random, '2023-01-01', '2025-02-28'),
	} satisfies Row;
}

/** A few sentences; one in twenty-five is a leaflet of several kilobytes. */
export function makeDescription(random: Random): string {
	const count = random.chance(0.04) ? random.integer(40, 80) : random.integer(1, 3);
	const text = Array.from({length: count}, () => random.pick(sentences));
	return text.join(count > 3 ? '\n\n' : ' ');
}

function makePrices(random: Random, productId: number, cents: number): Row[] {
	const from = pickDay(random, '2024-01-01', '2024-06-30');
	return [
		{product_id: productId, currency: 'USD', valid_from: from, price: cents * 0.0108},
		{product_id: productId, currency: 'JPY', valid_from: from, price: Math.round(cents * 1.62)},
		{
			product_id: productId,
			currency: 'USD',
			valid_from: addDays(from, 180),
			price: cents * 0.0111,
		},
	];
}

export function makeStock(random: Random, productId: number, warehouse: string) {
	const quantity = random.chance(0.1) ? 0 : random.integer(1, 400);
	return {
		product_id: productId,
		warehouse_code: warehouse,
		quantity,
		reserved: Math.min(quantity, random.integer(0, 12)),
		counted_at: random.chance(0.5) ? null : pickMoment(random, '2024-09-01', '2025-02-28'),
	} satisfies Row;
}
