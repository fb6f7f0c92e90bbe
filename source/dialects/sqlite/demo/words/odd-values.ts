/** Texts that a careless comparison takes for NULL, for each other, or for nothing. */
export const nullLikeTexts = ['NULL', 'null', '', 'N/A', 'nil', 'None', '-', '\\N', ' '] as const;

/** Texts that are hard to draw, to measure, to quote or to compare. */
export const awkwardTexts = [
	'  two blanks in front',
	'two blanks behind  ',
	'a\ttab and\na new line',
	'Windows\r\nline end',
	'no\u00a0break and zero\u200bwidth',
	'e\u0301t\u00e9: decomposed and composed',
	'Z\u0351\u036b\u0343a\u0329\u0356l\u0348\u0333g\u0321o\u0322: marks on marks',
	'family 👨‍👩‍👧‍👦, pair 👩🏽‍🤝‍👨🏿, flag 🇪🇺, Wales 🏴\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}, keycap 5️⃣',
	'left to right, then مرحبا بالعالم, then שלום, then back',
	'𝔐𝔞𝔱𝔥 and 𐍈 lie beyond the first plane',
	'ﬁne ligature, Ⅷ, ½, Å (Ångström sign)',
	'it\'s quoted; "twice"; `thrice` -- and a comment /* too */',
	'<b>not bold</b> & 100% of $1',
	'\u001b[31mnot red\u001b[0m and a bell \u0007',
] as const;

/** Whole numbers that a JavaScript number cannot hold. */
export const largeIntegers = [
	9_007_199_254_740_993n,
	-9_007_199_254_740_993n,
	9_223_372_036_854_775_807n,
	-9_223_372_036_854_775_808n,
] as const;

export const awkwardReals = [
	0.1 + 0.2,
	1e16,
	1.797_693_134_862_315_7e308,
	5e-324,
	-123_456_789.012_345_6,
	1 / 3,
] as const;
