import type {Config} from '../config/config.ts';
import {loadDialect} from '../dialects/registry.ts';
import {requireTwoDatabases, translateStructure, type OpenSide, type Session} from './session.ts';

/**
Makes a session of sides that were opened one by one.

@param config Its sides are replaced by those that are open.
@throws {ConnectionError} When prod and dev are the same database.
*/
export async function assembleSession(
	config: Config,
	{
		prod,
		dev,
		base,
	}: {readonly prod: OpenSide; readonly dev: OpenSide; readonly base: OpenSide | null},
): Promise<Session> {
	requireTwoDatabases(prod, dev);
	const [dialect, devDialect] = [await loadDialect(prod.settings), await loadDialect(dev.settings)];
	return {
		config: {
			...config,
			prod: prod.settings,
			dev: dev.settings,
			...(base && {base: base.settings}),
		},
		dialect,
		devDialect,
		devStructure: translateStructure({dialect, devDialect, prod, dev}),
		prod,
		dev,
		base,
		async close() {
			for (const side of [prod, dev, base]) await side?.connection.close();
		},
	};
}
