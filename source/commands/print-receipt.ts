import path from 'node:path';
import {writeReceipt} from '../engine/apply/write-receipt.ts';
import {readPlanSummary} from '../engine/plan/plan-summary.ts';
import {summariseRun} from '../engine/summarise-run.ts';
import {DeepDiffError} from '../model/errors.ts';
import type {Receipt} from '../model/receipt.ts';
import {jsonVersion} from '../report/comparison-json.ts';
import {describeReceipt} from '../report/receipt-text.ts';
import {writeReport} from '../report/write-report.ts';
import type {RunStore} from '../store/run-store.ts';
import type {CommandContext} from './context.ts';
import {printJson, printLines, warn} from './print.ts';

/** Tells what an apply did; of a real one the receipt and the reports are written too. */
export async function printReceipt(
	context: CommandContext,
	receipt: Receipt,
	folder: string,
	store: RunStore | null,
): Promise<void> {
	const {stdout, flags} = context;
	const files =
		receipt.result === 'committed' ? await writeFiles(context, receipt, folder, store) : {};
	if (flags.json) {
		const {result} = receipt;
		await printJson(stdout, {version: jsonVersion, result, receipt, files});
		return;
	}
	await printLines(stdout, [
		...describeReceipt(receipt),
		...(Object.keys(files).length > 0 ? [[]] : []),
		...Object.entries(files).map(([name, file]) => [
			{text: `${name}  `.padEnd(10), tone: 'muted' as const},
			{text: file},
		]),
		...(receipt.undo && receipt.result === 'committed'
			? [
					[
						{text: 'undo      ', tone: 'muted' as const},
						{text: path.join(folder, receipt.undo.file)},
					],
				]
			: []),
	]);
}

/** What is in the database stays there: a full disk here is a warning, not a failure. */
async function writeFiles(
	context: CommandContext,
	receipt: Receipt,
	folder: string,
	store: RunStore | null,
): Promise<Record<string, string>> {
	const files: Record<string, string> = {};
	try {
		files['receipt'] = await writeReceipt(receipt, folder);
		const {markdown, html} = await writeReport(folder, {
			receipt,
			comparison: store && summariseRun(store),
			plan: store && readPlanSummary(store),
			decisions: store ? store.decisions.list().filter(({isUndone}) => !isUndone) : [],
		});
		files['report'] = markdown;
		files['html'] = html;
	} catch (error) {
		if (!(error instanceof DeepDiffError)) throw error;
		await warn(context, `The changes are in the database, but: ${error.message}`);
	}
	return files;
}
