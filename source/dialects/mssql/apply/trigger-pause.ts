import type {MssqlSession} from '../session.ts';
import {quoteName} from '../names.ts';

/** Switches off the triggers that fire, inside the transaction, and on again before it ends. */
export class TriggerPause {
	#paused: readonly string[] = [];

	async begin(session: MssqlSession): Promise<void> {
		const rows = await session.run(
			`SELECT OBJECT_SCHEMA_NAME(g.parent_id) AS owner, OBJECT_NAME(g.parent_id) AS parent, g.name
			FROM sys.triggers AS g WHERE g.parent_class = 1 AND g.is_disabled = 0 AND g.is_ms_shipped = 0
			ORDER BY 1, 2, 3`,
		);
		const named = rows.map((row) => {
			const [owner, parent, name] = ['owner', 'parent', 'name'].map((field) =>
				quoteName(row[field] ?? ''),
			);
			return `TRIGGER ${owner}.${name} ON ${owner}.${parent}`;
		});
		for (const trigger of named) await session.run(`DISABLE ${trigger}`);
		this.#paused = named;
	}

	/** One that the plan dropped meanwhile stays so. */
	async end(session: MssqlSession): Promise<void> {
		for (const trigger of this.#paused) {
			const name = /^TRIGGER (\S.*?) ON \[/.exec(trigger)?.[1] ?? '';
			await session.run(
				`IF OBJECT_ID(N'${name.replaceAll("'", "''")}') IS NOT NULL ENABLE ${trigger}`,
			);
		}
		this.#paused = [];
	}

	/** After a rollback they fire again by themselves. */
	forget(): void {
		this.#paused = [];
	}
}
