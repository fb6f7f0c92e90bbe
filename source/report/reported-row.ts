import type {Layout} from '../model/layout.ts';
import type {Resolution, RowChange, Take} from '../model/row-change.ts';

/** A row that differs, with what was decided and what will therefore happen. */
export type ReportedRow = RowChange & {
	readonly resolution: Resolution | null;
	/** Its resolution, else its state's default; null: it needs a decision. */
	readonly take: Take | null;
};

/** The names of the key's cells; without a key the key is the whole compared row. */
export function keyColumnsOf({key}: Pick<RowChange, 'key'>, layout: Layout): string[] {
	if (layout.key.kind !== 'rows') return [...layout.key.columns];
	return layout.columns.slice(0, key.length).map(({name}) => name);
}
