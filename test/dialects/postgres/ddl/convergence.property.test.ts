import '../../../fixed-seed.ts';
import {test} from 'node:test';
import fc from 'fast-check';
import {servers} from '../../../servers/servers.ts';
import {planMigration} from './migration.ts';
import {growingPair, pairOfDraws, spellDraw} from './random-structure.ts';

/** More of them: DEEPDIFF_PROPERTY_RUNS=200. */
const numRuns = Number(process.env['DEEPDIFF_PROPERTY_RUNS'] ?? 10);

for (const version of [undefined, 18] as const) {
	const where = version === undefined ? "the machine's PostgreSQL" : `PostgreSQL ${version}`;
	for (const [what, pairs] of [
		['any two structures become one', pairOfDraws],
		['a structure that grows can go back', growingPair],
	] as const) {
		test(`${what}, with rows in the tables, on ${where}`, async (context) => {
			const server = await servers.postgres(version === undefined ? {} : {version});
			await fc.assert(
				fc.asyncProperty(pairs, async (pair) => {
					const [prodSql, devSql] = [spellDraw(pair.prod), spellDraw(pair.dev)];
					const {prod, dev, applyAndUndo} = await planMigration(context, prodSql, devSql, {server});
					await applyAndUndo();
					await Promise.all([prod.drop(), dev.drop()]);
				}),
				{numRuns, endOnFailure: true},
			);
		});
	}
}
