import {parseArgs} from 'node:util';
import {applyPack} from '../../../source/engine/apply/apply-pack.ts';
import {openTarget} from '../../../source/engine/open-target.ts';
import {readPack} from '../../../source/engine/pack/read-pack.ts';
import {allowKinds} from '../../../source/model/schema-change.ts';
import {RunStore} from '../../../source/store/run-store.ts';

/* Applies a pack and says where it is, until somebody kills it. */

const {values} = parseArgs({
	options: {pack: {type: 'string'}, prod: {type: 'string'}, store: {type: 'string'}},
});
const signal = new AbortController().signal;
const settings = {
	driver: 'sqlite',
	file: values.prod ?? '',
	lockTimeout: 5000,
	snapshot: true,
} as const;
const {connection} = await openTarget(settings, signal);
const steps = applyPack({
	pack: await readPack(values.pack ?? ''),
	connection,
	mode: 'apply',
	allow: new Set(allowKinds),
	triggers: 'fire',
	signal,
	store: RunStore.open(values.store ?? ''),
});
for await (const {phase, done} of steps) process.stdout.write(`${phase} ${done}\n`);
process.stdout.write('end 0\n');
