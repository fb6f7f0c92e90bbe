import type {LanguageCode} from './languages.ts';

export type Country = {
	readonly code: string;
	readonly name: string;
	readonly nativeName: string;
	readonly currency: string;
	readonly vatRate: number;
	readonly language: LanguageCode;
	readonly cities: readonly string[];
};

const country = (
	code: string,
	name: string,
	nativeName: string,
	currency: string,
	vatRate: number,
	language: LanguageCode,
	cities: string,
): Country => ({
	code,
	name,
	nativeName,
	currency,
	vatRate,
	language,
	cities: cities.split(', '),
});

/** Where the shop sends its parcels, with the VAT rates of early 2025 in percent. */
export const countries: readonly Country[] = [
	country('AE', 'United Arab Emirates', 'الإمارات', 'AED', 5, 'ar', 'دبي, أبوظبي'),
	country('AM', 'Armenia', 'Հայաստան', 'AMD', 20, 'hy', 'Երևան, Գյումրի'),
	country('AT', 'Austria', 'Österreich', 'EUR', 20, 'de', 'Wien, Sankt Pölten'),
	country('AU', 'Australia', 'Australia', 'AUD', 10, 'en', 'Hobart, Wollongong'),
	country('BD', 'Bangladesh', 'বাংলাদেশ', 'BDT', 15, 'bn', 'ঢাকা, চট্টগ্রাম'),
	country('BR', 'Brazil', 'Brasil', 'BRL', 17, 'pt', 'São Paulo, Belém'),
	country('CA', 'Canada', 'Canada', 'CAD', 5, 'en', 'Toronto, Trois-Rivières'),
	country('CH', 'Switzerland', 'Schweiz', 'CHF', 8.1, 'de', 'Zürich, Genève'),
	country('CN', 'China', '中国', 'CNY', 13, 'zh', '北京, 成都'),
	country('CY', 'Cyprus', 'Κύπρος', 'EUR', 19, 'el', 'Λευκωσία, Λεμεσός'),
	country('CZ', 'Czechia', 'Česko', 'CZK', 21, 'cs', 'Plzeň, Ústí nad Labem'),
	country('DE', 'Germany', 'Deutschland', 'EUR', 19, 'de', 'Köln, Görlitz'),
	country('EG', 'Egypt', 'مصر', 'EGP', 14, 'ar', 'القاهرة, الإسكندرية'),
	country('ES', 'Spain', 'España', 'EUR', 21, 'es', 'A Coruña, Cádiz'),
	country('ET', 'Ethiopia', 'ኢትዮጵያ', 'ETB', 15, 'am', 'አዲስ አበባ, ጎንደር'),
	country('FI', 'Finland', 'Suomi', 'EUR', 25.5, 'sv', 'Jyväskylä, Åbo'),
	country('FR', 'France', 'France', 'EUR', 20, 'fr', 'Besançon, L’Haÿ-les-Roses'),
	country(
		'GB',
		'United Kingdom',
		'United Kingdom',
		'GBP',
		20,
		'en',
		'Leeds, Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch',
	),
	country('GE', 'Georgia', 'საქართველო', 'GEL', 18, 'ka', 'თბილისი, ქუთაისი'),
	country('GR', 'Greece', 'Ελλάδα', 'EUR', 24, 'el', 'Αθήνα, Ηράκλειο'),
	country('HK', 'Hong Kong', '香港', 'HKD', 0, 'zh', '九龍, 沙田'),
	country('IE', 'Ireland', 'Éire', 'EUR', 23, 'en', 'Dún Laoghaire, Cork'),
	country('IL', 'Israel', 'ישראל', 'ILS', 18, 'he', 'חיפה, באר שבע'),
	country('IN', 'India', 'भारत', 'INR', 18, 'hi', 'मुंबई, वाराणसी'),
	country('IS', 'Iceland', 'Ísland', 'ISK', 24, 'sv', 'Reykjavík, Ísafjörður'),
	country('IT', 'Italy', 'Italia', 'EUR', 22, 'it', 'Forlì, L’Aquila'),
	country('JP', 'Japan', '日本', 'JPY', 10, 'ja', '横浜市, つくば市'),
	country('KR', 'South Korea', '대한민국', 'KRW', 10, 'ko', '서울, 부산'),
	country('LK', 'Sri Lanka', 'இலங்கை', 'LKR', 18, 'ta', 'யாழ்ப்பாணம், கண்டி'),
	country('MA', 'Morocco', 'المغرب', 'MAD', 20, 'ar', 'الدار البيضاء, فاس'),
	country('MX', 'Mexico', 'México', 'MXN', 16, 'es', 'Mérida, Cancún'),
	country('NL', 'Netherlands', 'Nederland', 'EUR', 21, 'nl', '’s-Hertogenbosch, Utrecht'),
	country('NO', 'Norway', 'Norge', 'NOK', 25, 'sv', 'Tromsø, Ålesund'),
	country('PL', 'Poland', 'Polska', 'PLN', 23, 'pl', 'Łódź, Żory'),
	country('PT', 'Portugal', 'Portugal', 'EUR', 23, 'pt', 'Évora, Setúbal'),
	country('RO', 'Romania', 'România', 'RON', 19, 'ro', 'Iași, Târgu Mureș'),
	country('RU', 'Russia', 'Россия', 'RUB', 20, 'ru', 'Орёл, Йошкар-Ола'),
	country('SE', 'Sweden', 'Sverige', 'SEK', 25, 'sv', 'Malmö, Örebro'),
	country('SK', 'Slovakia', 'Slovensko', 'EUR', 23, 'cs', 'Košice, Žilina'),
	country('TH', 'Thailand', 'ประเทศไทย', 'THB', 7, 'th', 'เชียงใหม่, หัวหิน'),
	country('TR', 'Türkiye', 'Türkiye', 'TRY', 20, 'tr', 'İzmir, Şanlıurfa'),
	country('TW', 'Taiwan', '臺灣', 'TWD', 5, 'zh', '臺北, 高雄'),
	country('UA', 'Ukraine', 'Україна', 'UAH', 20, 'uk', 'Київ, Кам’янець-Подільський'),
	country('US', 'United States', 'United States', 'USD', 0, 'en', 'Boise, Truth or Consequences'),
	country('VN', 'Vietnam', 'Việt Nam', 'VND', 10, 'vi', 'Hà Nội, Đà Nẵng'),
	country('ZA', 'South Africa', 'South Africa', 'ZAR', 15, 'en', 'Cape Town, Gqeberha'),
];

/** The two regional indicators that terminals draw as a flag. */
export function drawFlag(code: string): string {
	const regionalA = 0x1f1e6;
	const letters = [code.charCodeAt(0), code.charCodeAt(1)];
	return String.fromCodePoint(...letters.map((letter) => regionalA + letter - 'A'.charCodeAt(0)));
}
