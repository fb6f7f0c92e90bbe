import {spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import process from 'node:process';

/** What one run took. */
export type Sample = {
	readonly seconds: number;
	/** Of all its threads, user and system; null where the system does not tell. */
	readonly cpuSeconds: number | null;
	/** Highest resident memory, in bytes; null where the system does not tell, or it is not asked. */
	readonly peakBytes: number | null;
};

export type ProcessRun = Sample & {readonly stdout: string; readonly exitCode: number | null};

/**
Runs a command to its end, alone: its processor time is what this process's children used
meanwhile, its memory the kernel's own high-water mark.
*/
export async function runProcess(
	command: string,
	args: readonly string[],
	{keepOutput = true} = {},
): Promise<ProcessRun> {
	const before = readChildrenCpu();
	const began = performance.now();
	const child = spawn(command, args, {stdio: ['ignore', 'pipe', 'ignore']});
	let stdout = '';
	let peakBytes: number | null = null;
	child.stdout.on('data', (chunk: Buffer) => {
		if (keepOutput) stdout += chunk.toString();
	});
	const timer = setInterval(() => {
		peakBytes = readPeak(child.pid) ?? peakBytes;
	}, 10);
	const exitCode = await new Promise<number | null>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', resolve);
	}).finally(() => clearInterval(timer));
	const seconds = (performance.now() - began) / 1000;
	const after = readChildrenCpu();
	const cpuSeconds = before === null || after === null ? null : after - before;
	return {seconds, cpuSeconds, peakBytes, stdout, exitCode};
}

/** Times work of this very process that never waits. */
export function runHere(work: () => void): Promise<Sample> {
	const cpu = process.cpuUsage();
	const began = performance.now();
	work();
	const seconds = (performance.now() - began) / 1000;
	const {user, system} = process.cpuUsage(cpu);
	return Promise.resolve({seconds, cpuSeconds: (user + system) / 1e6, peakBytes: null});
}

function readPeak(pid: number | undefined): number | null {
	const peak = /VmHWM:\s+(\d+) kB/.exec(readProc(`${pid ?? ''}/status`))?.[1];
	return peak === undefined ? null : Number(peak) * 1024;
}

/** Seconds of all children that have ended: fields 16 and 17 of proc_pid_stat(5), 100 ticks a second. */
function readChildrenCpu(): number | null {
	// The program's name, in brackets, may hold spaces.
	const fields = readProc('self/stat').split(') ')[1]?.split(' ');
	const [user, system] = [fields?.[13], fields?.[14]];
	return user === undefined || system === undefined ? null : (Number(user) + Number(system)) / 100;
}

function readProc(file: string): string {
	try {
		return readFileSync(`/proc/${file}`, 'utf8');
	} catch {
		return '';
	}
}

export function median(values: readonly (number | null)[]): number {
	const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Each candidate's samples, one a round. */
export type Race<Name extends string> = Readonly<Record<Name, readonly Sample[]>>;

/**
Runs the candidates in turn, round after round, so that a machine that gets slower slows
all of them; the first round warms caches and does not count.
*/
export async function race<Name extends string>(
	candidates: Readonly<Record<Name, () => Promise<Sample>>>,
	rounds: number,
): Promise<Race<Name>> {
	// The keys are those of the candidates.
	const names = Object.keys(candidates) as Name[];
	const samples = new Map<Name, Sample[]>(names.map((name) => [name, []]));
	for (let round = 0; round <= rounds; round++) {
		for (const name of names) {
			const sample = await candidates[name]();
			if (round > 0) samples.get(name)?.push(sample);
		}
	}
	// Every name got its list above.
	return Object.fromEntries(samples) as Record<Name, Sample[]>;
}

export function medianSeconds(samples: readonly Sample[] = []): number {
	return median(samples.map(({seconds}) => seconds));
}

export function medianCpu(samples: readonly Sample[] = []): number {
	return median(samples.map(({cpuSeconds}) => cpuSeconds));
}

export function highestPeak(samples: readonly Sample[] = []): number | null {
	const peaks = samples.map(({peakBytes}) => peakBytes).filter((peak) => peak !== null);
	return peaks.length === 0 ? null : Math.max(...peaks);
}

/** The median of one candidate's time over another's, round by round: both ran in the same minute. */
export function medianRatio(own: readonly Sample[] = [], other: readonly Sample[] = []): number {
	return median(own.map(({seconds}, round) => seconds / (other[round]?.seconds ?? Number.NaN)));
}
