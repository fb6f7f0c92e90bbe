import type {PlannedStatement} from '../../../store/statements.ts';
import type {Spans} from '../../../report/spans.ts';
import {joinTexts, writeProse, writeSql, type LongText} from './long-text.ts';
import {describeEffect, nameSection} from './plan-lines.ts';

/** Everything about one statement: what it must do, what it may cost, its SQL, what undoes it. */
export function writeStatement(statement: PlannedStatement, width: number): LongText {
	const {number, summary, hazards, sql, allowed, kind} = statement;
	return joinTexts([
		writeProse(
			[
				[
					{text: `${number}  `, tone: 'muted'},
					{text: summary, tone: 'strong'},
				],
				[
					{text: nameSection(statement), tone: 'muted'},
					{text: ' · '},
					...describeEffect(statement),
				],
				...describeGate(statement),
				...hazards.map(({message}): Spans => [{text: '! ', tone: 'warning'}, {text: message}]),
				[],
			],
			width,
			2,
		),
		writeSql(sql, width, !allowed),
		...(kind === 'session' ? [] : writeUndo(statement, width)),
	]);
}

function describeGate({allowed, needs}: PlannedStatement): Spans[] {
	if (allowed) return [];
	const how = needs === null ? '.' : `, until ${needs} is allowed: A allows it.`;
	return [[{text: `Commented out: it does not run${how}`, tone: 'warning'}]];
}

function writeUndo({undo, allowed}: PlannedStatement, width: number): LongText[] {
	if (undo === null) {
		const tone = allowed ? 'warning' : 'muted';
		return [writeProse([[], [{text: "It can't be undone.", tone}]], width)];
	}
	return [
		writeProse([[], [{text: 'Undone by', tone: 'strong'}]], width),
		...undo.map((sql) => writeSql(`${sql};`, width)),
	];
}
