import type {Database} from 'better-sqlite3';
import {addDays, pickDay, splitDay} from '../calendar.ts';
import {createInserter, type Row, type Value} from '../edit-rows.ts';
import type {Random} from '../random.ts';
import {awkwardReals, awkwardTexts, largeIntegers, nullLikeTexts} from '../words/odd-values.ts';
import {translationKeys, translations} from '../words/translations.ts';

export const currencies = ['USD', 'JPY', 'GBP', 'CHF', 'PLN', 'INR', 'KRW', 'VND'] as const;
const euroRates = [1.08, 161.8, 0.84, 0.95, 4.31, 90.1, 1_450.3, 27_350.75] as const;

/** Translations, settings, exchange rates, gift cards and a forgotten mailing list. */
export function fillReference(database: Database, random: Random): void {
	const addTranslation = createInserter(database, 'translations');
	for (const {locale, texts} of translations) {
		for (const row of makeTranslations(locale, texts)) addTranslation(row);
	}

	const addSetting = createInserter(database, 'settings');
	for (const [name, value] of listSettings()) addSetting({name, value, remark: null});

	const addRate = createInserter(database, 'exchange_rates');
	for (let day = -120; day < 0; day++) {
		for (const row of makeRates(random, addDays(splitDay, day))) addRate(row);
	}

	const addCard = createInserter(database, 'gift_cards');
	const addLog = createInserter(database, 'gift_card_log');
	for (let count = 0; count < 300; count++) {
		const code = `Gift-${random.bytes(5).toString('hex')}`;
		const issued = pickDay(random, '2021-01-01', '2023-12-31');
		const balance = random.chance(0.5) ? 0 : random.integer(5, 100) * 100;
		addCard({code, balance_cents: balance, issued_on: issued, used_at: null});
		if (balance > 0) continue;
		addLog({code, old_cents: 5000, new_cents: 0, logged_at: addDays(issued, 30)});
	}

	const addSubscriber = createInserter(database, 'newsletter_2019');
	for (let count = 1; count <= 250; count++) {
		const day = random.chance(0.1) ? null : pickDay(random, '2019-01-01', '2019-12-31');
		addSubscriber({email: `reader${count}@example.org`, subscribed_on: day});
	}
}

export function makeTranslations(locale: string, texts: readonly string[]): Row[] {
	return translationKeys.map((key, index) => ({locale, key, text: texts[index] ?? key}));
}

export function makeRates(random: Random, day: string): Row[] {
	return currencies.map((currency, index) => ({
		currency,
		day,
		rate: (euroRates[index] ?? 1) * (0.98 + random.integer(0, 4000) / 100_000),
	}));
}

/** Values of every storage class, in a column that has no type to bend them. */
function listSettings(): [string, Value][] {
	return [
		['shop.name', 'Fernweh Outdoor & Söhne'],
		['shop.founded', 1987n],
		['shop.logo', Buffer.from('47494638396101000100800000', 'hex')],
		['shop.motto', 'Der Weg ist das Ziel – 千里之行，始于足下'],
		['mail.sender', 'hello@shop.example'],
		['mail.footer', 'Fernweh\nAm Bach 7\n\t10115 Berlin\n'],
		['limits.retries', 3n],
		['limits.timeout', 30n],
		['limits.basket', 250n],
		['limits.refund', 0n],
		['flag.express', 1n],
		['flag.gift-wrap', '1'],
		['flag.beta', 1],
		['flag.raw', Buffer.from('1')],
		['tax.reduced', 0.07],
		['tax.rounding', 0],
		['empty.blob', Buffer.alloc(0)],
		['empty.text', ''],
		['unset', null],
		...nullLikeTexts.map((text, index): [string, Value] => [`null-like.${index + 1}`, text]),
		...awkwardTexts.map((text, index): [string, Value] => [`text.${index + 1}`, text]),
		...largeIntegers.map((value, index): [string, Value] => [`integer.${index + 1}`, value]),
		...awkwardReals.map((value, index): [string, Value] => [`real.${index + 1}`, value]),
	];
}
