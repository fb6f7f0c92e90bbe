import type {ConnectionSettings} from '../model/connection-settings.ts';
import type {Lane} from '../store/scan-record.ts';
import type {PackedError} from './carry-error.ts';
import type {SharedSnapshots} from './pairing/open-pair.ts';
import type {LaneJob, Pace} from './scan-lane.ts';

/** What a scan thread is started with. */
export type ScanWorkerData = {
	readonly prod: ConnectionSettings;
	readonly dev: ConnectionSettings;
	readonly base: ConnectionSettings | null;
	readonly snapshots: SharedSnapshots;
	readonly storeFile: string;
	readonly pace: Pace;
};

export type ToWorker =
	| ({readonly kind: 'lane'} & LaneJob)
	/** As soon as it may. */
	| {readonly kind: 'pause'}
	| {readonly kind: 'resume'}
	| {readonly kind: 'stop'}
	| {readonly kind: 'skip'; readonly tableNumber: number};

export type FromWorker =
	/** It has nothing to do. */
	| {readonly kind: 'ready'}
	/** A segment is on disk; the lane as it is now. */
	| {readonly kind: 'segment'; readonly lane: Lane}
	| {readonly kind: 'failed'; readonly error: PackedError};
