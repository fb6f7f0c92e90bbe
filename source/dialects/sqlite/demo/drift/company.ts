import {departmentCount, employeeCount, makeEmployee} from '../base/company.ts';
import {changeRow, insertRow, removeRow, type Sides} from '../edit-rows.ts';
import {createDeck, type Random} from '../random.ts';
import {loners} from '../sizes.ts';

/** New rates, a new department with its own head, people who came and left. */
export function driftCompany({prod, dev}: Sides, random: Random): void {
	changeRow(dev, 'countries', {code: 'RO'}, {vat_rate: 21});
	changeRow(dev, 'countries', {code: 'TR'}, {native_name: 'Türkiye Cumhuriyeti'});
	changeRow(prod, 'countries', {code: 'CH'}, {vat_rate: 8.5});
	for (const side of [prod, dev]) changeRow(side, 'countries', {code: 'FI'}, {vat_rate: 25});
	changeRow(prod, 'countries', {code: 'ET'}, {name: 'Ethiopia (no parcels)'});
	changeRow(dev, 'countries', {code: 'ET'}, {vat_rate: 16});

	changeRow(dev, 'warehouses', {code: 'TBS'}, {latitude: 41.7151, longitude: 44.8271});
	changeRow(prod, 'warehouses', {code: 'LIS'}, {is_open: 0});
	insertRow(dev, 'warehouses', {
		code: 'BKK',
		name: 'กรุงเทพฯ',
		country_code: 'TH',
		latitude: 13.7563,
		longitude: 100.5018,
		is_open: 1,
	});

	driftEmployees({prod, dev}, random);
}

function driftEmployees({prod, dev}: Sides, random: Random): void {
	const department = departmentCount + 1;
	const head = 1001;
	insertRow(dev, 'departments', {
		id: department,
		name: 'Data & Insight 📊',
		parent_id: 1,
		manager_id: head,
		budget: 150_000.75,
	});
	changeRow(dev, 'departments', {id: 5}, {budget: 60_000});
	changeRow(prod, 'departments', {id: 7}, {name: 'Kundendienst & Reklamation'});

	// Both refer to each other, so no order of two inserts satisfies an immediate check.
	for (let id = head; id <= head + 2; id++) {
		const reportsTo = id === head ? 1 : head;
		insertRow(dev, 'employees', {
			...makeEmployee(random, id),
			department_id: department,
			reports_to: reportsTo,
		});
	}
	for (let id = 2001; id <= 2002; id++) insertRow(prod, 'employees', makeEmployee(random, id));

	const leaver = employeeCount - loners.employees + 1;
	removeRow(dev, 'employees', {id: leaver});
	removeRow(prod, 'employees', {id: leaver + 1});

	const deck = createDeck(random, departmentCount + 1, employeeCount - loners.employees);
	for (const id of deck.deal(5)) changeRow(dev, 'employees', {id}, {title: 'Senior Fitter'});
	for (const id of deck.deal(4)) changeRow(prod, 'employees', {id}, {salary_cents: 5_432_100});
	for (const id of deck.deal(2)) {
		changeRow(prod, 'employees', {id}, {photo: random.bytes(90)});
		changeRow(dev, 'employees', {id}, {department_id: department});
	}
	for (const id of deck.deal(2)) {
		changeRow(prod, 'employees', {id}, {name: `Dr. Erika Mustermann-${id}`});
		changeRow(dev, 'employees', {id}, {name: `Erika von Mustermann-${id}`});
	}
	// One person, one letter: the address is the same to the server, not to a reader.
	for (const id of deck.deal(1))
		changeRow(dev, 'employees', {id}, {email: `Staff.${String(id).padStart(3, '0')}@shop.example`});
}
