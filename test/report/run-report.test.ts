import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'node:test';
import {StoreError} from '../../source/model/errors.ts';
import {renderHtml} from '../../source/report/report-html.ts';
import {renderMarkdown} from '../../source/report/report-markdown.ts';
import type {RunReport} from '../../source/report/run-report.ts';
import {writeReport} from '../../source/report/write-report.ts';
import {makeComparison, makeTable, noCounts, receipt} from './fixture.ts';

const hostile = `<img src=x onerror=alert(1)>|[x](http://e.vil)\n# "'&`;

const report: RunReport = {
	receipt: {...receipt, tables: [{table: hostile, inserted: 1200, updated: 8, deleted: 1}]},
	comparison: makeComparison({
		identical: false,
		conflicts: 1,
		tables: [
			makeTable({table: hostile, counts: {...noCounts, conflict: 1}}),
			makeTable({table: 'fts', status: 'not compared', reason: 'a virtual table'}),
		],
	}),
	plan: {
		statements: 13,
		notAllowed: 1,
		counts: {ddl: 2, session: 0, insert: 1, update: 8, delete: 1},
		tables: [],
		opened: [{kind: 'deleteRows', statements: 1}],
		gates: [{kind: 'dropTable', statements: 1}],
		hazards: [
			{hazard: {kind: 'deletesRows', message: `deletes rows of ${hostile}`}, statements: 1},
		],
		withoutUndo: [{number: 3, summary: 'drop index x'}],
	},
	decisions: [{time: '2026-01-01T00:00:01.000Z', summary: 'theirs for 3 rows'}],
};

test('the HTML report escapes every name, loads nothing and runs nothing', () => {
	const html = renderHtml(report);
	assert.doesNotMatch(html, /<(?:img|script|a|link|iframe)\b/);
	assert.ok(html.includes('&lt;img src=x onerror=alert(1)&gt;'));
	assert.ok(html.includes("default-src 'none'"));
	assert.ok(html.includes('<td class="number">1,200</td>'));
});

test('both formats tell the same: outcome, counts, gates, decisions and how to undo', () => {
	for (const text of [renderHtml(report), renderMarkdown(report).replaceAll('\\', '')]) {
		for (const wanted of [
			'Applied to prod.db.',
			'10 rows read back',
			'dropTable was not allowed',
			'3. drop index x',
			'theirs for 3 rows',
			'deepdiff-db undo undo_pack.sql',
			'a virtual table',
		]) {
			assert.ok(text.includes(wanted), wanted);
		}
	}
});

test('a name can not break out of its Markdown cell', () => {
	const markdown = renderMarkdown(report);
	const row = markdown.split('\n').find((line) => line.includes('onerror')) ?? '';
	assert.ok(row.startsWith('| \\<img'));
	assert.equal(row.replaceAll('\\|', '').split('|').length - 2, 4);
	assert.doesNotMatch(markdown, /(?<!\\)\]\(/);
});

test('a run whose store is gone still gets its report', () => {
	const html = renderHtml({receipt, comparison: null, plan: null, decisions: []});
	assert.ok(html.includes('Applied to prod.db.'));
});

test('reports are written, and a folder that can not be is told', async (context) => {
	const folder = mkdtempSync(path.join(tmpdir(), 'deepdiff-test-'));
	context.after(() => rmSync(folder, {recursive: true, force: true}));
	const paths = await writeReport(path.join(folder, 'new'), report);
	assert.equal(readFileSync(paths.html, 'utf8'), renderHtml(report));
	assert.equal(readFileSync(paths.markdown, 'utf8'), renderMarkdown(report));
	writeFileSync(path.join(folder, 'file'), '');
	await assert.rejects(writeReport(path.join(folder, 'file'), report), StoreError);
});
