import assert from 'node:assert/strict';
import {test} from 'node:test';
import {catalogQueries} from '../../../source/dialects/mssql/catalog/catalog-queries.ts';
import {migrate} from '../../../source/dialects/mssql/ddl/migrate.ts';
import {defineIndex} from '../../../source/dialects/mssql/ddl/render-table.ts';
import {mssql} from '../../../source/dialects/mssql/mssql.ts';
import {bucketOf} from '../../../source/dialects/mssql/rows/bucket.ts';
import {firstBits, hashColumns} from '../../../source/dialects/mssql/rows/digest-sql.ts';
import {compareKeys, limitToSegment} from '../../../source/dialects/mssql/rows/key-condition.ts';
import {planRows} from '../../../source/dialects/mssql/rows/row-plan.ts';
import {spreadRows} from '../../../source/dialects/mssql/rows/spread.ts';
import {renderRowWrite} from '../../../source/dialects/mssql/write-row.ts';
import {pinSession} from '../../../source/dialects/mssql/session-settings.ts';
import {compareSchemas} from '../../../source/engine/compare-schema.ts';
import type {Catalog, Column, Index, Table} from '../../../source/model/catalog.ts';
import {encodeField} from '../../../source/model/encoding.ts';
import {plainTypes} from './every-type.ts';
import {findMistakes} from './grammar.ts';
import {makeColumn, makeTable} from './tables.ts';

const id = makeColumn('id', 'int', {nullable: false});
const primaryKey = {
	name: 'pk',
	columns: [{column: 'id', expression: null, descending: false, collation: null}],
	allowsNull: false,
};

/*
Forms that the grammar lacks, each with the page of the manual that has it: nothing else may be
missing.
*/
const unknownToGrammar = [
	// "CREATE TABLE", column_definition; "ALTER TABLE", ADD and DROP SPARSE.
	/ SPARSE(?: |$)/,
	// "ALTER TABLE", NOCHECK CONSTRAINT and WITH NOCHECK.
	/ NOCHECK (?:CONSTRAINT|ADD) /,
	// "CREATE INDEX", INCLUDE with WHERE behind it.
	/^CREATE (?:UNIQUE )?(?:NON)?CLUSTERED INDEX .* INCLUDE /,
	// "CREATE TYPE", NOT NULL.
	/^CREATE TYPE \S+ FROM \S+ NOT NULL$/,
	// "DROP TYPE".
	/^DROP TYPE /,
	// "Create indexed views": several options in one SET.
	/^SET ANSI_NULLS, /,
	// "ALTER VIEW".
	/^ALTER VIEW /,
	// "SET TEXTSIZE".
	/^SET TEXTSIZE \d+$/,
	// "ALTER TABLE", DEFAULT constant_expression FOR column.
	/ ADD CONSTRAINT \S+ DEFAULT \(.*\) FOR /,
];

function assertParsed(sql: string): void {
	if (unknownToGrammar.some((form) => form.test(sql))) return;
	assert.deepEqual(findMistakes(sql), [], sql);
}

test('the grammar is strict enough to refuse what other databases take', () => {
	for (const sql of [
		'SELECT 1 LIMIT 5',
		'INSERT INTO x VALUES (1) RETURNING a',
		'SELECT FROM WHERE',
		'ALTER TABLE [x] MODIFY COLUMN [c] int',
		'SELECT `a` FROM x',
	]) {
		assert.notDeepEqual(findMistakes(sql), [], sql);
	}
});

