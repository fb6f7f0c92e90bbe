import type {Database} from 'better-sqlite3';
import {createRandom} from '../random.ts';
import type {Sizes} from '../sizes.ts';
import {fillCatalogue} from './catalogue.ts';
import {fillCompany} from './company.ts';
import {fillCustomers} from './customers.ts';
import {baseIndexes, baseSearch, baseTriggers, baseViews} from './objects.ts';
import {fillOrders} from './orders.ts';
import {fillReference} from './reference.ts';
import {fillService} from './service.ts';
import {baseTables} from './tables.ts';

/** Makes the ancestor: tables and rows first, then everything that hangs on them. */
export function fillBase(base: Database, seed: number, sizes: Sizes): void {
	base.exec(baseTables);
	fillCompany(base, createRandom(seed, 'company'));
	fillCustomers(base, createRandom(seed, 'customers'), sizes);
	fillCatalogue(base, createRandom(seed, 'catalogue'), sizes);
	fillOrders(base, createRandom(seed, 'orders'), sizes);
	fillService(base, createRandom(seed, 'service'), sizes);
	fillReference(base, createRandom(seed, 'reference'));
	base.exec(baseIndexes + baseViews + baseSearch + baseTriggers);
}
