import type {Sides} from '../edit-rows.ts';
import {createRandom} from '../random.ts';
import type {Sizes} from '../sizes.ts';
import {driftCatalogue} from './catalogue.ts';
import {driftCompany} from './company.ts';
import {driftCustomers} from './customers.ts';
import {fillNewTables} from './new-tables.ts';
import {driftOrders} from './orders.ts';
import {driftReference} from './reference.ts';
import {driftService} from './service.ts';
import {changeDevStructure, changeProdStructure} from './structure.ts';

/**
Six weeks pass on both sides of the split.

Whatever is chosen row by row must still be possible: a row that one side deletes is one
that no row of the other refers to, and new rows never share a unique value, except for
the keys that both sides gave out (customers, orders, their lines, a setting).
*/
export function driftApart(sides: Sides, seed: number, sizes: Sizes): void {
	changeProdStructure(sides.prod);
	changeDevStructure(sides.dev);
	driftCompany(sides, createRandom(seed, 'company drift'));
	driftCustomers(sides, createRandom(seed, 'customers drift'), sizes);
	driftCatalogue(sides, createRandom(seed, 'catalogue drift'), sizes);
	driftOrders(sides, createRandom(seed, 'orders drift'), sizes);
	driftService(sides, createRandom(seed, 'service drift'), sizes);
	driftReference(sides, createRandom(seed, 'reference drift'));
	fillNewTables(sides.dev, createRandom(seed, 'new tables'), sizes);
}
