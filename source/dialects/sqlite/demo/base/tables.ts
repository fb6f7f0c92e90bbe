/*
The ancestor's tables. Between them they use what SQLite offers: rowid and
WITHOUT ROWID, STRICT and loose, single and composite keys, a key of bytes, a key
that ignores case, a unique index in a key's place, and no key at all.
*/

const companyTables = `
CREATE TABLE countries (
	code TEXT PRIMARY KEY NOT NULL CHECK (length(code) = 2),
	name TEXT NOT NULL,
	native_name TEXT NOT NULL,
	flag TEXT NOT NULL,
	currency TEXT NOT NULL,
	vat_rate REAL NOT NULL
) WITHOUT ROWID;

CREATE TABLE departments (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	parent_id INTEGER REFERENCES departments (id),
	manager_id INTEGER REFERENCES employees (id) DEFERRABLE INITIALLY DEFERRED,
	budget REAL
);

CREATE TABLE employees (
	id INTEGER PRIMARY KEY,
	department_id INTEGER NOT NULL REFERENCES departments (id),
	reports_to INTEGER REFERENCES employees (id),
	name TEXT NOT NULL,
	email TEXT NOT NULL COLLATE NOCASE UNIQUE,
	title TEXT NOT NULL,
	salary_cents INTEGER,
	hired_on TEXT NOT NULL,
	photo BLOB
);

CREATE TABLE warehouses (
	code TEXT PRIMARY KEY NOT NULL,
	name TEXT NOT NULL,
	country_code TEXT NOT NULL REFERENCES countries (code),
	latitude REAL,
	longitude REAL,
	is_open INTEGER NOT NULL DEFAULT 1 CHECK (is_open IN (0, 1))
) STRICT;
`;

const customerTables = `
CREATE TABLE customers (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	email TEXT NOT NULL COLLATE NOCASE UNIQUE,
	given_name TEXT NOT NULL,
	family_name TEXT,
	full_name TEXT GENERATED ALWAYS AS (given_name || coalesce(' ' || family_name, '')) VIRTUAL,
	country_code TEXT NOT NULL REFERENCES countries (code) ON UPDATE CASCADE,
	account_ref INTEGER NOT NULL UNIQUE,
	born_on TEXT,
	loyalty_points INTEGER NOT NULL DEFAULT 0 CHECK (loyalty_points >= 0),
	credit_limit REAL,
	fax TEXT,
	note TEXT,
	created_at TEXT NOT NULL
);

CREATE TABLE addresses (
	customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
	kind TEXT NOT NULL CHECK (kind IN ('billing', 'shipping')),
	street TEXT NOT NULL,
	postcode TEXT,
	city TEXT NOT NULL,
	country_code TEXT NOT NULL REFERENCES countries (code),
	PRIMARY KEY (customer_id, kind)
) WITHOUT ROWID;
`;

const catalogueTables = `
CREATE TABLE categories (
	id INTEGER PRIMARY KEY,
	parent_id INTEGER REFERENCES categories (id) ON DELETE RESTRICT,
	name TEXT NOT NULL,
	slug TEXT NOT NULL COLLATE NOCASE UNIQUE,
	position INTEGER NOT NULL
);

CREATE TABLE products (
	id INTEGER PRIMARY KEY,
	sku TEXT NOT NULL COLLATE NOCASE UNIQUE,
	category_id INTEGER NOT NULL REFERENCES categories (id),
	name TEXT NOT NULL,
	summary TEXT,
	description TEXT,
	attributes TEXT CHECK (attributes IS NULL OR json_valid(attributes)),
	price_cents INTEGER NOT NULL CHECK (price_cents >= 0),
	cost_cents INTEGER,
	margin_cents INTEGER GENERATED ALWAYS AS (price_cents - cost_cents) VIRTUAL,
	weight_kg REAL,
	status TEXT DEFAULT 'active',
	image BLOB,
	updated_at TEXT NOT NULL
);

CREATE TABLE price_lists (
	product_id INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
	currency TEXT NOT NULL,
	valid_from TEXT NOT NULL,
	price REAL NOT NULL,
	PRIMARY KEY (product_id, currency, valid_from)
);

CREATE TABLE stock (
	product_id INTEGER NOT NULL REFERENCES products (id),
	warehouse_code TEXT NOT NULL REFERENCES warehouses (code),
	quantity INTEGER NOT NULL,
	reserved INTEGER NOT NULL DEFAULT 0,
	available INTEGER GENERATED ALWAYS AS (quantity - reserved) STORED,
	counted_at TEXT,
	PRIMARY KEY (product_id, warehouse_code)
) WITHOUT ROWID;
`;

