import assert from 'node:assert/strict';
import test from 'node:test';
import {ConflictsScreen} from '../../../../source/ui/screens/conflicts/conflicts-screen.tsx';
import {integer, makeLayout, makeRun, pair, renderStep, text} from '../rows/rows-fixture.tsx';

const conflicts = 100_000;

test('100,000 conflicts scroll, jump and are decided with a bounded amount of work', async (context) => {
	// Every fifth row is no conflict, so positions can't be reckoned from ids.
	const pairs = Array.from({length: conflicts * 1.25}, (_, id) =>
		pair(id % 5 === 2 ? null : [integer(id), text(`ours ${id}`)], [
			integer(id),
			text(`theirs ${id}`),
		]),
	);
	const store = makeRun(context, [
		{name: 'big', layout: makeLayout('big', ['id', 'name']), pairs},
		{name: 'small', layout: makeLayout('small', ['id', 'name']), pairs: pairs.slice(0, 10)},
	]);
	const screen = renderStep(ConflictsScreen, store);
	await screen.waitFor('0 of 100,008 conflicts decided');
	await screen.waitFor('1/100,008');

	const decode = context.mock.method(store.rows, 'decode');
	const listTables = context.mock.method(store.scan, 'listProgress');
	/** Presses, waits for what must then be seen, and tells how many rows were read for it. */
	const countRead = async (keys: readonly string[], shown: string): Promise<number> => {
		decode.mock.resetCalls();
		screen.press(...keys);
		await screen.waitFor(shown);
		return decode.mock.callCount();
	};
	const page = 32;

	assert.equal(await countRead(['down'], '2/100,008'), 0);
	assert.ok((await countRead(['G'], '100,008/100,008')) <= 2 * page);
	assert.match(screen.frame(), /› ! small +9 /);
	assert.equal(await countRead(['up'], '100,007/100,008'), 0);
	assert.ok((await countRead(['g'], ' 1/100,008')) <= 2 * page);
	screen.press(':');
	await screen.waitFor('number of a row');
	screen.type('77777');
	assert.ok((await countRead(['return'], '77,777/100,008')) <= 2 * page);
	assert.match(screen.frame(), /› ! big +97220 /);
	for (let pages = 0; pages < 5; pages++) {
		const at = `${(77_777 + 8 * (pages + 1)).toLocaleString('en')}/100,008`;
		assert.ok((await countRead(['pagedown'], at)) <= 2 * page);
	}

	// A decision reads the rows in sight again, and no more.
	assert.ok((await countRead(['t'], '1 of 100,008')) <= 3 * page);
	assert.ok((await countRead(['.'], '77,818/100,008')) <= 3 * page);
	assert.ok((await countRead(['u'], '0 of 100,008')) <= 3 * page);
	assert.ok((await countRead(['f'], 'only open')) <= 3 * page);
	assert.ok((await countRead(['o'], '1 of 100,008')) <= 3 * page);
	assert.ok((await countRead(['G'], '100,007/100,007')) <= 3 * page);
	assert.equal(listTables.mock.callCount(), 0);

	// All at once, and back.
	screen.press('T');
	await screen.waitFor('all tables: 100,007 conflicts  1 decided one by one');
	screen.press('end', 'return');
	await screen.waitFor('100,008 of 100,008 conflicts decided');
	screen.press('u');
	await screen.waitFor('1 of 100,008 conflicts decided');
});
