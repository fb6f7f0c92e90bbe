import assert from 'node:assert/strict';
import {test} from 'node:test';
import {migrate} from '../../../../source/dialects/mysql/ddl/migrate.ts';
import {compareSchemas} from '../../../../source/engine/compare-schema.ts';
import {phases} from '../../../../source/model/plan.ts';
import {servers} from '../../../servers/servers.ts';
import {readDatabase, rules, runAll} from '../fixture.ts';

/** What MySQL of 2014 has: no generated columns, checks, expressions or hidden columns. */
const whole = `
	create table p (id int unsigned not null auto_increment primary key, c varchar(20) not null default 'it''s', d decimal(10,2) unsigned zerofill default 0, t timestamp not null default current_timestamp on update current_timestamp, dt datetime(3) default current_timestamp(3), b bit(3) default b'101', e enum('a','b') default 'a', vb varbinary(4) default 'ab', x text, unique key cu (c(5)), fulltext key ft (x), key k (d) comment 'k') engine=InnoDB comment='it''s' character set utf8;
	create table ch (id int primary key, pid int unsigned, constraint f foreign key (pid) references p (id) on delete cascade);
	create view v as select p.id, upper(p.c) u from p join ch on ch.pid = p.id;
	create trigger tr before insert on ch for each row set new.id = new.id;
	create function fn(x int) returns varchar(5) deterministic return concat(x,'!');
	create procedure pr(inout a int) begin set a = 1; end;
	create event ev on schedule every 1 day starts '2030-01-01' do delete from ch;
	create table pt (id int not null, d date not null, primary key (id, d)) partition by range (to_days(d)) (partition p0 values less than (730000), partition p1 values less than maxvalue)`;
const other = `
	create table p (id int unsigned not null auto_increment primary key, c varchar(30) character set latin1 null, d decimal(12,2) unsigned zerofill default 1, t timestamp null, dt datetime(3) default null, n int not null, e enum('a','b','c') default 'a', vb varbinary(4) default 'ab', x text, key cu (c(6)), key k2 (d)) engine=InnoDB row_format=dynamic character set utf8;
	create table ch (id int primary key, pid int unsigned, pid2 int unsigned, foreign key (pid2) references p (id));
	create view v as select p.id from p;
	create function fn(x int) returns varchar(5) deterministic return concat(x,'?');
	create table pt (id int not null, d date not null, primary key (id, d))`;

const pairs = {
	'one of everything and its copy': [whole, whole],
	'nothing and one of everything': ['', whole],
	'two that differ in all of it': [whole, other],
	'the same two the other way round': [other, whole],
	'one of everything and nothing': [whole, ''],
} as const;

for (const [title, [prodSql, devSql]] of Object.entries(pairs)) {
	test(`an old MySQL: ${title}`, async (context) => {
		const server = await servers.mysql();
		const [prod, dev] = [
			await server.createDatabase(context),
			await server.createDatabase(context),
		];
		if (prodSql !== '') await prod.query(prodSql);
		if (devSql !== '') await dev.query(devSql);
		const [before, target] = [await readDatabase(prod), await readDatabase(dev)];
		const changes = compareSchemas(before, target, rules);
		assert.equal(changes.length === 0, prodSql === devSql);

		const statements = migrate(changes, before, target).sort(
			(a, b) => phases.indexOf(a.phase) - phases.indexOf(b.phase),
		);
		const mode = `SET SESSION sql_mode = 'STRICT_ALL_TABLES'`;
		await runAll(prod, [mode, ...statements.map(({sql}) => sql)]);
		assert.deepEqual(compareSchemas(await readDatabase(prod), target, rules), []);
	});
}
