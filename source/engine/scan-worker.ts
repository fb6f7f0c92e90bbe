import {parentPort, workerData} from 'node:worker_threads';
import {RunStore} from '../store/run-store.ts';
import {packError} from './carry-error.ts';
import {openConnection} from './open-connection.ts';
import {openPair} from './pairing/open-pair.ts';
import {Gate} from './scan/gate.ts';
import {scanLane, type LaneJob, type LaneResources} from './scan-lane.ts';
import type {FromWorker, ScanWorkerData, ToWorker} from './scan-messages.ts';

/*
A thread that scans lanes, one at a time, as the main thread hands them out: comparing
and storing never make the screen wait.
*/

// Started only by worker-pool.ts, with this data and a port.
const {prod, dev, base, snapshots, storeFile, pace} = workerData as ScanWorkerData;
const port = parentPort;
if (!port) throw new TypeError('scan-worker runs only as a worker thread');

const gate = new Gate(pace.maxRowsPerSecond);
const waiting: LaneJob[] = [];
let wake: () => void = () => undefined;

port.on('message', (message: ToWorker) => {
	switch (message.kind) {
		case 'pause':
			gate.pause();
			break;
		case 'resume':
			gate.resume();
			break;
		case 'stop':
			gate.stop();
			break;
		case 'skip':
			gate.skip(message.tableNumber);
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

let resources: LaneResources | null = null;
try {
	resources = {
		reader: await openPair(prod, dev, snapshots),
		base: base ? await openConnection(base) : null,
		store: RunStore.open(storeFile),
	};
	say({kind: 'ready'});
	while (!gate.isStopped) {
		const job = waiting.shift();
		if (!job) {
			await nextMessage();
			continue;
		}
		for await (const lane of scanLane(resources, job, pace, gate)) say({kind: 'segment', lane});
		say({kind: 'ready'});
	}
} catch (error) {
	say({kind: 'failed', error: packError(error)});
} finally {
	resources?.store.close();
	// What was lost can't be closed any more.
	await Promise.allSettled([resources?.reader.close(), resources?.base?.close()]);
	port.close();
}
