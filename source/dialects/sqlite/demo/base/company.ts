import type {Database} from 'better-sqlite3';
import {pickDay} from '../calendar.ts';
import {createInserter, type Row} from '../edit-rows.ts';
import type {Random} from '../random.ts';
import {loners} from '../sizes.ts';
import {countries, drawFlag} from '../words/countries.ts';
import {languages} from '../words/languages.ts';
import {drawPicture} from './pictures.ts';

export const employeeCount = 160;

const departments: readonly {name: string; parent?: number; budget: number | null}[] = [
	{name: 'Management', budget: 1_250_000.5},
	{name: 'Shop', parent: 1, budget: 480_000},
	{name: 'Repairs & Service', parent: 1, budget: 310_000.1 + 0.2},
	{name: 'Warehouse', parent: 1, budget: 275_000},
	{name: 'Purchasing', parent: 2, budget: null},
	{name: 'Web', parent: 2, budget: 99_999.99},
	{name: 'Kundendienst', parent: 3, budget: 120_000},
	{name: 'Сервис', parent: 3, budget: 85_000},
	{name: '修理部', parent: 3, budget: 9_400_000},
];

export const departmentCount = departments.length;

export const warehouses = [
	{code: 'BER', name: 'Berlin', country: 'DE', at: [52.52, 13.405]},
	{code: 'LIS', name: 'Lisboa', country: 'PT', at: [38.7223, -9.1393]},
	{code: 'KRK', name: 'Kraków', country: 'PL', at: [50.0647, 19.945]},
	{code: 'YOK', name: '横浜', country: 'JP', at: [35.4437, 139.638]},
	{code: 'TBS', name: 'თბილისი', country: 'GE', at: [null, null]},
] as const;

/** Countries, departments and employees (who manage them in turn), warehouses. */
export function fillCompany(database: Database, random: Random): void {
	const addCountry = createInserter(database, 'countries');
	for (const country of countries) {
		addCountry({
			code: country.code,
			name: country.name,
			native_name: country.nativeName,
			flag: drawFlag(country.code),
			currency: country.currency,
			vat_rate: country.vatRate,
		});
	}

	const addDepartment = createInserter(database, 'departments');
	for (const [index, {name, parent, budget}] of departments.entries()) {
		// The first employees are the managers; the foreign key waits for them.
		addDepartment({id: index + 1, name, parent_id: parent ?? null, manager_id: index + 1, budget});
	}
	const addEmployee = createInserter(database, 'employees');
	for (let id = 1; id <= employeeCount; id++) addEmployee(makeEmployee(random, id));

	const addWarehouse = createInserter(database, 'warehouses');
	for (const {code, name, country, at} of warehouses) {
		addWarehouse({
			code,
			name,
			country_code: country,
			latitude: at[0],
			longitude: at[1],
			is_open: 1,
		});
	}
}

export function makeEmployee(random: Random, id: number) {
	const language = languages[random.pick(countries).language];
	const isManager = id <= departmentCount;
	return {
		id,
		department_id: isManager ? id : random.integer(1, departmentCount),
		reports_to: id === 1 ? null : isManager ? 1 : random.integer(1, departmentCount),
		name: `${random.pick(language.given)} ${random.pick(language.family)}`,
		email: `staff.${String(id).padStart(3, '0')}@shop.example`,
		title: isManager ? 'Head' : random.pick(['Clerk', 'Fitter', 'Buyer', 'Packer', 'Engineer']),
		salary_cents: random.chance(0.1) ? null : random.integer(28_000, 96_000) * 100,
		hired_on: pickDay(random, '2009-01-01', '2025-02-01'),
		photo: random.chance(0.4) ? drawPicture(random) : null,
	} satisfies Row;
}

/** An employee who is there before and after on both sides. */
export function pickEmployee(random: Random): number {
	return random.integer(departmentCount + 1, employeeCount - loners.employees);
}
