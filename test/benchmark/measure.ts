import {spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import process from 'node:process';

/** One run of a whole process. */
export type ProcessRun = {
	readonly seconds: number;
	/** Highest resident memory, in bytes; null where the system does not tell. */
	readonly peakBytes: number | null;
	readonly stdout: string;
	readonly exitCode: number | null;
};

/** Runs a command to its end. Its memory is read from the kernel's own high-water mark. */
export async function runProcess(
	command: string,
	args: readonly string[],
	{keepOutput = true} = {},
): Promise<ProcessRun> {
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
	});
	clearInterval(timer);
	return {seconds: (performance.now() - began) / 1000, peakBytes, stdout, exitCode};
}

function readPeak(pid: number | undefined): number | null {
	if (pid === undefined || process.platform !== 'linux') return null;
	try {
		const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
		return peak === undefined ? null : Number(peak) * 1024;
	} catch {
		return null;
	}
}

export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/**
Runs the candidates in turn, round after round, so that a machine that gets slower slows
all of them; the first round warms caches and does not count.

@returns The seconds of each counted round, by candidate.
*/
export async function race(
	candidates: Readonly<Record<string, () => Promise<number>>>,
	rounds: number,
): Promise<Record<string, number[]>> {
	const seconds: Record<string, number[]> = {};
	for (let round = 0; round <= rounds; round++) {
		for (const [name, run] of Object.entries(candidates)) {
			const took = await run();
			if (round > 0) (seconds[name] ??= []).push(took);
		}
	}
	return seconds;
}

/** The median of a candidate's time over another's, round by round. */
export function ratio(seconds: Readonly<Record<string, number[]>>, a: string, b: string): number {
	const own = seconds[a] ?? [];
	const other = seconds[b] ?? [];
	return median(own.map((value, index) => value / (other[index] ?? Number.NaN)));
}
