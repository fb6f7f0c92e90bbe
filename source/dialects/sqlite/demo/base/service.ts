import type {Database} from 'better-sqlite3';
import {pickMoment} from '../calendar.ts';
import {createInserter, type Row} from '../edit-rows.ts';
import type {Random} from '../random.ts';
import type {Sizes} from '../sizes.ts';
import {pagePaths, symptoms} from '../words/catalogue.ts';
import {languages} from '../words/languages.ts';
import {awkwardTexts} from '../words/odd-values.ts';
import {pickEmployee} from './company.ts';
import {findMarket, type Market} from './orders.ts';

const everyLanguage = Object.values(languages);

/** Reviews, repairs, and the web server's log, which has no key and holds some lines twice. */
export function fillService(database: Database, random: Random, sizes: Sizes): void {
	const market = findMarket(sizes);
	const addReview = createInserter(database, 'reviews');
	for (let id = 1; id <= sizes.reviews; id++) {
		addReview(makeReview(random, id, findReviewer(id), market));
	}

	const addTicket = createInserter(database, 'service_tickets');
	for (let id = 1; id <= sizes.tickets; id++) addTicket(makeTicket(random, id, market));

	const addView = createInserter(database, 'page_views');
	for (let count = 0; count < sizes.pageViews; count++) {
		const view = makePageView(random);
		addView(view);
		if (random.chance(0.02)) {
			addView(view);
			count++;
		}
	}
}

/**
Who wrote a review: someone else each time, because a customer may review a
product only once. The base's reviewers have odd ids; the new ones on each side
share out the even ones.
*/
function findReviewer(id: number): number {
	return id * 2 - 1;
}

export function makeReview(random: Random, id: number, customerId: number, market: Market) {
	const language = random.pick(everyLanguage);
	const isPleased = random.chance(0.8);
	const text = isPleased ? random.pick(language.praise) : language.complaint;
	return {
		id,
		product_id: random.integer(1, market.products),
		customer_id: customerId,
		rating: isPleased ? random.integer(4, 5) : random.integer(1, 2),
		title: random.chance(0.7) ? null : random.chance(0.2) ? random.pick(awkwardTexts) : '★★★★★',
		body: random.chance(0.04) ? null : text,
		written_at: pickMoment(random, '2023-01-01', '2025-02-28'),
	} satisfies Row;
}

export function makeTicket(random: Random, id: number, market: Market) {
	const opened = pickMoment(random, '2024-01-01', '2025-02-28');
	return {
		id,
		customer_id: random.integer(1, market.customers),
		product_id: random.chance(0.2) ? null : random.integer(1, market.products),
		assigned_to: random.chance(0.3) ? null : pickEmployee(random),
		priority: random.pick(['low', 'normal', 'normal', 'high']),
		symptom: random.pick(symptoms),
		history: makeHistory(random, opened),
		cost_estimate: random.chance(0.4) ? null : random.integer(1, 900) / 3,
		opened_at: opened,
		closed_at: random.chance(0.5) ? null : opened.replace(/ .*/, ' 23:59:59'),
	} satisfies Row;
}

/** What was done when, a line each with tabs between the fields. */
function makeHistory(random: Random, opened: string): string | null {
	const steps = random.chance(0.05) ? 60 : random.integer(0, 3);
	if (steps === 0) return null;
	const lines = Array.from(
		{length: steps},
		(_, step) =>
			`${opened}\t#${step + 1}\t${random.pick(symptoms)} – ${random.pick(everyLanguage).complaint}`,
	);
	return lines.join(random.chance(0.2) ? '\r\n' : '\n');
}

export function makePageView(random: Random) {
	return {
		seen_at: pickMoment(random, '2025-02-01', '2025-02-28'),
		path: random.pick(pagePaths),
		session: random.chance(0.2) ? null : random.bytes(4),
		milliseconds: random.chance(0.05) ? null : random.integer(2, 3000),
	} satisfies Row;
}
