import type {SideReader} from '../../../source/dialects/side-reader.ts';
import {ConnectionLostError} from '../../../source/model/errors.ts';

/** Counts what is asked of both sides, and says when the connection breaks. */
export class Fuse {
	asked = 0;
	readonly #breaksAt: ReadonlySet<number>;

	constructor(breaksAt: readonly number[] = []) {
		this.#breaksAt = new Set(breaksAt);
	}

	burn(): void {
		this.asked++;
		if (!this.#breaksAt.has(this.asked)) return;
		throw new ConnectionLostError('The server closed the connection.', {hint: 'Wait.'});
	}
}

/** Understood without the server. */
const local = new Set<string | symbol>(['readLineKey', 'decodeLine', 'close']);

/** A test double: a reader whose connection breaks where the fuse says, between any two answers. */
export function breakWith(reader: SideReader, fuse: Fuse): SideReader {
	return new Proxy(reader, {
		get(target, name) {
			const member: unknown = Reflect.get(target, name);
			if (typeof member !== 'function') return member;
			return (...parameters: unknown[]): unknown => {
				const answer: unknown = Reflect.apply(member, target, parameters);
				if (local.has(name)) return answer;
				return isStream(answer) ? breakStream(answer, fuse) : breakAnswer(answer, fuse);
			};
		},
	});
}

async function breakAnswer(answer: unknown, fuse: Fuse): Promise<unknown> {
	const value = await answer;
	fuse.burn();
	return value;
}

async function* breakStream(items: AsyncIterable<unknown>, fuse: Fuse): AsyncGenerator {
	for await (const item of items) {
		fuse.burn();
		yield item;
	}
	fuse.burn();
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
	return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