test('every statement of a row is T-SQL', () => {
	for (const {type, kind, values} of plainTypes) {
		const table = makeTable('odd ]name', [id, makeColumn("v'[]", type)]);
		for (const cell of [
			...values.map(([, text]) => ({kind, text})),
			{kind: 'null', text: ''} as const,
		]) {
			const key = [{column: 'id', cell: {kind: 'integer', text: '-1'}}] as const;
			const own = [{column: "v'[]", cell}];
			assertParsed(renderRowWrite({kind: 'insert', table, values: [...key, ...own], copies: 2}));
			assertParsed(renderRowWrite({kind: 'update', table, key, guard: own, set: own}));
			assertParsed(renderRowWrite({kind: 'delete', table, key, guard: own, copies: 1}));
			assertParsed(renderRowWrite({kind: 'delete', table, key: [], guard: own, copies: 3}));
		}
	}
	const counted = makeTable('c', [{...id, identity: true}]);
	const values = [{column: 'id', cell: {kind: 'integer', text: '7'}}] as const;
	assertParsed(renderRowWrite({kind: 'insert', table: counted, values, copies: 1}));
	assertParsed(renderRowWrite({kind: 'insert', table: counted, values: [], copies: 1}));
});

test('what reads a segment is T-SQL for a key of every type', () => {
	for (const {type, kind, values} of plainTypes) {
		const [, text] = values[0] ?? ['', ''];
		const columns = [makeColumn('k', type), id];
		const shape = {columns: new Map(columns.map((column) => [column.name, column]))};
		const layout = {
			table: 'other.t',
			presentOn: 'both',
			columns: columns.map(
				({name}) => ({name, role: 'common', fill: null, tolerance: null}) as const,
			),
			comparedCount: 2,
			key: {kind: 'primary key', columns: ['k', 'id'], reason: ''},
			leftOut: [],
			where: null,
		} as const;
		if (kind === 'null' || kind === 'absent') continue;
		const key = encodeField(kind, text) + encodeField('integer', '5');
		const plan = planRows(layout, shape);
		const conditions = limitToSegment(plan, {after: key, upTo: key}).map((one) => `(${one})`);
		const spread = spreadRows(plan, {after: null, upTo: null}, 16);
		const digest = firstBits(hashColumns(plan.compared));
		assertParsed(
			`SELECT ${plan.select}, ${digest}, ${spread.group} FROM ${plan.table} WHERE ${conditions.join(' AND ')} AND ${spread.limitTo([1, 2])} ORDER BY t.[k] OFFSET 5 ROWS FETCH NEXT 1 ROWS ONLY`,
		);
		assertParsed(`SELECT CASE WHEN ${compareKeys(plan, key, key)} THEN 1 ELSE 0 END`);
		if (kind === 'integer' || kind === 'uuid')
			assertParsed(`SELECT ${bucketOf(plan)} FROM ${plan.table}`);
	}
});

test('what reads the catalog is T-SQL', () => {
	for (const sql of Object.values(catalogQueries))
		assertParsed(sql.replaceAll('{schemas}', "N'dbo'"));
	for (const sql of pinSession({lockTimeout: 0})) assertParsed(sql);
});

function makeIndex(index: Partial<Index>): Index {
	const whole = {
		name: 'ix',
		unique: false,
		columns: [{column: 'a', expression: null, descending: true, collation: null}],
		where: null,
		...index,
	};
	return {...whole, definition: defineIndex('t', whole)};
}

function makeCatalog(tables: readonly Table[], more: Partial<Catalog> = {}): Catalog {
	return {
		engine: 'SQL Server',
		schemas: ['dbo'],
		tables,
		views: [],
		triggers: [],
		objects: [],
		dependencies: [],
		notCompared: [],
		fingerprint: '',
		...more,
	};
}

const computed: Column = makeColumn('c', 'int', {
	generated: {expression: '([a]*(2))', stored: true},
});

