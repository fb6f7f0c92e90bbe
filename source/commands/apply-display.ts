import type {ApplyEvent} from '../engine/apply/apply-pack.ts';
import {formatCount} from '../report/number-text.ts';
import type {CommandContext} from './context.ts';
import {LiveLine} from './live-line.ts';

const phaseNames: Readonly<Record<ApplyEvent['phase'], string>> = {
	check: 'checking that nothing has changed',
	before: 'reading the rows as they are',
	structure: 'changing the structure',
	run: 'running statements',
	verify: 'reading the rows back',
	'foreign keys': 'checking foreign keys',
	commit: 'committing',
	'roll back': 'rolling back',
};

/** Shows an apply on stderr: each phase as it begins and, on a terminal, how far it is. */
export class ApplyDisplay {
	readonly #live: LiveLine;
	readonly #isTerminal: boolean;
	#phase: ApplyEvent['phase'] | null = null;

	constructor({stderr, flags}: Pick<CommandContext, 'stderr' | 'flags'>) {
		this.#live = new LiveLine(stderr, {isQuiet: flags.quiet});
		this.#isTerminal = stderr.isTerminal;
	}

	async show({phase, done, total, summary}: ApplyEvent): Promise<void> {
		const name = phaseNames[phase];
		if (this.#phase !== phase && !this.#isTerminal) await this.#live.keep([{text: name}]);
		this.#phase = phase;
		const share = total > 0 ? ` ${formatCount(done)} of ${formatCount(total)}` : '';
		await this.#live.draw([{text: `${name}${share}  `}, {text: summary, tone: 'muted'}]);
	}

	async end(): Promise<void> {
		await this.#live.end();
	}
}
