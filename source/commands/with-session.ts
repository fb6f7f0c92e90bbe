import type {Config} from '../config/config.ts';
import {openSession, type Session} from '../engine/session.ts';
import type {CommandContext} from './context.ts';
import {note} from './print.ts';
import {requireTables} from './require-tables.ts';

/** Opens both sides, tells what a person should know of them, and closes them afterwards. */
export async function withSession<T>(
	context: CommandContext,
	config: Config,
	work: (session: Session) => Promise<T>,
): Promise<T> {
	const session = await openSession(config);
	try {
		requireTables(config, session);
		for (const side of [session.prod, session.dev, session.base]) {
			for (const text of side?.facts.notes ?? []) {
				await note(context, context.redact(`${side?.name ?? ''}: ${text}`));
			}
		}
		return await work(session);
	} finally {
		await session.close();
	}
}