const full = makeCatalog(
	[
		makeTable(
			't',
			[
				{...id, identity: true, identitySource: {how: 'IDENTITY(5,2)', facts: [], sequence: null}},
				makeColumn('a', 'int', {default: '((0))', defaultName: 'df_a', nullable: false}),
				makeColumn('b', 'nvarchar(20)', {facts: [{name: 'storage', value: 'SPARSE'}]}),
				makeColumn('r', 'rowversion', {
					nullable: false,
					generated: {expression: 'rowversion', stored: true},
				}),
				computed,
			],
			{
				primaryKey,
				uniques: [
					{
						name: 'uq',
						columns: [{column: 'b', expression: null, descending: false, collation: null}],
					},
				],
				checks: [{name: 'ck', expression: '([a]>=(0))', isEnforced: false, isValidated: false}],
				indexes: [
					makeIndex({
						where: '([a] IS NOT NULL)',
						include: ['b'],
						facts: [{name: 'fillfactor', value: '80'}],
					}),
				],
				foreignKeys: [
					{
						name: 'fk',
						columns: ['a'],
						referencedTable: 'p',
						referencedColumns: ['id'],
						onUpdate: 'NO ACTION',
						onDelete: 'SET NULL',
						match: 'SIMPLE',
						deferral: 'not deferrable',
						isValidated: false,
					},
				],
			},
		),
		makeTable('p', [id], {primaryKey: {...primaryKey, name: 'pk_p'}}),
	],
	{
		views: [{name: 'v', definition: 'CREATE OR ALTER VIEW dbo.v AS SELECT id FROM dbo.t'}],
		triggers: [
			{
				name: 'tr',
				table: 't',
				definition: 'CREATE TRIGGER dbo.tr ON dbo.t AFTER INSERT AS SELECT 1',
			},
		],
		objects: [
			{
				kind: 'procedure',
				name: 'pr',
				table: null,
				definition: 'CREATE PROCEDURE dbo.pr AS SELECT 1',
				facts: null,
			},
			{
				kind: 'sequence',
				name: 's',
				table: null,
				definition:
					'CREATE SEQUENCE [dbo].[s] AS bigint START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9 CYCLE CACHE 5',
				facts: [{name: 'increment', value: '1'}],
			},
			{
				kind: 'synonym',
				name: 'syn',
				table: null,
				definition: 'CREATE SYNONYM [dbo].[syn] FOR [x].[dbo].[t]',
				facts: null,
			},
			{
				kind: 'domain',
				name: 'Phone',
				table: null,
				definition: 'CREATE TYPE [dbo].[Phone] FROM varchar(20) NOT NULL',
				facts: null,
			},
		],
	},
);

const other = makeCatalog(
	[
		makeTable(
			't',
			[
				{...id, identity: true, identitySource: {how: 'IDENTITY(5,2)', facts: [], sequence: null}},
				makeColumn('a', 'bigint', {default: '((1))', defaultName: 'df_a'}),
				makeColumn('b', 'nvarchar(10)', {nullable: false}),
				makeColumn('r', 'rowversion', {
					nullable: false,
					generated: {expression: 'rowversion', stored: true},
				}),
				makeColumn('n', 'uniqueidentifier', {nullable: false}),
				computed,
			],
			{primaryKey, checks: [{name: 'ck', expression: '([a]>=(1))'}]},
		),
	],
	{
		views: [{name: 'v', definition: 'CREATE VIEW dbo.v AS SELECT id, a FROM dbo.t'}],
		objects: [
			{
				kind: 'sequence',
				name: 's',
				table: null,
				definition:
					'CREATE SEQUENCE [dbo].[s] AS bigint START WITH 1 INCREMENT BY 2 MINVALUE 1 MAXVALUE 9 NO CYCLE NO CACHE',
				facts: [{name: 'increment', value: '2'}],
			},
		],
	},
);

const pairs: readonly (readonly [title: string, prod: Catalog, dev: Catalog])[] = [
	['making everything', makeCatalog([]), full],
	['dropping everything', full, makeCatalog([])],
	['changing one way', full, other],
	['changing the other way', other, full],
];

for (const [title, prod, dev] of pairs) {
	test(`each statement of ${title} is T-SQL, and so is what takes it back`, () => {
		const statements = migrate(compareSchemas(prod, dev, mssql), prod, dev);
		assert.ok(statements.length > 5);
		for (const {sql, undo} of statements) {
			for (const text of [sql, ...(undo ?? [])]) {
				assertParsed(text);
			}
		}
	});
}
