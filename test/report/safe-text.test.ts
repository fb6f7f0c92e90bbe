import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {makeSafe, showCharacters, splitGraphemes} from '../../source/report/safe-text.ts';

/** Anything: printable text, control characters, lone surrogates, marks, emoji. */
const anyText = fc.oneof(
	fc.string({unit: 'binary', maxLength: 40}),
	fc.string({unit: 'grapheme', maxLength: 40}),
	fc
		.array(fc.integer({min: 0, max: 0xffff}), {maxLength: 20})
		.map((units) => String.fromCharCode(...units)),
	fc
		.array(
			fc.constantFrom(
				'\u001B[31m',
				'\u009B2J',
				'\u202E',
				'\u200B',
				'\u0301',
				'👨‍👩‍👧',
				'❤️',
				'a',
				' ',
				'\n',
			),
			{maxLength: 12},
		)
		.map((parts) => parts.join('')),
);

test('nothing that could drive or deceive the terminal is left, whatever came in', () => {
	const emoji = new RegExp('\\p{RGI_Emoji}', 'gv');
	fc.assert(
		fc.property(anyText, (text) => {
			const safe = makeSafe(text).replaceAll(emoji, '');
			assert.doesNotMatch(safe, /\p{Cc}|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}|(?! )\p{Zs}/u);
			assert.doesNotMatch(safe, /\p{Default_Ignorable_Code_Point}/u);
		}),
		{numRuns: 1000},
	);
});

test('what is safe stays as it is', () => {
	for (const text of ['plain', 'Zażółć', '漢字かな', 'नमस्ते', '👨‍👩‍👧 👍🏽 🇫🇷 ❤️', 'e\u0301', 'مرحبا']) {
		assert.equal(makeSafe(text), text);
	}
	fc.assert(
		fc.property(anyText, (text) => {
			assert.equal(makeSafe(makeSafe(text)), makeSafe(text));
		}),
	);
});

test('escape sequences become visible and lose their power', () => {
	assert.equal(makeSafe('\u001B[2J\u001B]0;owned\u0007'), '␛[2J␛]0;owned␇');
	assert.equal(makeSafe('\u009B31m\u0090q\u009C'), '\\u009b31m\\u0090q\\u009c');
	assert.equal(makeSafe('a\u0000b\u007Fc\rd\te\nf'), 'a␀b␡c␍d→e⏎f');
});

test('what would not be seen is seen', () => {
	assert.equal(makeSafe('ad\u200Bmin'), 'ad\\u200bmin');
	assert.equal(makeSafe('\u202Etxt.exe\u202C'), '\\u202etxt.exe\\u202c');
	assert.equal(makeSafe('a\u00A0b\u3000c'), 'a\\u00a0b\\u3000c');
	assert.equal(makeSafe('x\u{E0041}'), 'x\\u{e0041}');
	assert.equal(makeSafe('\uD83D'), '\\ud83d');
});

test('a joiner stays where it makes an emoji and shows everywhere else', () => {
	assert.equal(makeSafe('👩‍💻'), '👩‍💻');
	assert.equal(makeSafe('a\u200Db'), 'a\\u200db');
});

test('a mark without a letter gets something to stand on', () => {
	assert.equal(makeSafe('\u0301abc'), '◌\u0301abc');
});

test('a letter under a thousand marks is cut short', () => {
	const safe = makeSafe(`a${'\u0301'.repeat(1000)}b`);
	assert.ok(safe.length < 50, `${safe.length}`);
	assert.match(safe, /^a\u0301+…b$/u);
});

test('stand-ins are told apart from a text that looks like them', () => {
	assert.deepEqual(showCharacters('\\u200b\u200B→\t'), [
		{text: '\\u200b', isStandIn: false},
		{text: '\\u200b', isStandIn: true},
		{text: '→', isStandIn: false},
		{text: '→', isStandIn: true},
	]);
});

test('texts that differ stay different unless one spells a stand-in out', () => {
	fc.assert(
		fc.property(anyText, anyText, (a, b) => {
			fc.pre(a !== b && a.length < 30 && b.length < 30);
			assert.notDeepEqual(showCharacters(a), showCharacters(b));
		}),
		{numRuns: 500},
	);
});

test('a character is what a person sees as one', () => {
	assert.deepEqual(splitGraphemes('ae\u0301👨‍👩‍👧🇫🇷'), ['a', 'e\u0301', '👨‍👩‍👧', '🇫🇷']);
});
