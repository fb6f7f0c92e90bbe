import type {Database} from 'better-sqlite3';
import {pickDay, pickMoment} from '../calendar.ts';
import {createInserter, type Row} from '../edit-rows.ts';
import type {Random} from '../random.ts';
import type {Sizes} from '../sizes.ts';
import {countries, type Country} from '../words/countries.ts';
import {languages} from '../words/languages.ts';
import {awkwardTexts, nullLikeTexts} from '../words/odd-values.ts';

/** Customers, everyone with a billing address and every third with one for parcels. */
export function fillCustomers(database: Database, random: Random, sizes: Sizes): void {
	const addCustomer = createInserter(database, 'customers');
	const addAddress = createInserter(database, 'addresses');
	for (let id = 1; id <= sizes.customers; id++) {
		const country = random.pick(countries);
		addCustomer({...makeCustomer(random, id, country), fax: makeFax(random)});
		addAddress(makeAddress(random, id, 'billing', country));
		if (random.chance(0.33)) addAddress(makeAddress(random, id, 'shipping', country));
	}
}

/** A customer without the fax number, which dev has given up. */
export function makeCustomer(random: Random, id: number, country: Country) {
	const {given, family} = languages[country.language];
	const animal = random.pick(['otter', 'heron', 'lynx', 'puffin', 'marmot', 'Ibex', 'stoat']);
	const host = random.pick(['example.com', 'example.net', 'mail.example.org']);
	return {
		id,
		email: `${random.pick(['quiet', 'swift', 'Old', 'merry', 'brave'])}.${animal}.${id}@${host}`,
		given_name: random.pick(given),
		family_name: random.chance(0.02) ? null : random.pick(family),
		country_code: country.code,
		// Beyond 2⁵³, as the identifiers of several payment houses are.
		account_ref: 1_700_000_000_000_000_001n + BigInt(id) * 4099n,
		born_on: random.chance(0.3) ? null : pickDay(random, '1938-01-01', '2006-12-31'),
		loyalty_points: random.chance(0.5) ? 0 : random.integer(1, 12_000),
		credit_limit: random.chance(0.6) ? null : random.integer(1, 90) * 250.1,
		note: makeNote(random),
		created_at: pickMoment(random, '2014-05-01', '2025-02-28'),
	} satisfies Row;
}

function makeNote(random: Random): string | null {
	if (random.chance(0.9)) return null;
	return random.chance(0.4)
		? random.pick(nullLikeTexts)
		: random.chance(0.3)
			? random.pick(awkwardTexts)
			: random.pick(['Ring twice', 'VIP ⭐', 'pays late', 'Bitte nicht anrufen', '请勿来电']);
}

function makeFax(random: Random): string | null {
	return random.chance(0.05) ? `+49 30 ${random.integer(1_000_000, 9_999_999)}` : null;
}

export function makeAddress(random: Random, customerId: number, kind: string, country: Country) {
	const {family} = languages[country.language];
	return {
		customer_id: customerId,
		kind,
		street: `${random.pick(family)} ${random.integer(1, 240)}${random.pick(['', '', 'a', '/2'])}`,
		postcode: random.chance(0.04) ? null : String(random.integer(1, 99_999)).padStart(5, '0'),
		city: random.pick(country.cities),
		country_code: country.code,
	} satisfies Row;
}