const orderTables = `
CREATE TABLE orders (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	number TEXT NOT NULL UNIQUE,
	customer_id INTEGER NOT NULL REFERENCES customers (id),
	status TEXT NOT NULL DEFAULT 'new'
		CHECK (status IN ('new', 'paid', 'packed', 'sent', 'done', 'cancelled')),
	channel TEXT NOT NULL DEFAULT 'web',
	handled_by INTEGER REFERENCES employees (id),
	total_cents INTEGER NOT NULL,
	comment TEXT,
	ordered_at TEXT NOT NULL,
	ordered_on TEXT GENERATED ALWAYS AS (substr(ordered_at, 1, 10)) VIRTUAL
);

CREATE TABLE order_items (
	order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
	line_no INTEGER NOT NULL,
	product_id INTEGER NOT NULL REFERENCES products (id),
	quantity INTEGER NOT NULL CHECK (quantity > 0),
	unit_price_cents INTEGER NOT NULL,
	line_total_cents INTEGER GENERATED ALWAYS AS (quantity * unit_price_cents) STORED,
	PRIMARY KEY (order_id, line_no)
);

CREATE TABLE payments (
	id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
	order_id INTEGER NOT NULL REFERENCES orders (id),
	method TEXT NOT NULL,
	amount_cents INTEGER NOT NULL,
	fee REAL NOT NULL,
	provider_ref INTEGER NOT NULL,
	receipt ANY,
	paid_at TEXT NOT NULL
) STRICT;

CREATE TABLE returns (
	id INTEGER PRIMARY KEY,
	order_id INTEGER NOT NULL,
	line_no INTEGER NOT NULL,
	reason TEXT,
	refund_cents INTEGER NOT NULL DEFAULT 0,
	returned_on TEXT NOT NULL,
	FOREIGN KEY (order_id, line_no) REFERENCES order_items (order_id, line_no)
);
`;

const serviceTables = `
CREATE TABLE reviews (
	id INTEGER PRIMARY KEY,
	product_id INTEGER NOT NULL REFERENCES products (id),
	customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
	rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 5),
	title TEXT,
	body TEXT,
	written_at TEXT NOT NULL,
	UNIQUE (product_id, customer_id)
);

CREATE TABLE service_tickets (
	id INTEGER PRIMARY KEY,
	customer_id INTEGER NOT NULL REFERENCES customers (id),
	product_id INTEGER REFERENCES products (id),
	assigned_to INTEGER REFERENCES employees (id),
	priority TEXT NOT NULL DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high')),
	symptom TEXT NOT NULL,
	history TEXT,
	cost_estimate REAL,
	opened_at TEXT NOT NULL,
	closed_at TEXT
);

CREATE TABLE page_views (
	seen_at TEXT NOT NULL,
	path TEXT NOT NULL,
	session BLOB,
	milliseconds INTEGER
);
`;

const referenceTables = `
CREATE TABLE translations (
	locale TEXT NOT NULL,
	key TEXT NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (locale, key)
) WITHOUT ROWID;

CREATE TABLE settings (
	name TEXT PRIMARY KEY NOT NULL,
	value,
	remark TEXT
);

CREATE TABLE exchange_rates (
	currency TEXT NOT NULL,
	day TEXT NOT NULL,
	rate REAL NOT NULL,
	UNIQUE (currency, day)
);

CREATE TABLE gift_cards (
	code TEXT PRIMARY KEY NOT NULL COLLATE NOCASE,
	balance_cents INTEGER NOT NULL,
	issued_on TEXT NOT NULL,
	used_at TEXT
);

CREATE TABLE gift_card_log (
	code TEXT,
	old_cents INTEGER,
	new_cents INTEGER,
	logged_at TEXT
);

CREATE TABLE newsletter_2019 (
	email TEXT PRIMARY KEY NOT NULL,
	subscribed_on TEXT
);
`;

export const baseTables = [
	companyTables,
	customerTables,
	catalogueTables,
	orderTables,
	serviceTables,
	referenceTables,
].join('');
