import {currencies, makeRates, makeTranslations} from '../base/reference.ts';
import {addDays, splitDay} from '../calendar.ts';
import {changeRow, insertRow, removeRow, type Sides, type Value} from '../edit-rows.ts';
import type {Random} from '../random.ts';
import {newLocale} from '../words/translations.ts';

export function driftReference(sides: Sides, random: Random): void {
	driftTranslations(sides);
	driftSettings(sides);
	driftRates(sides, random);
}

function driftTranslations({prod, dev}: Sides): void {
	for (const row of makeTranslations(newLocale.code, newLocale.texts)) {
		insertRow(dev, 'translations', row);
	}
	for (const locale of ['de', 'fr', 'es', 'pt', 'it', 'nl', 'pl', 'cs']) {
		changeRow(dev, 'translations', {locale, key: 'checkout.pay'}, {text: '💳 €'});
	}
	changeRow(prod, 'translations', {locale: 'ar', key: 'cart.title'}, {text: 'سلّة المشتريات'});
	changeRow(prod, 'translations', {locale: 'he', key: 'cart.title'}, {text: 'העגלה'});
	for (const [locale, ours, theirs] of [
		['ja', 'ありがとう！', 'ありがとうございました。'],
		['hi', 'शुक्रिया!', 'बहुत धन्यवाद!'],
		['th', 'ขอบคุณครับ', 'ขอบคุณค่ะ'],
	] as const) {
		changeRow(prod, 'translations', {locale, key: 'checkout.thanks'}, {text: ours});
		changeRow(dev, 'translations', {locale, key: 'checkout.thanks'}, {text: theirs});
	}
	removeRow(dev, 'translations', {locale: 'am', key: 'product.sold-out'});
}

/** Changes that only storage class and bytes can tell. */
function driftSettings({prod, dev}: Sides): void {
	const devValues: [string, Value][] = [
		['limits.retries', 3],
		['limits.timeout', '30'],
		['flag.express', Buffer.from('1')],
		['tax.rounding', -0],
		['empty.text', null],
		['unset', 'NULL'],
		['integer.1', 9_007_199_254_740_992n],
		['real.1', 0.3],
		['text.1', 'two blanks in front'],
	];
	for (const [name, value] of devValues) changeRow(dev, 'settings', {name}, {value});

	const prodValues: [string, Value][] = [
		['limits.basket', 300n],
		['empty.blob', null],
		['shop.motto', 'Der Weg ist das Ziel.\r\n'],
	];
	for (const [name, value] of prodValues) changeRow(prod, 'settings', {name}, {value});

	changeRow(prod, 'settings', {name: 'limits.refund'}, {value: 14n});
	changeRow(dev, 'settings', {name: 'limits.refund'}, {value: 30n});
	changeRow(prod, 'settings', {name: 'mail.sender'}, {value: 'shop@fernweh.example'});
	changeRow(dev, 'settings', {name: 'mail.sender'}, {remark: 'read by the new mailer'});

	insertRow(dev, 'settings', {name: 'flag.loyalty', value: 1n, remark: 'tiers 🥉🥈🥇'});
	insertRow(dev, 'settings', {name: 'mailer.key', value: Buffer.from('00ff10', 'hex'), remark: ''});
	insertRow(prod, 'settings', {name: 'hotfix.2025-03-11', value: null, remark: 'N/A'});
	// Both sides invented the same name.
	insertRow(prod, 'settings', {name: 'limits.login', value: 5n, remark: 'after the attack'});
	insertRow(dev, 'settings', {name: 'limits.login', value: 10n, remark: null});
	removeRow(dev, 'settings', {name: 'flag.beta'});
	removeRow(prod, 'settings', {name: 'flag.raw'});
}

/** Prod fetched its rates daily; dev has one new currency and a few corrections. */
function driftRates({prod, dev}: Sides, random: Random): void {
	for (let day = 0; day < 3; day++) {
		for (const rate of makeRates(random, addDays(splitDay, day))) {
			insertRow(prod, 'exchange_rates', rate);
		}
	}
	for (let day = -5; day < 0; day++) {
		insertRow(dev, 'exchange_rates', {currency: 'THB', day: addDays(splitDay, day), rate: 36.9});
	}
	for (const [index, currency] of currencies.slice(0, 4).entries()) {
		const key = {currency, day: addDays(splitDay, -30)};
		changeRow(dev, 'exchange_rates', key, {rate: 1 + index / 7});
		if (index === 0) changeRow(prod, 'exchange_rates', key, {rate: 1.0842});
	}
}
