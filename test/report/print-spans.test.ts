import assert from 'node:assert/strict';
import test from 'node:test';
import {createPrinter} from '../../source/report/print-spans.ts';

test('without colour no escape is printed, whatever the text holds', () => {
	const print = createPrinter({hasColor: false});
	assert.equal(print([{text: 'a', tone: 'danger'}, {text: '\u001B[31mb\r\n'}]), 'a␛[31mb␍⏎');
});

test('with colour every escape is the printer’s own and is closed', () => {
	const print = createPrinter({hasColor: true});
	assert.equal(print([{text: 'a', tone: 'danger'}, {text: 'b'}]), '\u001B[1;31ma\u001B[0mb');
});

test('blanks at the end of a line are dropped', () => {
	assert.equal(createPrinter({hasColor: false})([{text: 'a  '}]), 'a');
});
