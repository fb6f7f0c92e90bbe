/** What the shop's pages say; every locale has the same keys in the same order. */
export const translationKeys = [
	'cart.title',
	'cart.empty',
	'checkout.pay',
	'checkout.thanks',
	'product.sold-out',
	'account.sign-in',
] as const;

const texts: Readonly<Record<string, string>> = {
	en: 'Cart / Your cart is empty / Pay now / Thank you! / Sold out / Sign in',
	de: 'Warenkorb / Ihr Warenkorb ist leer / Jetzt bezahlen / Vielen Dank! / Ausverkauft / Anmelden',
	fr: 'Panier / Votre panier est vide / Payer / Merci ! / Épuisé / Se connecter',
	es: 'Cesta / Su cesta está vacía / Pagar ahora / ¡Gracias! / Agotado / Iniciar sesión',
	pt: 'Carrinho / O carrinho está vazio / Pagar agora / Obrigado! / Esgotado / Entrar',
	it: 'Carrello / Il carrello è vuoto / Paga ora / Grazie! / Esaurito / Accedi',
	nl: 'Winkelwagen / Uw winkelwagen is leeg / Nu betalen / Bedankt! / Uitverkocht / Inloggen',
	pl: 'Koszyk / Koszyk jest pusty / Zapłać / Dziękujemy! / Wyprzedane / Zaloguj się',
	cs: 'Košík / Košík je prázdný / Zaplatit / Děkujeme! / Vyprodáno / Přihlásit se',
	sv: 'Varukorg / Varukorgen är tom / Betala nu / Tack! / Slutsåld / Logga in',
	tr: 'Sepet / Sepetiniz boş / Şimdi öde / Teşekkürler! / Tükendi / Giriş yap',
	vi: 'Giỏ hàng / Giỏ hàng trống / Thanh toán / Cảm ơn! / Hết hàng / Đăng nhập',
	el: 'Καλάθι / Το καλάθι είναι άδειο / Πληρωμή / Ευχαριστούμε! / Εξαντλήθηκε / Σύνδεση',
	ru: 'Корзина / Корзина пуста / Оплатить / Спасибо! / Нет в наличии / Войти',
	uk: 'Кошик / Кошик порожній / Сплатити / Дякуємо! / Немає в наявності / Увійти',
	hy: 'Զամբյուղ / Զամբյուղը դատարկ է / Վճարել / Շնորհակալություն / Սպառված է / Մուտք',
	ar: 'السلة / سلتك فارغة / ادفع الآن / شكرًا لك! / نفدت الكمية / تسجيل الدخول',
	he: 'סל קניות / הסל ריק / לתשלום / תודה! / אזל המלאי / כניסה',
	hi: 'कार्ट / आपकी कार्ट खाली है / भुगतान करें / धन्यवाद! / बिक गया / साइन इन',
	bn: 'কার্ট / আপনার কার্ট খালি / মূল্য দিন / ধন্যবাদ! / শেষ / সাইন ইন',
	ta: 'வண்டி / உங்கள் வண்டி காலியாக உள்ளது / செலுத்து / நன்றி! / விற்றுத் தீர்ந்தது / உள்நுழை',
	th: 'ตะกร้า / ตะกร้าว่างเปล่า / ชำระเงิน / ขอบคุณ! / สินค้าหมด / เข้าสู่ระบบ',
	zh: '购物车 / 购物车是空的 / 立即付款 / 谢谢！ / 已售罄 / 登录',
	ja: 'カート / カートは空です / 支払う / ありがとうございます！ / 売り切れ / ログイン',
	ko: '장바구니 / 장바구니가 비어 있습니다 / 결제하기 / 감사합니다! / 품절 / 로그인',
	am: 'ጋሪ / ጋሪዎ ባዶ ነው / ይክፈሉ / እናመሰግናለን! / አልቋል / ይግቡ',
};

/** The locale that dev has begun to translate; the base does not know it. */
export const newLocale = {
	code: 'ka',
	texts: 'კალათა / კალათა ცარიელია / გადახდა / გმადლობთ! / გაყიდულია / შესვლა'.split(' / '),
};

/** Locale by locale, one text a key. */
export const translations: readonly {locale: string; texts: readonly string[]}[] = Object.entries(
	texts,
).map(([locale, line]) => ({locale, texts: line.split(' / ')}));
