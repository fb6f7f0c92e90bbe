import {composeReport, type ReportTable, type RunReport} from './run-report.ts';
import {escapeMarkdown as escape} from './escape-markdown.ts';

/** A run's report as GitHub-flavoured Markdown. */
export function renderMarkdown(report: RunReport): string {
	const {title, sections} = composeReport(report);
	const parts = sections.map(({title: heading, paragraphs, table}) =>
		[
			`## ${escape(heading)}`,
			...paragraphs.map(escape),
			...(table ? [renderTable(table)] : []),
		].join('\n\n'),
	);
	return [`# ${escape(title)}`, ...parts].join('\n\n') + '\n';
}

function renderTable({columns, rows}: ReportTable): string {
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	return [
		line(columns.map(({title}) => escape(title))),
		line(columns.map(({isNumber}) => (isNumber ? '---:' : '---'))),
		...rows.map((cells) => line(cells.map(escape))),
	].join('\n');
}
