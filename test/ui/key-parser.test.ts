import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {flushKeys, parseKeys} from '../../source/ui/key-parser.ts';
import {encodeKey, encodePaste} from '../terminal/key-codes.ts';

const names = [
	...['return', 'tab', 'shift+tab', 'space', 'backspace', 'delete', 'insert'],
	...['up', 'down', 'left', 'right', 'home', 'end', 'pageup', 'pagedown', 'f1'],
	...['ctrl+a', 'ctrl+c', 'ctrl+d', 'ctrl+u', 'ctrl+z', 'ctrl+j'],
	...['j', 'G', '?', '/', '7', '[', 'O', 'é', '漢', '👍🏽'],
];

function nameKeys(input: string): readonly string[] {
	const {keys, rest} = parseKeys(input);
	return [...keys, ...flushKeys(rest)].map(({name}) => name);
}

for (const name of [...names, 'escape']) {
	test(`the key ${name} is known by its name`, () => {
		assert.deepEqual(nameKeys(encodeKey(name)), [name]);
	});
}

test('keys that arrive together are told apart', () => {
	assert.deepEqual(nameKeys('jjj'), ['j', 'j', 'j']);
	assert.deepEqual(nameKeys('j\u001B[B\u001B[Bk\r'), ['j', 'down', 'down', 'k', 'return']);
	fc.assert(
		fc.property(fc.array(fc.constantFrom(...names), {maxLength: 20}), (keys) => {
			assert.deepEqual(nameKeys(keys.map(encodeKey).join('')), keys);
		}),
	);
});

test('a sequence that is cut anywhere is the same key', () => {
	const pieces = fc.oneof(
		fc.constantFrom(...names).map((name) => ({names: [name], input: encodeKey(name)})),
		fc
			.string({maxLength: 8})
			.filter((text) => !text.includes('\u001B'))
			.map((text) => ({names: ['paste'], input: encodePaste(text)})),
	);
	fc.assert(
		fc.property(
			fc.array(pieces, {minLength: 1, maxLength: 6}),
			fc.array(fc.nat(60), {maxLength: 5}),
			(all, cuts) => {
				// Terminals never cut a character itself: input is decoded before it comes here.
				const characters = Array.from(
					new Intl.Segmenter().segment(all.map(({input}) => input).join('')),
					({segment}) => segment,
				);
				const places = [...new Set(cuts)]
					.filter((cut) => cut < characters.length)
					.sort((a, b) => a - b);
				const found: string[] = [];
				let rest = '';
				for (const [index, place] of [...places, characters.length].entries()) {
					const chunk = characters.slice(places[index - 1] ?? 0, place).join('');
					const parsed = parseKeys(rest + chunk);
					found.push(...parsed.keys.map(({name}) => name));
					rest = parsed.rest;
				}
				found.push(...flushKeys(rest).map(({name}) => name));
				assert.deepEqual(
					found,
					all.flatMap((piece) => piece.names),
				);
			},
		),
	);
});

test('escape waits for what may follow, and is itself when nothing does', () => {
	assert.deepEqual(parseKeys('\u001B'), {keys: [], rest: '\u001B'});
	assert.deepEqual(parseKeys('j\u001B[1;'), {keys: [{name: 'j', text: 'j'}], rest: '\u001B[1;'});
	assert.deepEqual(nameKeys('\u001B\u001B'), ['escape', 'escape']);
	assert.deepEqual(nameKeys('\u001B['), ['escape', '[']);
});

test('escape and then a character are two keys', () => {
	assert.deepEqual(nameKeys('\u001Bj'), ['escape', 'j']);
	assert.deepEqual(nameKeys('\u001B\r'), ['escape', 'return']);
	assert.deepEqual(nameKeys('\u001B]'), ['escape', ']']);
});

test('keys with Shift, Alt and Control say so', () => {
	assert.deepEqual(nameKeys('\u001B[1;5A'), ['ctrl+up']);
	assert.deepEqual(nameKeys('\u001B[1;2B'), ['shift+down']);
	assert.deepEqual(nameKeys('\u001B[1;8C'), ['ctrl+alt+shift+right']);
	assert.deepEqual(nameKeys('\u001B[5;5~'), ['ctrl+pageup']);
	assert.deepEqual(nameKeys('\u001B\u001B[A'), ['alt+up']);
	assert.deepEqual(nameKeys('\u0000'), ['ctrl+space']);
});

test('other terminals send other bytes for the same keys', () => {
	const variants: Readonly<Record<string, readonly string[]>> = {
		home: ['\u001B[H', '\u001BOH', '\u001B[1~', '\u001B[7~'],
		end: ['\u001B[F', '\u001BOF', '\u001B[4~', '\u001B[8~'],
		up: ['\u001B[A', '\u001BOA'],
		backspace: ['\u007F', '\b'],
		f1: ['\u001BOP', '\u001B[11~', '\u001B[[A'],
		'ctrl+up': ['\u001B[1;5A', '\u001BOa'],
		'ctrl+pagedown': ['\u001B[6;5~', '\u001B[6^'],
		return: ['\r', '\u001BOM', '\u001B[13u'],
		'ctrl+d': ['\u0004', '\u001B[100;5u'],
		escape: ['\u001B', '\u001B[27u'],
	};
	for (const [name, codes] of Object.entries(variants)) {
		for (const code of codes) assert.deepEqual(nameKeys(code), [name], JSON.stringify(code));
	}
});

test('a sequence that means no key is swallowed whole', () => {
	for (const code of [
		'\u001B[?1;2c',
		'\u001B[I',
		'\u001B[12;40R',
		'\u001B[99~',
		'\u001B[<0;1;1M',
	]) {
		assert.deepEqual(nameKeys(`a${code}b`), ['a', 'b'], JSON.stringify(code));
	}
});

test('a paste is one key with its text, whatever the text holds', () => {
	const text = 'one\r\ntwo\rthree\tj\u001B[A';
	const {keys} = parseKeys(`a${encodePaste(text)}b`);
	assert.deepEqual(keys, [
		{name: 'a', text: 'a'},
		{name: 'paste', text: 'one\ntwo\nthree\tj\u001B[A'},
		{name: 'b', text: 'b'},
	]);
});

test('a paste whose end never comes still gives its text', () => {
	const {keys, rest} = parseKeys('\u001B[200~some');
	assert.deepEqual(keys, []);
	assert.deepEqual(flushKeys(rest), [{name: 'paste', text: 'some'}]);
});

test('no input makes the parser fail or lose count of itself', () => {
	fc.assert(
		fc.property(fc.string({unit: 'binary', maxLength: 40}), (input) => {
			const {keys, rest} = parseKeys(input);
			assert.ok(input.endsWith(rest));
			for (const {name} of [...keys, ...flushKeys(rest)]) assert.notEqual(name, '');
		}),
	);
});
