import assert from 'node:assert/strict';
import test from 'node:test';
import {decodeRow} from '../../source/model/encoding.ts';
import type {FoundPair} from '../../source/store/found-rows.ts';
import {makePair, makeStore} from './fixture.ts';

/** More than two statements' worth and some, so that every size of statement is used. */
function makePairs(count: number, change: (pair: FoundPair, at: number) => FoundPair): FoundPair[] {
	return Array.from({length: count}, (_, at) => {
		const prod = at % 3 === 1 ? null : `prod ${at} é`;
		const dev = at % 3 === 2 ? null : `dev ${at}`;
		return change(makePair(at, prod, dev), at);
	});
}

for (const [title, change] of [
	['rows of every state', (pair: FoundPair) => pair],
	[
		'rows with ancestors and copies',
		(pair: FoundPair, at: number): FoundPair => ({
			...pair,
			base: at % 2 === 0 ? pair.prod : null,
			copies: 1 + (at % 4),
		}),
	],
] as const) {
	test(`${title} are stored as they were found, with both digests`, (context) => {
		const pairs = makePairs(123, change);
		const stored = [...makeStore(context, {item: pairs}).rows.iterate()];
		assert.deepEqual(
			stored.map(({key, prod, dev, base, ...row}) => ({
				...{key, prod, dev, base},
				...{state: row.state, copies: row.copies},
				...{prodDigest: row.prodDigest, devDigest: row.devDigest},
			})),
			pairs.map(({key, prod, dev, base, ...row}) => {
				const ours = prod === null ? null : decodeRow(prod);
				return {
					key: decodeRow(key),
					prod: ours,
					dev: dev === null ? null : decodeRow(dev, ours ?? undefined),
					base: base === null ? null : decodeRow(base),
					...{state: row.state, copies: row.copies},
					...{prodDigest: row.prodDigest, devDigest: row.devDigest},
				};
			}),
		);
		const [first] = stored;
		assert.deepEqual(
			stored.map(({id}) => id - (first?.id ?? 0)),
			pairs.map((_, at) => at),
		);
	});
}
