import type {Database} from 'better-sqlite3';
import {warehouses} from '../base/company.ts';
import {pickRecentMoment} from '../calendar.ts';
import {createInserter} from '../edit-rows.ts';
import {createDeck, type Random} from '../random.ts';
import {loners, type Sizes} from '../sizes.ts';

/** The rows of the two tables that only dev has. */
export function fillNewTables(dev: Database, random: Random, sizes: Sizes): void {
	const addTier = createInserter(dev, 'loyalty_tiers');
	addTier({name: 'Пешеход', from_points: 0, discount: 0, badge: null});
	addTier({name: 'Wanderer', from_points: 500, discount: 0.02, badge: '🥉'});
	addTier({name: 'Bergsteiger', from_points: 2500, discount: 0.05, badge: '🥈'});
	addTier({name: 'शेर्पा', from_points: 8000, discount: 0.1, badge: '🥇'});

	const addShipment = createInserter(dev, 'shipments');
	const deck = createDeck(random, 1, sizes.orders - loners.orders);
	for (const [index, orderId] of deck.deal(200).entries()) {
		addShipment({
			id: index + 1,
			order_id: orderId,
			warehouse_code: random.chance(0.1) ? 'BKK' : random.pick(warehouses).code,
			carrier: random.pick(['DHL', 'Почта', 'ヤマト', 'Correos']),
			tracking_code: random.chance(0.1) ? null : `1Z${random.bytes(6).toString('hex')}`,
			sent_at: pickRecentMoment(random),
		});
	}
}
