/** One of every kind of object, with rows in the tables. */
export const everyKind = `
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
COMMENT ON TYPE mood IS 'how it is';
CREATE DOMAIN positive AS integer DEFAULT 1 CHECK (VALUE > 0);
CREATE TYPE pair AS (a integer, b text COLLATE "C");
CREATE TYPE float_span AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE SEQUENCE counter INCREMENT BY 5 START 10;
CREATE FUNCTION twice(x integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT x * 2 $$;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN new.updated := now(); RETURN new; END $$;
CREATE PROCEDURE nothing(a integer, b text) LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;
CREATE TABLE parent (
	id bigint GENERATED ALWAYS AS IDENTITY (INCREMENT BY 2) PRIMARY KEY,
	name varchar(40) NOT NULL UNIQUE,
	code text COLLATE "C"
);
CREATE TABLE "Child" (
	id serial PRIMARY KEY,
	parent_id bigint REFERENCES parent ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
	m mood DEFAULT 'ok',
	p positive,
	pr pair,
	n numeric(10, 2) DEFAULT 0 CHECK (n >= 0),
	twice_n integer GENERATED ALWAYS AS (twice(3)) STORED,
	cnt integer DEFAULT nextval('counter'),
	updated timestamptz(3) DEFAULT now(),
	tags text[] DEFAULT '{}',
	j jsonb,
	r int4range,
	d date DEFAULT '2020-01-01',
	CONSTRAINT lots CHECK (cnt > 0 AND n < 100),
	EXCLUDE USING gist (r WITH &&)
);
ALTER TABLE "Child" ADD CONSTRAINT later CHECK (cnt < 1000000) NOT VALID;
COMMENT ON TABLE "Child" IS 'it''s a child';
COMMENT ON COLUMN "Child".m IS 'mood';
COMMENT ON CONSTRAINT lots ON "Child" IS 'not too many';
CREATE INDEX child_low ON "Child" (lower(j ->> 'a') DESC NULLS LAST, n) INCLUDE (d) WHERE n > 0;
CREATE UNIQUE INDEX ON "Child" (d, id);
CREATE INDEX ON "Child" USING gin (tags);
CREATE INDEX ops ON parent (code text_pattern_ops, name COLLATE "POSIX");
CREATE TRIGGER touched BEFORE UPDATE ON "Child" FOR EACH ROW WHEN (old.n IS DISTINCT FROM new.n) EXECUTE FUNCTION touch();
CREATE VIEW v1 AS SELECT id, m, n FROM "Child" WHERE n > 0;
CREATE VIEW v2 WITH (security_barrier) AS SELECT count(*) AS c FROM v1;
COMMENT ON VIEW v2 IS 'second';
CREATE MATERIALIZED VIEW mv AS SELECT m, count(*) AS c FROM "Child" GROUP BY m;
CREATE UNIQUE INDEX mv_m ON mv (m);
CREATE TABLE part (id integer, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE part_a PARTITION OF part FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE part_b PARTITION OF part FOR VALUES FROM ('2021-01-01') TO ('2022-01-01') PARTITION BY LIST (id);
CREATE TABLE part_b1 PARTITION OF part_b DEFAULT;
CREATE INDEX part_at ON part (at);
INSERT INTO part VALUES (1, '2020-05-05'), (2, '2021-05-05');
CREATE UNLOGGED TABLE notes (a integer) WITH (fillfactor = 50);
CREATE TABLE more_notes (extra integer) INHERITS (notes);
ALTER TABLE parent ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON parent FOR SELECT USING (id > 0);
CREATE RULE hold AS ON DELETE TO notes DO INSTEAD NOTHING;
CREATE STATISTICS told (dependencies) ON id, parent_id FROM "Child";
CREATE AGGREGATE total(integer) (sfunc = int4pl, stype = integer);
GRANT SELECT ON parent TO PUBLIC;
INSERT INTO parent (name) VALUES ('one'), ('two');
INSERT INTO "Child" (parent_id, n, r, p) VALUES (1, 3, '[1,2)', 5), (3, 4, '[2,3)', NULL);
`;
