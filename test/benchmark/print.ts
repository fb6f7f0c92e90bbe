/** Prints a table whose columns line up; Markdown, so that it can be pasted as it is. */
export function printTable(header: readonly string[], rows: readonly (readonly string[])[]): void {
	const widths = header.map((title, column) =>
		Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
	);
	const line = (cells: readonly string[], fill = ' ') =>
		`| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width, fill)).join(' | ')} |`;
	console.log(line(header));
	console.log(line([], '-'));
	for (const row of rows) console.log(line(row));
}

export const seconds = (value: number) => (Number.isNaN(value) ? '–' : `${value.toFixed(2)} s`);

export const times = (value: number) => (Number.isNaN(value) ? '–' : `${value.toFixed(2)} ×`);

export const megabytes = (bytes: number | null) =>
	bytes === null ? '–' : `${(bytes / 2 ** 20).toFixed(0)} MB`;

/** A figure beside what it is to reach at most. */
export function reach(
	value: number | null,
	most: number,
	show: (value: number) => string = times,
): string {
	if (value === null || Number.isNaN(value)) return '–';
	return `${show(value)} ${value <= most ? '✓' : '✗'} ≤ ${show(most)}`;
}
