import {composeReport, type ReportTable, type RunReport} from './run-report.ts';
import {escapeMarkup as escape} from './escape-markup.ts';

const style = `
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { border-bottom: 1px solid #8886; padding: .25rem .75rem; text-align: left; vertical-align: top; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; }
td { overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
`;

/** A run's report as one HTML page that loads nothing and runs nothing. */
export function renderHtml(report: RunReport): string {
	const {title, sections} = composeReport(report);
	const body = sections.map(({title: heading, paragraphs, table}) =>
		[
			`<section><h2>${escape(heading)}</h2>`,
			...paragraphs.map((paragraph) => `<p>${escape(paragraph)}</p>`),
			...(table ? [renderTable(table)] : []),
			'</section>',
		].join('\n'),
	);
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escape(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escape(title)}</h1>
${body.join('\n')}
</body>
</html>
`;
}

function renderTable({columns, rows}: ReportTable): string {
	const line = (tag: 'th' | 'td', cells: readonly string[]) =>
		`<tr>${cells
			.map((cell, index) => {
				const kind = columns[index]?.isNumber ? ' class="number"' : '';
				return `<${tag}${kind}>${escape(cell)}</${tag}>`;
			})
			.join('')}</tr>`;
	const titles = columns.map(({title}) => title);
	return [
		'<div class="scroll"><table>',
		`<thead>${line('th', titles)}</thead>`,
		'<tbody>',
		...rows.map((cells) => line('td', cells)),
		'</tbody></table></div>',
	].join('\n');
}
