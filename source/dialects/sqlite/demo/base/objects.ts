/*
What the ancestor has beside tables. It is made after the rows: an index that is
built once is cheaper than one that grows, and no trigger fires meanwhile.

Prod's triggers fire while a plan is applied, and the plan then reads its rows
back. So none of them may write a cell that a plan can hold: the search index is
a virtual table, which is not compared, and the gift cards are the same on both
sides, so that their log stays as it is.
*/

export const baseIndexes = `
CREATE INDEX customers_by_name ON customers (lower(family_name));
CREATE INDEX customers_by_birthday ON customers (born_on);
CREATE INDEX categories_by_name ON categories (name COLLATE NOCASE, id);
CREATE INDEX price_lists_by_day ON price_lists (valid_from);
CREATE INDEX orders_open ON orders (status, ordered_at) WHERE status IN ('new', 'paid');
CREATE INDEX payments_by_order ON payments (order_id);
CREATE UNIQUE INDEX countries_by_flag ON countries (flag);
`;

export const baseViews = `
CREATE VIEW open_orders AS
	SELECT o.id, o.number, c.full_name, o.status, o.total_cents / 100.0 AS total
	FROM orders AS o
	JOIN customers AS c ON c.id = o.customer_id
	WHERE o.status IN ('new', 'paid', 'packed');

CREATE VIEW product_sales AS
	SELECT p.sku, p.name, sum(i.quantity) AS sold, sum(i.line_total_cents) AS revenue_cents
	FROM products AS p
	JOIN order_items AS i ON i.product_id = p.id
	GROUP BY p.id;
`;

export const baseSearch = `
CREATE VIRTUAL TABLE product_search USING fts5 (name, summary, tokenize = 'unicode61');
INSERT INTO product_search (rowid, name, summary) SELECT id, name, summary FROM products;
`;

export const baseTriggers = `
CREATE TRIGGER products_search_insert AFTER INSERT ON products BEGIN
	INSERT INTO product_search (rowid, name, summary) VALUES (new.id, new.name, new.summary);
END;

CREATE TRIGGER products_search_update AFTER UPDATE OF name, summary ON products BEGIN
	UPDATE product_search SET name = new.name, summary = new.summary WHERE rowid = new.id;
END;

CREATE TRIGGER products_search_delete AFTER DELETE ON products BEGIN
	DELETE FROM product_search WHERE rowid = old.id;
END;

CREATE TRIGGER gift_cards_log AFTER UPDATE OF balance_cents ON gift_cards BEGIN
	INSERT INTO gift_card_log (code, old_cents, new_cents, logged_at)
	VALUES (new.code, old.balance_cents, new.balance_cents, new.used_at);
END;
`;
