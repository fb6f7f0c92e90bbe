/** Of everything that MariaDB has one, each with what it may be told. */
export const everyKind = `
create table parent (id int unsigned not null auto_increment primary key, code varchar(20) character set latin1 not null, name varchar(40) collate utf8mb4_bin default 'it''s', unique key code_u (code), note text default ('x'), b bit(3) default b'101', e enum('a','b''c') default 'a', s set('x','y'), d decimal(10,2) unsigned zerofill default 0, dt datetime(3) default current_timestamp(3) on update current_timestamp(3), ts timestamp null default null, y year default 2020, j json default '{}', u uuid default uuid(), i6 inet6, bl blob, vb varbinary(10) default 'ab', ch char(3), g int generated always as (id*2) virtual, gs varchar(80) generated always as (concat(code,'-',name)) stored, inv int invisible default 5, pt point, \`we\`\`ird\` int comment 'a ''q'' \\\\ c', dbl double(10,3), fl float default 1.5, nn varchar(3) not null default '', tn tinyint(1) default null, constraint chk1 check (d >= 0), check (inv between 1 and 10), index pre (name(5), code desc), fulltext ft (name), key ign (ch) ignored comment 'ic', key h using hash (ch)) engine=InnoDB comment='tab' row_format=dynamic auto_increment=7;
alter table parent modify pt point not null, add spatial index sp (pt);
create table child (a int, b int, pid int unsigned, pcode varchar(20) charset latin1, primary key (a,b), constraint fk1 foreign key (pid) references parent (id) on delete set null on update cascade, foreign key (pcode) references parent(code)) stats_persistent=1;
create table parts (id int not null, d date not null, primary key (id,d)) partition by range (year(d)) subpartition by hash(id) subpartitions 2 (partition p0 values less than (2000) comment 'old', partition p1 values less than maxvalue);
create table lp (id int, c varchar(3)) partition by list columns(c) (partition a values in ('x','y'), partition bb values in (null,'z'));
create table kp (id int primary key) partition by key() partitions 3;
create sequence sq start with 5 increment by 2 minvalue 1 maxvalue 1000 cache 10 cycle;
create view v1 as select p.id, c.a, upper(name) nm from parent p join child c on c.pid = p.id where p.code = 'x';
create algorithm=merge sql security invoker view v2 as select id, nm from v1 where id > 3 with cascaded check option;
create trigger t1 before insert on child for each row begin set new.b = new.b+1; end;
create trigger t0 before insert on child for each row precedes t1 set new.a = new.a;
create function fn(x int) returns varchar(10) charset utf8mb4 deterministic comment 'c' return concat(x,'!');
create procedure pr(in a int, out b decimal(3,1)) modifies sql data sql security invoker begin select 1; end;
create event ev on schedule every 1 day starts '2030-01-01' do delete from child;
create table sv (x int, w int default (nextval(sq))) with system versioning;
create table per (a date, b date, period for p(a,b));
create table ns (x int) engine=MyISAM default charset=latin1 checksum=1;
create table comp (c int, t text compressed, z varchar(10) default null check (z <> 'a')) engine=InnoDB page_compressed=1;
`;
