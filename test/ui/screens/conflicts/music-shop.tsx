import type {TestContext} from 'node:test';
import type {RunStore} from '../../../../source/store/run-store.ts';
import {ConflictsScreen} from '../../../../source/ui/screens/conflicts/conflicts-screen.tsx';
import {
	integer,
	makeLayout,
	makeRun,
	nothing,
	pair,
	renderStep,
	text,
} from '../rows/rows-fixture.tsx';

/** Both sides changed both of its values. */
export const conflict = (id: number, name = `name ${id}`) =>
	pair([integer(id), text(name), integer(1)], [integer(id), text(`${name}!`), integer(2)]);

/** Three conflicts in one table, one in another, and a row that is none. */
export function makeShop(context: TestContext) {
	return makeRun(context, [
		{
			name: 'artist',
			layout: makeLayout('artist', ['id', 'name', 'rank']),
			pairs: [conflict(1), pair(null, [integer(2), nothing, nothing]), conflict(3), conflict(4)],
		},
		{name: 'track', layout: makeLayout('track', ['id', 'name', 'rank']), pairs: [conflict(7)]},
	]);
}

/** The screen on such a run, drawn. */
export async function open(context: TestContext) {
	const store = makeShop(context);
	const screen = renderStep(ConflictsScreen, store);
	await screen.waitFor('of 4 conflicts decided');
	return {store, screen};
}

/** A row's cell of a manual resolution. */
export function readCell(store: RunStore, id: string, column: number) {
	const row = [...store.rows.iterate()].find(({key}) => key[0]?.text === id);
	return row?.resolution?.cells?.get(column);
}
