import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {StoreError} from '../model/errors.ts';
import {renderHtml} from './report-html.ts';
import {renderMarkdown} from './report-markdown.ts';
import type {RunReport} from './run-report.ts';

export type ReportPaths = {readonly markdown: string; readonly html: string};

/**
Writes `report.md` and `report.html` into a folder, of an undo `undo_report.md` and
`undo_report.html`, replacing older ones.

@throws {StoreError} When the folder can't be written to.
*/
export async function writeReport(folder: string, report: RunReport): Promise<ReportPaths> {
	const stem = report.receipt.kind === 'undo' ? 'undo_report' : 'report';
	const paths = {
		markdown: path.join(folder, `${stem}.md`),
		html: path.join(folder, `${stem}.html`),
	};
	try {
		await mkdir(folder, {recursive: true});
		await writeFile(paths.markdown, renderMarkdown(report));
		await writeFile(paths.html, renderHtml(report));
		return paths;
	} catch (error) {
		if (!(error instanceof Error && 'code' in error)) throw error;
		throw new StoreError(`The report can't be written to ${folder}: ${error.message}`, {
			hint: 'Everything else is done. Free some space or check the permissions there.',
			cause: error,
		});
	}
}
