import {parentPort, workerData} from 'node:worker_threads';
import {RunStore} from '../store/run-store.ts';
import {packError} from './carry-error.ts';
import {openConnection} from './open-connection.ts';
import {openPair} from './pairing/open-pair.ts';
import {scanLane} from './scan-lane.ts';
import type {FromWorker, ScanWorkerData, ToWorker} from './scan-messages.ts';
import type {LaneJob} from './worker-pool.ts';

/*
A thread that scans lanes, one at a time, as the main thread hands them out: comparing
and storing never make the screen wait.
*/

// Started only by worker-pool.ts, with this data and a port.
const {prod, dev, base, storeFile, pace} = workerData as ScanWorkerData;
const port = parentPort;
if (!port) throw new TypeError('scan-worker runs only as a worker thread');

const orders = new Set<'pause' | 'stop'>();
const skipped = new Set<number>();
const waiting: LaneJob[] = [];
let wake: () => void = () => undefined;

port.on('message', (message: ToWorker) => {
	switch (message.kind) {
		case 'pause':
		case 'stop':
			orders.add(message.kind);
			break;
		case 'resume':
			orders.delete('pause');
			break;
		case 'skip':
			skipped.add(message.tableNumber);
			break;
		case 'lane':
			waiting.push(message);
			break;
		default:
			message satisfies never;
	}
	wake();
});

const say = (message: FromWorker) => port.postMessage(message);
const nextMessage = () =>
	new Promise<void>((resolve) => {
		wake = resolve;
	});

try {
	const reader = await openPair(prod, dev);
	const ancestor = base ? await openConnection(base) : null;
	const store = RunStore.open(storeFile);
	say({kind: 'ready'});
	while (!orders.has('stop')) {
		const job = waiting.shift();
		if (!job) {
			await nextMessage();
			continue;
		}
		for await (const lane of scanLane(
			{reader, base: ancestor, store},
			job.layout,
			job.lane,
			pace,
		)) {
			say({kind: 'segment', lane});
			while (orders.has('pause') && !orders.has('stop')) await nextMessage();
			if (orders.has('stop') || skipped.has(lane.tableNumber)) break;
		}
		say({kind: 'ready'});
	}
	store.close();
	await reader.close();
	await ancestor?.close();
} catch (error) {
	say({kind: 'failed', error: packError(error)});
} finally {
	port.close();
}
