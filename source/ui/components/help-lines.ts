import {showKeys, type HelpGroup, type KeyHint} from '../keymap.ts';
import {fitSpans, type Spans} from '../../report/spans.ts';
import {measureText} from '../../report/text-width.ts';

/** The help as rows, drawn from the key tables; a key that can't act now says why. */
export function listHelpLines(groups: readonly HelpGroup[]): readonly Spans[] {
	const filled = groups.filter(({hints}) => hints.length > 0);
	const widths = filled.flatMap(({hints}) => hints.map(({keys}) => measureText(showKeys(keys))));
	const keyWidth = Math.min(24, Math.max(0, ...widths));
	return filled.flatMap(({title, hints}, index) => [
		...(index === 0 ? [] : [[]]),
		[{text: title, tone: 'strong'}] satisfies Spans,
		...hints.map((hint) => showHint(hint, keyWidth)),
	]);
}

function showHint({keys, description, disabledReason}: KeyHint, keyWidth: number): Spans {
	const isDisabled = disabledReason !== undefined;
	const key = fitSpans(
		[{text: showKeys(keys), tone: isDisabled ? 'muted' : 'accent'}],
		keyWidth,
		'right',
	);
	const text: Spans = isDisabled
		? [{text: `${description} — ${disabledReason}`, tone: 'muted'}]
		: [{text: description}];
	return [...key, {text: '  '}, ...text];
}
