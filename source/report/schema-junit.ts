import type {SchemaChange} from '../model/schema-change.ts';
import {escapeMarkup} from './escape-markup.ts';
import type {ComparedObject, SchemaReport} from './schema-report.ts';
import {indentWithBlanks, nameObject} from './schema-text.ts';

/**
A comparison of structure as JUnit XML: one test case an object, which fails when the object
differs; what is not compared is a skipped case.
*/
export function renderSchemaJunit({prod, dev, compared, notCompared}: SchemaReport): string {
	const failures = compared.filter(({changes}) => changes.length > 0).length;
	const name = escapeMarkup(`structure of ${prod} beside ${dev}`);
	const counts = `tests="${compared.length + notCompared.length}" failures="${failures}" errors="0" skipped="${notCompared.length}"`;
	const skipped = notCompared.map(
		({kind, name: object, reason}) =>
			`${openCase(kind, object)}><skipped message="${escapeMarkup(reason)}"/></testcase>`,
	);
	return [
		'<?xml version="1.0" encoding="UTF-8"?>',
		`<testsuites name="deepdiff-db" ${counts}>`,
		`<testsuite name="${name}" ${counts}>`,
		...compared.map(renderCase),
		...skipped,
		'</testsuite>',
		'</testsuites>',
		'',
	].join('\n');
}

function openCase(kind: string, name: string): string {
	return `<testcase classname="${escapeMarkup(kind)}" name="${escapeMarkup(name)}"`;
}

function renderCase({kind, name, changes}: ComparedObject): string {
	if (changes.length === 0) return `${openCase(kind, name)}/>`;
	const message = changes.map((change) => `${change.action} ${nameObject(change)}`).join('; ');
	const text = changes.map(describeChange).join('\n');
	return `${openCase(kind, name)}><failure type="drift" message="${escapeMarkup(message)}">${escapeLines(text)}</failure></testcase>`;
}

/** Line feeds and the tabs of a definition are no values: they stay. */
function escapeLines(text: string): string {
	return text
		.split('\n')
		.map((line) => escapeMarkup(indentWithBlanks(line)))
		.join('\n');
}

function describeChange(change: SchemaChange): string {
	const {action, details, prod, dev} = change;
	return [
		`${action} ${nameObject(change)}${details.length > 0 ? `: ${details.join(', ')}` : ''}`,
		...(prod === null ? [] : [`prod: ${prod}`]),
		...(dev === null ? [] : [`dev: ${dev}`]),
	].join('\n');
}
