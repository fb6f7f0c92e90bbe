/** Raised when the tables below change shape; a store of another version is refused by name. */
export const storeVersion = 2;

/**
The tables of a run. Everything that one segment found is written in one transaction with
the cursor of its lane, so a killed process loses at most the segment under way.
*/
export const storeSchema = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE schema_change (
	position INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	change TEXT NOT NULL,
	chosen INTEGER NOT NULL,
	allowed INTEGER NOT NULL
);

CREATE TABLE scan_table (
	number INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	layout TEXT,
	status TEXT NOT NULL,
	reason TEXT NOT NULL,
	prod_total INTEGER,
	dev_total INTEGER
);

CREATE TABLE lane (
	table_number INTEGER NOT NULL,
	lane INTEGER NOT NULL,
	keyed INTEGER NOT NULL,
	after TEXT,
	up_to TEXT,
	cursor TEXT,
	done INTEGER NOT NULL DEFAULT 0,
	found INTEGER NOT NULL DEFAULT 0,
	counts TEXT NOT NULL DEFAULT '{}',
	prod_rows INTEGER NOT NULL DEFAULT 0,
	dev_rows INTEGER NOT NULL DEFAULT 0,
	version TEXT,
	PRIMARY KEY (table_number, lane)
) WITHOUT ROWID;

CREATE TABLE row_change (
	id INTEGER PRIMARY KEY,
	state TEXT NOT NULL,
	key TEXT NOT NULL,
	prod TEXT,
	dev TEXT,
	base TEXT,
	prod_digest BLOB,
	dev_digest BLOB,
	copies INTEGER NOT NULL
);

CREATE TABLE decision (
	number INTEGER PRIMARY KEY,
	time TEXT NOT NULL,
	summary TEXT NOT NULL,
	undone INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE resolution (
	row_id INTEGER PRIMARY KEY,
	take TEXT NOT NULL,
	cells TEXT,
	level TEXT NOT NULL,
	by TEXT NOT NULL
);

CREATE TABLE resolution_step (
	decision INTEGER NOT NULL,
	row_id INTEGER NOT NULL,
	before TEXT,
	after TEXT,
	PRIMARY KEY (decision, row_id)
) WITHOUT ROWID;

CREATE TABLE statement (
	number INTEGER PRIMARY KEY,
	table_name TEXT NOT NULL,
	allowed INTEGER NOT NULL,
	lines INTEGER NOT NULL,
	body TEXT NOT NULL
);

CREATE TABLE journal (
	number INTEGER PRIMARY KEY,
	time TEXT NOT NULL,
	event TEXT NOT NULL,
	details TEXT NOT NULL
);
`;
