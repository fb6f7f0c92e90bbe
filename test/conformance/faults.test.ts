import assert from 'node:assert/strict';
import {test, type TestContext} from 'node:test';
import {ScanControl} from '../../source/engine/scan/scan-control.ts';
import {compareRun, takeRun} from '../../source/engine/compare-run.ts';
import type {ScanProgress} from '../../source/engine/compare-rows.ts';
import {openSession} from '../../source/engine/session.ts';
import {loadConfig} from '../../source/config/load-config.ts';
import type {ConnectionSettings} from '../../source/model/connection-settings.ts';
import type {Database, Server} from '../servers/server.ts';
import {openLink} from '../servers/link.ts';
import {servers, startServer} from '../servers/servers.ts';
import {makeFolder} from '../store/fixture.ts';

/* Lines that break and servers that die: the result is the one of a day without trouble. */

const rowCount = 6000;

const kinds = [
	{
		name: 'PostgreSQL',
		kind: 'postgres',
		start: () => servers.postgres(),
		series: `SELECT g AS n FROM generate_series(1, ${rowCount}) AS g`,
		join: (...parts: string[]) => parts.join(' || '),
	},
	{
		name: 'MariaDB',
		kind: 'mariadb',
		start: () => servers.mariadb(),
		series: `SELECT seq AS n FROM seq_1_to_${rowCount}`,
		join: (...parts: string[]) => `CONCAT(${parts.join(', ')})`,
	},
] as const;

type Kind = (typeof kinds)[number];

async function fill(database: Database, {series, join}: Kind, side: 'prod' | 'dev') {
	// More than the line itself holds: else a scan ends well after its server did.
	const text = join(`REPEAT('some text ', 600)`, 'n');
	await database.query('CREATE TABLE t (id integer NOT NULL PRIMARY KEY, v varchar(6500))');
	await database.query(`INSERT INTO t SELECT n, ${text} FROM (${series}) AS s`);
	if (side === 'prod') return;
	await database.query(`UPDATE t SET v = ${join('v', `'!'`)} WHERE id % 101 = 0`);
	await database.query('DELETE FROM t WHERE id % 211 = 0');
	await database.query(`INSERT INTO t SELECT id + 100000, v FROM t WHERE id % 307 = 0`);
}

const expected = Array.from({length: rowCount}, (_, at) => at + 1).flatMap((id) => [
	...(id % 211 === 0 ? [`${id} removed`] : id % 101 === 0 ? [`${id} conflict`] : []),
	...(id % 307 === 0 && id % 211 !== 0 ? [`${id + 100_000} added`] : []),
]);

type Sides = {readonly prod: ConnectionSettings; readonly dev: ConnectionSettings};

/** Compares slowly, in segments of few rows, so that much can happen in the middle. */
async function scan(
	context: TestContext,
	{prod, dev}: Sides,
	watch: (progress: ScanProgress, control: ScanControl) => Promise<void> | void = () => undefined,
	{maxRowsPerSecond = 3000}: {readonly maxRowsPerSecond?: number} = {},
) {
	const folder = makeFolder(context);
	const {config} = await loadConfig({directory: folder, home: folder, environment: {}});
	const performance = {...config.performance, segmentMilliseconds: 100, maxRowsPerSecond};
	const session = await openSession({...config, performance, prod, dev});
	const {run} = takeRun(session, {fresh: true});
	context.after(async () => {
		run.store.close();
		run.release();
		await Promise.allSettled([session.close()]);
	});
	const control = new ScanControl();
	const steps = compareRun(session, run.store, control);
	for (;;) {
		const step = await steps.next();
		if (step.done === true) {
			const rows = [...run.store.rows.iterate({})];
			const found = rows.map(({key, state}) => `${key.map(({text}) => text).join()} ${state}`);
			return {result: step.value, found: found.sort(), store: run.store};
		}
		await watch(step.value, control);
	}
}

const comparedRows = ({tables}: ScanProgress) =>
	tables.reduce((total, {prodRows}) => total + prodRows, 0);

async function makePair(context: TestContext, kind: Kind, server: Server) {
	const shared = await kind.start();
	const [prod, dev] = [await server.createDatabase(context), await shared.createDatabase(context)];
	await fill(prod, kind, 'prod');
	await fill(dev, kind, 'dev');
	return {prod, dev};
}

for (const kind of kinds) {
	const {name} = kind;

	test(`${name}: a connection that is cut in the middle of a scan changes nothing`, async (context) => {
		const server = await kind.start();
		const {prod, dev} = await makePair(context, kind, server);
		const link = await openLink(context, server.address);
		const sides = {prod: {...prod.settings, ...link.address}, dev: dev.settings};
		let cuts = 0;
		const {result, found} = await scan(context, sides, (progress) => {
			if (comparedRows(progress) < 1000 * (cuts + 1) || cuts === 3) return;
			cuts++;
			link.cut();
		});
		assert.ok(cuts > 0);
		assert.equal(result.status, 'complete');
		assert.deepEqual(found, expected.toSorted());
	});

	test(`${name}: a slow line gives the same result`, async (context) => {
		const server = await kind.start();
		const {prod, dev} = await makePair(context, kind, server);
		const link = await openLink(context, server.address, {roundTrip: 20, bandwidth: 50e6});
		const sides = {prod: {...prod.settings, ...link.address}, dev: dev.settings};
		const {found} = await scan(context, sides, () => undefined, {maxRowsPerSecond: 0});
		assert.deepEqual(found, expected.toSorted());
	});

	test(`${name}: a server killed in the middle of a scan holds it up until it is back`, async (context) => {
		const server = await startServer(context, kind.kind);
		const {prod, dev} = await makePair(context, kind, server);
		let state: 'up' | 'down' | 'back' = 'up';
		const troubles: string[] = [];
		let checkpoint = 0;
		const sides = {prod: prod.settings, dev: dev.settings};
		const {result, found} = await scan(context, sides, async (progress, control) => {
			if (state === 'up' && comparedRows(progress) >= 1000) {
				checkpoint = comparedRows(progress);
				state = 'down';
				await server.kill();
			}
			if (state === 'down' && progress.trouble) {
				troubles.push(progress.trouble.message);
				assert.ok(comparedRows(progress) >= checkpoint);
				state = 'back';
				await server.start();
				control.tryAgain();
			}
		});
		assert.match(troubles.join('\n'), /127\.0\.0\.1/);
		assert.equal(result.status, 'complete');
		assert.deepEqual(found, expected.toSorted());
	});
}
