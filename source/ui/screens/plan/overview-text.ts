import type {PlanSummary} from '../../../model/plan.ts';
import {describePlan} from '../../../report/plan-text.ts';
import type {Spans} from '../../../report/spans.ts';
import type {PackState} from '../screen-props.ts';
import {writeProse, type LongText} from './long-text.ts';

/** The plan in numbers, everything that it may cost, and where it was written to. */
export function writeOverview(summary: PlanSummary, pack: PackState, width: number): LongText {
	return writeProse([...describeFiles(pack), ...describePlan(summary)], width, 4);
}

function describeFiles(pack: PackState): Spans[] {
	switch (pack.kind) {
		case 'not written':
			return [[{text: 'Not written to files yet: w does it.', tone: 'muted'}], []];
		case 'writing':
			return [[{text: 'Writing the files…', tone: 'muted'}], []];
		case 'written': {
			const {sql, manifest, undoSql, undoManifest} = pack.paths;
			const files = [
				['Plan    ', sql],
				['        ', manifest],
				['Undo    ', undoSql],
				['        ', undoManifest],
			] as const;
			return [
				[{text: 'Written', tone: 'good'}],
				...files.map(([label, path]): Spans => [{text: `  ${label}`, tone: 'muted'}, {text: path}]),
				[],
			];
		}
		case 'failed':
			return [
				[{text: pack.problem.message, tone: 'danger'}],
				...(pack.problem.hint === '' ? [] : [[{text: pack.problem.hint}]]),
				[],
			];
		default:
			return pack satisfies never;
	}
}
