import {castCell} from '../../../model/cast-cell.ts';
import {decodeField, encodeCell} from '../../../model/encoding.ts';
import type {LayoutColumn} from '../../../model/layout.ts';

/** A field in the kind that both sides are brought to. */
export function castField(field: string, {as}: Pick<LayoutColumn, 'as'>): string {
	return as === undefined ? field : encodeCell(castCell(decodeField(field), as));
}
