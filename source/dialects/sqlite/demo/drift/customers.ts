import type {Database} from 'better-sqlite3';
import {makeAddress, makeCustomer} from '../base/customers.ts';
import {addDays, splitDay} from '../calendar.ts';
import {changeRow, insertRow, readCell, removeOwned, removeRow, type Sides} from '../edit-rows.ts';
import {createDeck, type Random} from '../random.ts';
import {loners, type Sizes} from '../sizes.ts';
import {countries} from '../words/countries.ts';

/** New customers whose ids both sides gave out; dev's test accounts begin far above. */
const usedTwice = 3;
const testAccountGap = 500_000;

export function driftCustomers(sides: Sides, random: Random, sizes: Sizes): void {
	addCustomers(sides, random, sizes);
	changeCustomers(sides, random, sizes);
	driftAddresses(sides, random, sizes);
}

function addCustomers({prod, dev}: Sides, random: Random, sizes: Sizes): void {
	for (let count = 1; count <= 20; count++) {
		const country = random.pick(countries);
		const customer = makeCustomer(random, sizes.customers + count, country);
		const created = `${addDays(splitDay, count)} 09:30:00`;
		insertRow(prod, 'customers', {...customer, fax: null, created_at: created});
		insertRow(prod, 'addresses', makeAddress(random, customer.id, 'billing', country));
	}
	for (let count = 1; count <= 12; count++) {
		const country = random.pick(countries);
		const id = sizes.customers + count + (count <= usedTwice ? 0 : testAccountGap);
		const customer = makeCustomer(random, id, country);
		insertRow(dev, 'customers', {
			...customer,
			email: `test+${count}@shop.example`,
			account_ref: 1_900_000_000_000_000_003n + BigInt(count),
			locale: country.language,
		});
		insertRow(dev, 'addresses', makeAddress(random, id, 'billing', country));
	}
}

function changeCustomers({prod, dev}: Sides, random: Random, sizes: Sizes): void {
	const deck = createDeck(random, 1, sizes.customers - loners.customers);
	for (const id of deck.deal(30)) changeRow(dev, 'customers', {id}, {locale: 'de'});
	for (const id of deck.deal(8)) changeRow(dev, 'customers', {id}, {loyalty_points: 15_000 + id});
	for (const id of deck.deal(3)) changeRow(dev, 'customers', {id}, {note: 'NULL'});
	for (const id of deck.deal(3)) changeRow(dev, 'customers', {id}, {credit_limit: 0.1 + 0.2});
	for (const id of deck.deal(2)) {
		// One apart, beyond 2⁵³: the same number to whoever reads it as a double.
		const account = readCell(dev, 'customers', {id}, 'account_ref');
		changeRow(dev, 'customers', {id}, {account_ref: BigInt(String(account)) + 1n});
	}
	for (const id of deck.deal(3)) {
		const email = String(readCell(dev, 'customers', {id}, 'email'));
		changeRow(dev, 'customers', {id}, {email: email.toUpperCase()});
	}
	for (const id of deck.deal(15)) changeRow(prod, 'customers', {id}, {loyalty_points: 20_000 + id});
	for (const id of deck.deal(3)) changeRow(prod, 'customers', {id}, {note: '', born_on: null});
	for (const id of deck.deal(5)) {
		changeRow(prod, 'customers', {id}, {credit_limit: 750.25});
		changeRow(dev, 'customers', {id}, {note: '👩🏽‍💻 beta tester'});
	}
	for (const id of deck.deal(6)) {
		changeRow(prod, 'customers', {id}, {family_name: `Meyer-${id}`, loyalty_points: 10});
		changeRow(dev, 'customers', {id}, {family_name: `Maier-${id}`});
	}
	for (const id of deck.deal(2)) {
		for (const side of [prod, dev])
			changeRow(side, 'customers', {id}, {note: 'asked to be called'});
	}

	const quiet = createDeck(random, sizes.customers - loners.customers + 1, sizes.customers);
	for (const id of quiet.deal(3)) removeCustomer(dev, id);
	for (const id of quiet.deal(2)) removeCustomer(prod, id);
	for (const id of quiet.deal(1)) {
		removeCustomer(dev, id);
		changeRow(prod, 'customers', {id}, {note: 'is back, says thank you 🎉'});
	}
	for (const id of quiet.deal(1)) {
		removeCustomer(prod, id);
		changeRow(dev, 'customers', {id}, {note: 'do not delete, used in the demo'});
	}
	for (const id of quiet.deal(1)) for (const side of [prod, dev]) removeCustomer(side, id);
}

function removeCustomer(side: Database, id: number): void {
	removeOwned(side, 'addresses', {customer_id: id});
	removeRow(side, 'customers', {id});
}

function driftAddresses({prod, dev}: Sides, random: Random, sizes: Sizes): void {
	const deck = createDeck(random, 1, sizes.customers - loners.customers);
	for (const id of deck.deal(8)) {
		insertRow(dev, 'addresses', makeAddress(random, id, 'pickup', random.pick(countries)));
	}
	for (const id of deck.deal(12)) {
		changeRow(prod, 'addresses', {customer_id: id, kind: 'billing'}, {street: `Neue Straße ${id}`});
	}
	for (const id of deck.deal(4)) {
		changeRow(dev, 'addresses', {customer_id: id, kind: 'billing'}, {postcode: null});
	}
	for (const id of deck.deal(2)) {
		const key = {customer_id: id, kind: 'billing'};
		changeRow(prod, 'addresses', key, {city: 'Αθήνα'});
		changeRow(dev, 'addresses', key, {city: 'Αθήνα '});
	}
}
