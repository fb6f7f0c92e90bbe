import type {SideReader, SideRow} from '../../dialects/side-reader.ts';
import type {Layout} from '../../model/layout.ts';

/** Keys in one question: enough that a slow link is paid seldom, few enough for any server. */
const batchKeys = 500;

/** Rows by encoded key, in the order asked, in questions of a bounded size. */
export async function lookUpRows(
	reader: SideReader,
	layout: Layout,
	keys: readonly string[],
): Promise<(SideRow | null)[]> {
	const rows: (SideRow | null)[] = [];
	for (let at = 0; at < keys.length; at += batchKeys) {
		rows.push(...(await reader.readRowsByKey(layout, keys.slice(at, at + batchKeys))));
	}
	return rows;
}
