import {castCell} from '../../../model/cast-cell.ts';
import {areCellsEqual, type Cell} from '../../../model/cell.ts';

const longest = 2n ** 63n;

/**
The values under which SQLite may keep a cell that was brought to a kind of another engine, the
likeliest first. SQLite's own kinds come back alone unless the column was compared as another
kind than it is kept in.

@param isCast The column's cells were brought to another kind.
*/
export function listStoredForms(cell: Cell, isCast: boolean): readonly Cell[] {
	const {kind, text} = cell;
	const asText = (...texts: string[]): Cell[] =>
		[...new Set(texts)].map((spelled) => ({kind: 'text', text: spelled}));
	switch (kind) {
		case 'null':
		case 'absent':
		case 'rawText':
		case 'bytes':
			return [cell];
		case 'text':
			return isCast && /^-?\d{1,19}$/.test(text) ? [cell, ...listNumbers(text)] : [cell];
		case 'integer':
			return isCast ? [...listNumbers(text), ...asText(text)] : [cell];
		case 'real':
			return isCast ? [cell, ...listNumbers(text), ...asText(text)] : [cell];
		case 'decimal':
			return [...listNumbers(text), ...asText(text)];
		case 'boolean':
			return [{kind: 'integer', text: text === 'true' ? '1' : '0'}, ...asText(text)];
		case 'uuid': {
			const digits = text.replaceAll('-', '');
			const texts = [text, text.toUpperCase(), digits, digits.toUpperCase()];
			return [...asText(...texts), {kind: 'bytes', text: digits}];
		}
		case 'timestamp':
		case 'timestamptz':
			return asText(...spellMoments(text));
		case 'date':
		case 'time':
		case 'interval':
		case 'json':
		case 'other':
			return asText(text);
		default:
			return kind satisfies never;
	}
}

/** How a cell of another engine's kind is written: the likeliest form that loses nothing of it. */
export function chooseStoredForm(cell: Cell): Cell {
	const forms = listStoredForms(cell, true);
	const isWhole = (form: Cell) => areCellsEqual(castCell(form, cell.kind), cell);
	return forms.find(isWhole) ?? {kind: 'text', text: cell.text};
}

/** As an integer where it is one that fits, and as the float that SQLite makes of others. */
function listNumbers(text: string): Cell[] {
	const isInteger = /^-?\d+$/.test(text) && BigInt(text) >= -longest && BigInt(text) < longest;
	const real: Cell = {kind: 'real', text: String(Number(text))};
	return isInteger ? [{kind: 'integer', text}, real] : Number.isNaN(Number(text)) ? [] : [real];
}

/** As SQLite's own functions and most libraries write a moment. */
function spellMoments(text: string): string[] {
	const bare = text.replace(/Z$/, '');
	const isZoned = bare !== text;
	const [date = '', time = ''] = bare.split('T');
	const spelled = [`${date} ${time}`, `${date}T${time}`];
	const zoned = isZoned ? spelled.flatMap((each) => [`${each}Z`, `${each}+00:00`]) : [];
	return [...spelled, ...zoned, ...(time === '00:00:00' ? [date] : [])];
}
