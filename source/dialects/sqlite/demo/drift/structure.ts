import type {Database} from 'better-sqlite3';
import {rebuildTable} from './rebuild-table.ts';

/*
How the structures part. Every table whose rules became stricter or wider in dev
still admits all of prod's rows, its new ones included: the demo's plan works.
*/

const devObjects = `
-- Columns: a value of its own for some, a nullable one, one given up.
ALTER TABLE customers ADD COLUMN locale TEXT NOT NULL DEFAULT 'en';
ALTER TABLE categories ADD COLUMN icon TEXT;
ALTER TABLE orders ADD COLUMN gift_message TEXT;
ALTER TABLE customers DROP COLUMN fax;

-- Tables: two new ones, one cleared away.
CREATE TABLE loyalty_tiers (
	name TEXT PRIMARY KEY NOT NULL,
	from_points INTEGER NOT NULL UNIQUE,
	discount REAL NOT NULL CHECK (discount BETWEEN 0 AND 1),
	badge TEXT
) STRICT;
CREATE TABLE shipments (
	id INTEGER PRIMARY KEY,
	order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
	warehouse_code TEXT NOT NULL REFERENCES warehouses (code),
	carrier TEXT NOT NULL,
	tracking_code TEXT UNIQUE,
	sent_at TEXT NOT NULL
);
CREATE INDEX shipments_by_order ON shipments (order_id);
DROP TABLE newsletter_2019;

-- Indexes: new (with DESC), dropped, and changed in their WHERE, expression and direction.
CREATE INDEX orders_by_customer ON orders (customer_id, ordered_at DESC);
DROP INDEX customers_by_birthday;
DROP INDEX orders_open;
CREATE INDEX orders_open ON orders (status, ordered_at) WHERE status IN ('new', 'paid', 'packed');
DROP INDEX customers_by_name;
CREATE INDEX customers_by_name ON customers (lower(family_name), lower(given_name));
DROP INDEX price_lists_by_day;
CREATE INDEX price_lists_by_day ON price_lists (valid_from DESC);

-- Views: one changed, one new.
DROP VIEW product_sales;
CREATE VIEW product_sales AS
	SELECT p.sku, p.name, sum(i.quantity) AS sold, sum(i.line_total_cents) AS revenue_cents,
		count(DISTINCT i.order_id) AS orders
	FROM products AS p
	JOIN order_items AS i ON i.product_id = p.id
	JOIN orders AS o ON o.id = i.order_id
	WHERE o.status <> 'cancelled'
	GROUP BY p.id;
CREATE VIEW loyal_customers AS
	SELECT c.id, c.full_name, c.locale, max(t.from_points) AS tier
	FROM customers AS c
	JOIN loyalty_tiers AS t ON t.from_points <= c.loyalty_points
	GROUP BY c.id;

-- Triggers: one changed, one new. The new one lets pass whatever a plan inserts.
DROP TRIGGER gift_cards_log;
CREATE TRIGGER gift_cards_log AFTER UPDATE OF balance_cents ON gift_cards
WHEN new.balance_cents <> old.balance_cents BEGIN
	INSERT INTO gift_card_log (code, old_cents, new_cents, logged_at)
	VALUES (new.code, old.balance_cents, new.balance_cents, new.used_at);
END;
CREATE TRIGGER reviews_refuse_blank BEFORE INSERT ON reviews WHEN trim(new.body) = '' BEGIN
	SELECT raise(ABORT, 'a review says something or nothing (NULL)');
END;
`;

/** Development went on for six weeks. */
export function changeDevStructure(dev: Database): void {
	dev.exec(devObjects);
	rebuildTable(dev, 'addresses', [
		["('billing', 'shipping')", "('billing', 'shipping', 'pickup')"],
	]);
	rebuildTable(dev, 'products', [
		["status TEXT DEFAULT 'active'", "status TEXT NOT NULL DEFAULT 'draft'"],
	]);
	rebuildTable(dev, 'service_tickets', [
		[
			'assigned_to INTEGER REFERENCES employees (id)',
			'assigned_to INTEGER REFERENCES employees (id) ON DELETE SET NULL',
		],
	]);
}

/** Production got a hotfix at night that nobody carried back. */
export function changeProdStructure(prod: Database): void {
	prod.exec(`
		CREATE INDEX hotfix_items_by_product ON order_items (product_id);
		ALTER TABLE service_tickets ADD COLUMN escalated_at TEXT;
	`);
}
