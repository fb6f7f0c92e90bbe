import type {EventEmitter} from 'node:events';
import {flushKeys, isPasting, parseKeys, type Key} from './key-parser.ts';

/**
Who is asked first. A help overlay stands over a text field, that over its
screen, that over the program.
*/
export const keyLayers = ['app', 'screen', 'component', 'overlay'] as const;
export type KeyLayer = (typeof keyLayers)[number];

export type KeyListener = {
	readonly layer: KeyLayer;
	/** While it is asked first, typed characters that are already there come as one `paste`. */
	readonly acceptsText: boolean;
	/** Whether the key was taken; otherwise the next listener is asked. */
	readonly onKey: (key: Key) => boolean;
	/** Calls back when everything that the key changed is on the screen. */
	readonly afterCommit: (done: () => void) => void;
};

/** How long the rest of a sequence may take over a slow line before it counts as keys. */
const sequenceTimeout = 50;
const pasteTimeout = 1000;

/**
Hands keys to listeners, one at a time.

Keys often arrive together: typed ahead while a screen was drawn, or from a
script. Each one waits until what the key before it changed is committed, so `/`
followed by text reaches the search field that `/` opened.
*/
export class KeyQueue {
	readonly #listeners = new Set<KeyListener>();
	readonly #keys: Key[] = [];
	#rest = '';
	#timer: NodeJS.Timeout | undefined;
	#isWaiting = false;

	constructor(private readonly input: EventEmitter) {}

	/** Returns the function that ends it. */
	subscribe(listener: KeyListener): () => void {
		if (this.#listeners.size === 0) this.input.on('input', this.#receive);
		this.#listeners.add(listener);
		if (this.#listeners.size === 1) queueMicrotask(this.#deliver);
		return () => {
			this.#listeners.delete(listener);
			if (this.#listeners.size === 0) this.input.off('input', this.#receive);
		};
	}

	readonly #receive = (chunk: string): void => {
		clearTimeout(this.#timer);
		const {keys, rest} = parseKeys(this.#rest + chunk);
		this.#rest = rest;
		this.#keys.push(...keys);
		if (rest !== '') {
			this.#timer = setTimeout(this.#flush, isPasting(rest) ? pasteTimeout : sequenceTimeout);
		}
		this.#deliver();
	};

	readonly #flush = (): void => {
		this.#keys.push(...flushKeys(this.#rest));
		this.#rest = '';
		this.#deliver();
	};

	readonly #deliver = (): void => {
		if (this.#isWaiting || this.#keys.length === 0) return;
		const order = this.#orderListeners();
		const [first] = order;
		// Between two screens nobody listens; the next one gets what was typed.
		if (first === undefined) return;
		const key = this.#takeKey(first.acceptsText);
		this.#isWaiting = true;
		order.some(({onKey}) => onKey(key));
		first.afterCommit(() => {
			// Later than the commit's own effects: new listeners have subscribed by then.
			queueMicrotask(() => {
				this.#isWaiting = false;
				this.#deliver();
			});
		});
	};

	#takeKey(isTextWanted: boolean): Key {
		const key = this.#keys.shift() ?? {name: '', text: ''};
		if (!isTextWanted || key.text === '') return key;
		let {text} = key;
		let count = 0;
		for (const next of this.#keys) {
			if (next.text === '') break;
			text += next.text;
			count++;
		}
		if (count === 0) return key;
		this.#keys.splice(0, count);
		return {name: 'paste', text};
	}

	/** The highest layer first; within one, who came last. */
	#orderListeners(): readonly KeyListener[] {
		return [...this.#listeners]
			.reverse()
			.sort((a, b) => keyLayers.indexOf(b.layer) - keyLayers.indexOf(a.layer));
	}
}

const queues = new WeakMap<EventEmitter, KeyQueue>();

/** The one queue of an input: everything on the screen shares it. */
export function findKeyQueue(input: EventEmitter): KeyQueue {
	const known = queues.get(input);
	if (known !== undefined) return known;
	const queue = new KeyQueue(input);
	queues.set(input, queue);
	return queue;
}
