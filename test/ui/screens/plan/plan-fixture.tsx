import path from 'node:path';
import type {TestContext} from 'node:test';
import {useState, type ReactElement} from 'react';
import {PlanWriter} from '../../../../source/engine/plan/plan-writer.ts';
import type {PlanSummary} from '../../../../source/model/plan.ts';
import type {AllowKind} from '../../../../source/model/schema-change.ts';
import type {NewStatement} from '../../../../source/store/statements.ts';
import {RunStore} from '../../../../source/store/run-store.ts';
import {PlanScreen} from '../../../../source/ui/screens/plan/plan-screen.tsx';
import {
	defaultShell,
	ShellContext,
	type Shell,
} from '../../../../source/ui/screens/screen-frame.tsx';
import type {PlanScreenProps} from '../../../../source/ui/screens/screen-props.ts';
import {useTerminalSize} from '../../../../source/ui/hooks/use-terminal-size.ts';
import {identity, makeFolder} from '../../../store/fixture.ts';

/** A statement of a plan; everything that is not said is harmless. */
export function makeStatement(over: Partial<NewStatement> = {}): NewStatement {
	return {
		phase: 'rows',
		kind: 'update',
		table: 'artist',
		summary: 'update artist (ArtistId 1): Name',
		sql: `UPDATE "artist" SET "Name" = 'Å'\nWHERE "ArtistId" = 1 AND "Name" IS 'A'`,
		undo: [`UPDATE "artist" SET "Name" = 'A'\nWHERE "ArtistId" = 1 AND "Name" IS 'Å'`],
		expects: 1,
		needs: null,
		hazards: [],
		row: {keyed: true, before: null, after: null, copies: 1, isStep: false},
		allowed: true,
		...over,
	};
}

export function makeUpdate(table: string, id: number): NewStatement {
	return makeStatement({
		table,
		summary: `update ${table} (id ${id}): name`,
		sql: `UPDATE "${table}" SET "name" = 'new ${id}'\nWHERE "id" = ${id} AND "name" IS 'old ${id}'`,
		undo: [`UPDATE "${table}" SET "name" = 'old ${id}' WHERE "id" = ${id}`],
	});
}

/** A small plan with something of everything. */
export function makeSmallPlan(): NewStatement[] {
	const ddl = {kind: 'ddl', expects: null, row: null} as const;
	const trigger = {kind: 'firesTrigger', message: 'Fires the trigger log of album.'} as const;
	return [
		makeStatement({
			...ddl,
			phase: 'alter',
			table: 'artist',
			summary: 'add column artist.born',
			sql: 'ALTER TABLE "artist" ADD COLUMN "born" INTEGER',
			undo: null,
			hazards: [{kind: 'noUndo', message: 'Can not be undone.'}],
		}),
		...[1, 2, 3].map((id) => ({...makeUpdate('album', id), hazards: [trigger]})),
		makeStatement({
			kind: 'delete',
			table: 'artist',
			summary: 'delete artist (ArtistId 9)',
			sql: `DELETE FROM "artist"\nWHERE "ArtistId" = 9 AND "Name" IS 'Nobody'`,
			needs: 'deleteRows',
			hazards: [{kind: 'deletesRows', message: 'Deletes rows of artist.'}],
			allowed: false,
		}),
		makeStatement({
			...ddl,
			phase: 'drop',
			table: 'genre',
			summary: 'drop table genre',
			sql: 'DROP TABLE "genre"',
			undo: null,
			needs: 'dropTable',
			hazards: [{kind: 'dropsData', message: 'Drops genre with 25 rows.'}],
			allowed: false,
		}),
	];
}

/** A store that holds a plan of these statements, as the engine writes it. */
export function makePlannedStore(
	context: TestContext,
	statements: Iterable<NewStatement>,
): {store: RunStore; summary: PlanSummary} {
	const store = RunStore.create(path.join(makeFolder(context), 'test.run'), identity);
	context.after(() => store.close());
	const writer = new PlanWriter(store.statements);
	for (const statement of statements) writer.add(statement);
	writer.flush();
	return {store, summary: writer.summarise()};
}

/** What a screen asked for, in order. */
export type Calls = string[];

type ScreenOptions = Partial<PlanScreenProps> & {
	readonly store: RunStore;
	readonly calls?: Calls;
	readonly shell?: Partial<Shell>;
};

/** The screen alone, with a shell that only shows the message. */
export function TestPlanScreen({calls = [], shell = {}, ...props}: ScreenOptions): ReactElement {
	const [message, setMessage] = useState<Shell['message']>(undefined);
	const size = useTerminalSize();
	return (
		<ShellContext value={{...defaultShell, step: 'plan', message, ...shell}}>
			<PlanScreen
				columns={size.columns}
				rows={size.rows - 6}
				isActive
				targetName="shop.db"
				plan={{kind: 'making', progress: null}}
				pack={{kind: 'not written'}}
				allowed={new Set<AllowKind>()}
				onNext={() => calls.push('next')}
				onBack={() => calls.push('back')}
				onMessage={(said) => {
					calls.push(`message ${said.text}`);
					setMessage(said);
				}}
				onAllow={(kind, isAllowed) => calls.push(`allow ${kind} ${isAllowed}`)}
				onMakePlan={() => calls.push('make')}
				onWrite={() => calls.push('write')}
				{...props}
			/>
		</ShellContext>
	);
}
