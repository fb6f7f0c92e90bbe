import {findMarket} from '../base/orders.ts';
import {makePageView, makeReview, makeTicket} from '../base/service.ts';
import {pickRecentMoment} from '../calendar.ts';
import {changeRow, insertRow, readCell, removeRow, type Sides} from '../edit-rows.ts';
import {createDeck, type Random} from '../random.ts';
import type {Sizes} from '../sizes.ts';

export function driftService(sides: Sides, random: Random, sizes: Sizes): void {
	driftReviews(sides, random, sizes);
	driftTickets(sides, random, sizes);
	driftPageViews(sides, random);
}

function driftReviews({prod, dev}: Sides, random: Random, sizes: Sizes): void {
	const market = findMarket(sizes);
	// The base's reviewers have odd ids; dev takes every fourth, prod those between.
	for (let count = 1; count <= 12; count++) {
		const review = makeReview(random, sizes.reviews + 80_000 + count, count * 4, market);
		insertRow(dev, 'reviews', {...review, written_at: pickRecentMoment(random)});
	}
	for (let count = 1; count <= 15; count++) {
		const review = makeReview(random, sizes.reviews + count, count * 4 - 2, market);
		insertRow(prod, 'reviews', {...review, written_at: pickRecentMoment(random)});
	}
	const deck = createDeck(random, 1, sizes.reviews);
	for (const id of deck.deal(6))
		changeRow(dev, 'reviews', {id}, {body: '[hidden by the moderator]'});
	for (const id of deck.deal(5)) changeRow(prod, 'reviews', {id}, {rating: 3, title: null});
	for (const id of deck.deal(3)) {
		changeRow(prod, 'reviews', {id}, {body: 'cafe\u0301 au lait au sommet ☕'});
		changeRow(dev, 'reviews', {id}, {body: 'caf\u00e9 au lait au sommet ☕'});
	}
	for (const id of deck.deal(4)) removeRow(dev, 'reviews', {id});
	for (const id of deck.deal(2)) removeRow(prod, 'reviews', {id});
}

function driftTickets({prod, dev}: Sides, random: Random, sizes: Sizes): void {
	const market = findMarket(sizes);
	for (let count = 1; count <= 8; count++) {
		const ticket = makeTicket(random, sizes.tickets + count, market);
		const escalated = count === 1 ? '2025-04-02 07:00:00' : null;
		insertRow(prod, 'service_tickets', {...ticket, closed_at: null, escalated_at: escalated});
	}
	for (let count = 1; count <= 5; count++) {
		insertRow(dev, 'service_tickets', makeTicket(random, sizes.tickets + 70_000 + count, market));
	}
	const deck = createDeck(random, 1, sizes.tickets);
	for (const id of deck.deal(6)) {
		changeRow(prod, 'service_tickets', {id}, {closed_at: pickRecentMoment(random)});
	}
	for (const id of deck.deal(4))
		changeRow(dev, 'service_tickets', {id}, {assigned_to: null, priority: 'low'});
	for (const id of deck.deal(3)) {
		const history = String(readCell(prod, 'service_tickets', {id}, 'history') ?? '');
		changeRow(prod, 'service_tickets', {id}, {history: `${history}\n2025-04-01\t#99\tsent back`});
		changeRow(dev, 'service_tickets', {id}, {cost_estimate: 1 / 3});
	}
	for (const id of deck.deal(2)) {
		changeRow(
			prod,
			'service_tickets',
			{id},
			{priority: 'high', escalated_at: '2025-04-02 07:00:00'},
		);
		changeRow(dev, 'service_tickets', {id}, {priority: 'low', cost_estimate: null});
	}
}

function driftPageViews({prod, dev}: Sides, random: Random): void {
	for (let count = 0; count < 60; count++) {
		const view = {...makePageView(random), seen_at: pickRecentMoment(random)};
		insertRow(prod, 'page_views', view);
		// A line that is there twice on one side differs by a count.
		if (count % 10 === 0) insertRow(prod, 'page_views', view);
	}
	for (let count = 0; count < 25; count++) {
		const view = {...makePageView(random), path: '/test?suite=nightly'};
		for (let copy = 0; copy < 1 + (count % 2); copy++) insertRow(dev, 'page_views', view);
	}
	dev.exec(
		'DELETE FROM page_views WHERE rowid IN (SELECT rowid FROM page_views ORDER BY rowid LIMIT 10)',
	);
}
