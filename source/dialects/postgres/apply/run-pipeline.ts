import type pg from 'pg';

/** A statement of a pipeline that the server refused. */
export class PipelineError extends Error {
	/** How many statements before it have run. */
	readonly index: number;

	constructor(index: number, cause: unknown) {
		super('A statement of a pipeline failed', {cause});
		this.index = index;
	}
}

/**
Runs statements one after another in one round trip (manual, "Extended Query", "Pipelining"):
each is sent as it is, and the first that fails ends them.

@param statements One each; a text of several is refused by the server.
@returns Rows affected by each; 0 for those that affect none.
@throws {PipelineError} Whose cause is the driver's error.
*/
export function runPipeline(client: pg.Client, statements: readonly string[]): Promise<number[]> {
	if (statements.length === 0) return Promise.resolve([]);
	return new Promise((resolve, reject) => {
		client.query(new Pipeline(statements, resolve, reject));
	});
}

/** What the driver calls while the server answers (pg 8, lib/query.js). */
class Pipeline implements pg.Submittable {
	readonly #statements: readonly string[];
	readonly #counts: number[] = [];
	readonly #resolve: (counts: number[]) => void;
	readonly #reject: (error: PipelineError) => void;

	constructor(
		statements: readonly string[],
		resolve: (counts: number[]) => void,
		reject: (error: PipelineError) => void,
	) {
		this.#statements = statements;
		this.#resolve = resolve;
		this.#reject = reject;
	}

	readonly submit = (connection: pg.Connection): void => {
		connection.stream.cork();
		for (const text of this.#statements) {
			connection.parse({name: '', text, types: []}, true);
			connection.bind({}, true);
			connection.execute({}, true);
		}
		connection.sync();
		connection.stream.uncork();
	};

	handleCommandComplete({text}: {readonly text: string}): void {
		const [, count = '0'] = /^(?:INSERT \d+|UPDATE|DELETE|MERGE) (\d+)$/.exec(text) ?? [];
		this.#counts.push(Number(count));
	}

	handleEmptyQuery(): void {
		this.#counts.push(0);
	}

	handleReadyForQuery(): void {
		this.#resolve(this.#counts);
	}

	handleError(error: unknown): void {
		this.#reject(new PipelineError(this.#counts.length, error));
	}

	/** A SELECT may answer with rows, which nobody asked for. */
	handleRowDescription(): void {
		return;
	}

	handleDataRow(): void {
		return;
	}

	handlePortalSuspended(): void {
		this.#counts.push(0);
	}
}
