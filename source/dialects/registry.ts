import type {ConnectionSettings} from '../model/connection-settings.ts';
import type {Dialect} from './dialect.ts';

const loaders = {
	sqlite: async () => (await import('./sqlite/sqlite.ts')).sqlite,
} satisfies Record<string, () => Promise<Dialect>>;

/** The dialect of a connection; its driver is loaded on first use only. */
export async function loadDialect(settings: ConnectionSettings): Promise<Dialect> {
	return loaders[settings.driver]();
}
