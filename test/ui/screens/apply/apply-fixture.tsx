import {useState, type ReactElement} from 'react';
import type {PackPaths} from '../../../../source/engine/pack/write-pack.ts';
import type {PlanSummary} from '../../../../source/model/plan.ts';
import type {Receipt} from '../../../../source/model/receipt.ts';
import type {RunStore} from '../../../../source/store/run-store.ts';
import {useTerminalSize} from '../../../../source/ui/hooks/use-terminal-size.ts';
import {ApplyScreen} from '../../../../source/ui/screens/apply/apply-screen.tsx';
import {
	defaultShell,
	ShellContext,
	type Shell,
} from '../../../../source/ui/screens/screen-frame.tsx';
import type {ApplyScreenProps} from '../../../../source/ui/screens/screen-props.ts';
import type {Calls} from '../plan/plan-fixture.tsx';

export const packPaths: PackPaths = {
	sql: '/runs/test/migration_pack.sql',
	manifest: '/runs/test/migration_pack.json',
	undoSql: '/runs/test/undo_pack.sql',
	undoManifest: '/runs/test/undo_pack.json',
	digest: 'd1',
	undoDigest: 'd2',
};

export function makeReceipt(over: Partial<Receipt> = {}): Receipt {
	return {
		version: 1,
		kind: 'migration',
		result: 'rehearsed',
		pack: {file: 'migration_pack.sql', digest: 'd1'},
		target: 'shop.db',
		run: 'test',
		startedAt: '2026-01-01T00:00:00.000Z',
		endedAt: '2026-01-01T00:00:02.000Z',
		triggers: 'fire',
		statements: 4,
		schemaStatements: 1,
		tables: [{table: 'album', inserted: 0, updated: 3, deleted: 0}],
		verifiedRows: 3,
		rewrittenRows: 0,
		rewritten: [],
		catalogAfter: 'c',
		undo: null,
		...over,
	};
}

type ScreenOptions = Partial<ApplyScreenProps> & {
	readonly store: RunStore;
	readonly summary: PlanSummary;
	readonly calls?: Calls;
};

/** The screen alone, with a shell that only shows the message. */
export function TestApplyScreen({calls = [], ...props}: ScreenOptions): ReactElement {
	const [message, setMessage] = useState<Shell['message']>(undefined);
	const size = useTerminalSize();
	return (
		<ShellContext value={{...defaultShell, step: 'apply', message}}>
			<ApplyScreen
				columns={size.columns}
				rows={size.rows - 6}
				isActive
				targetName="shop.db"
				targetServer="SQLite 3.53.2"
				isTransactional
				packPaths={packPaths}
				state={{kind: 'ready'}}
				onNext={() => calls.push('next')}
				onBack={() => calls.push('back')}
				onMessage={(said) => {
					calls.push(`message ${said.text}`);
					setMessage(said);
				}}
				onRehearse={(triggers) => calls.push(`rehearse ${triggers}`)}
				onApply={(triggers) => calls.push(`apply ${triggers}`)}
				onStop={() => calls.push('stop')}
				onFinish={() => calls.push('finish')}
				{...props}
			/>
		</ShellContext>
	);
}
