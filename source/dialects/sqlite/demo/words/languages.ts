/** People's names and what they say about a purchase, in one language and script. */
export type Language = {
	readonly given: readonly string[];
	readonly family: readonly string[];
	readonly praise: readonly string[];
	readonly complaint: string;
};

const list = (text: string) => text.split(', ');

const speak = (given: string, family: string, praise: string, complaint: string): Language => ({
	given: list(given),
	family: list(family),
	praise: praise.split(' / '),
	complaint,
});

// Some names are composed, some carry combining marks (the Vietnamese ones): both occur in life.
export const languages = {
	en: speak(
		'Olivia, George, Amelia, Noah, Maeve, Arthur, Ruby, Callum',
		'Hughes, O’Brien, Fletcher, Okafor, Sinclair, Walker, Ng, St. John-Smythe',
		'Kept us dry for three days in the Cairngorms. / Light, quiet and worth every penny 👍🏽',
		'The zip gave up on the second night.',
	),
	de: speak(
		'Jürgen, Käthe, Moritz, Sönke, Lieselotte, Björn, Änne, Götz',
		'Müller, Weiß, Schönfeld, Groß, von der Höhe, Jäger, Öztürk, Straßburger',
		'Hält auch bei Dauerregen dicht, große Empfehlung! / Paßt wie angegossen – fünf Sterne.',
		'Nach zwei Wochen löst sich die Naht.',
	),
	fr: speak(
		'Chloé, Loïc, Anaïs, François, Zoë, Gaël, Hélène, Noël',
		'Lefèvre, D’Aubigné, Béranger, Garçon, Çelik, Château, Noël-Dubois, Œuvrard',
		'Très léger, parfait pour le GR 20 🥾 / Livré en deux jours, rien à redire.',
		'La fermeture éclair s’est cassée dès la première sortie…',
	),
	es: speak(
		'Íñigo, Begoña, Raúl, Lucía, Ángel, Nuñez, Sofía, Martín',
		'Muñoz, Ibáñez, Peña, García Márquez, López, Güell, Cañas, Ordóñez',
		'¡Una maravilla! Lo llevé al Aneto y ni una gota. / Muy cómodo, ¿qué más se puede pedir?',
		'La talla no corresponde con la tabla.',
	),
	pt: speak(
		'João, Inês, Simão, Conceição, Luís, Mônica, Antônio, Tomé',
		'Gonçalves, Simões, Araújo, Magalhães, Brandão, Leitão, Sá, Conceição',
		'Excelente para a travessia, não pesa nada. / Chegou rápido e bem embalado.',
		'O fecho não resistiu à primeira caminhada.',
	),
	it: speak(
		'Niccolò, Giosuè, Chiara, Nevè, Matteo, Desirée, Luca, Noè',
		'D’Angelo, Nicolò, Rossi, De’ Medici, Esposito, Cantù, Zoppè, Ferrari',
		'Ottimo sulle Dolomiti, anche con il vento forte. / Comodissimo, lo ricomprerei subito.',
		'Dopo un mese la suola si è staccata.',
	),
	nl: speak(
		'Daniël, Zoë, Sjoerd, Femke, Joost, Noor, Reinier, Ilse',
		'van den IJssel, de Vries, ’t Hooft, Bakker, Coöper, van ’t Hek, Dijkstra, Çakır',
		'Prima tent, stormvast op de Wadden. / Zit lekker en droogt snel.',
		'De ritssluiting blijft haken.',
	),
	pl: speak(
		'Łukasz, Żaneta, Józef, Małgorzata, Święta, Paweł, Grażyna, Michał',
		'Wójcik, Błaszczykowski, Żółć, Dąbrowska, Gęś, Świątek, Łęcki, Krzyżanowski',
		'Sprawdził się w Tatrach, polecam! / Lekki i bardzo wytrzymały.',
		'Szew puścił po tygodniu.',
	),
	cs: speak(
		'Jiří, Zdeněk, Šárka, Ondřej, Růžena, Tomáš, Žofie, Čeněk',
		'Dvořák, Nováková, Růžička, Šťastný, Hřebíček, Žižka, Příhoda, Černý',
		'Skvělá věc do Krkonoš. / Lehké a pevné, doporučuji.',
		'Zip se zasekl hned první den.',
	),
	sv: speak(
		'Åsa, Håkan, Märta, Göran, Øyvind, Þóra, Väinö, Björk',
		'Sjöberg, Åkesson, Hägglund, Østergård, Þórsdóttir, Mäkinen, Strøm, Öberg',
		'Perfekt på Kungsleden, torr trots regn. / Mycket prisvärd och lätt.',
		'Sömmen sprack efter en vecka.',
	),
	ro: speak(
		'Ștefan, Ioana, Țuțuianu, Răzvan, Mălina, Ionuț, Sînziana, Vlăduț',
		'Ștefănescu, Țepeș, Brâncuși, Pătrașcu, Mureșan, Crăciun, Vârgă, Ionesco',
		'Foarte bun în Făgăraș, nu a intrat apa. / Ușor și rezistent.',
		'Fermoarul s-a stricat imediat.',
	),
	tr: speak(
		'İbrahim, Işıl, Gökçe, Çağla, Şükrü, Özge, Ümit, Ayşegül',
		'Yıldırım, Öztürk, Şahin, Çelik, Ağaoğlu, İnönü, Kılıç, Güneş',
		'Kaçkarlar’da üç gece kullandım, harika. / Hafif ve sağlam, tavsiye ederim.',
		'Dikişi ikinci haftada açıldı.',
	),
	vi: speak(
		'Nguye\u0302\u0303n, Tha\u0309o, Du\u0303ng, Hương, Bảo, Quỳnh, Đức, Mỹ Linh',
		'Trần, Phạm, Lê, Đặng, Vo\u0303, Ngô, Huỳnh, Bu\u0300i',
		'Rất nhẹ, đi Tà Năng rất thích ⛺ / Giao hàng nhanh, chất lượng tốt.',
		'Khóa kéo bị hỏng sau một tuần.',
	),
	el: speak(
		'Γιώργος, Ελένη, Κώστας, Δήμητρα, Άγγελος, Ιωάννα, Θεόδωρος, Ζωή',
		'Παπαδόπουλος, Γεωργίου, Οικονόμου, Νικολαΐδης, Βλάχου, Αγγελόπουλος, Καραγιάννη, Ψαρράς',
		'Κράτησε στεγνά τρεις μέρες στον Όλυμπο. / Ελαφρύ και άνετο, το συνιστώ!',
		'Χάλασε το φερμουάρ την πρώτη νύχτα.',
	),
	ru: speak(
		'Алексей, Мария, Пётр, Ольга, Семён, Наталья, Игорь, Алёна',
		'Иванов, Кузнецова, Соловьёв, Щербакова, Чехов, Жуковская, Объездчиков, Юрьев',
		'Отличная палатка, выдержала бурю на Хибинах. / Лёгкий и тёплый спальник, спасибо!',
		'Молния разошлась через неделю.',
	),
	uk: speak(
		'Олексій, Ганна, Їжакевич, Соломія, Євген, Мар’яна, Андрій, Ґалина',
		'Шевченко, Ковальчук, Гриценко, Щаслива, Єрмоленко, Ґудзь, Їжак, В’ятрович',
		'Чудовий наплічник для Карпат 🏔️ / Дуже зручно, рекомендую.',
		'Шов розійшовся за тиждень.',
	),
	ka: speak(
		'გიორგი, ნინო, თამარ, ლევან, ქეთევან, დავით, მარიამ, ზურაბ',
		'ბერიძე, კაპანაძე, გელაშვილი, ლომიძე, ჯავახიშვილი, წერეთელი, ხვედელიძე, ღვინიაშვილი',
		'სვანეთში გამოვიყენე, ძალიან კმაყოფილი ვარ. / მსუბუქი და თბილი.',
		'ელვა მალევე გაფუჭდა.',
	),
	hy: speak(
		'Արամ, Անահիտ, Տիգրան, Նարե, Գևորգ, Լուսինե, Վահան, Մարիամ',
		'Պետրոսյան, Հակոբյան, Սարգսյան, Գրիգորյան, Խաչատրյան, Մկրտչյան, Ղազարյան, Ճաղարյան',
		'Արագածի վրա շատ լավ ծառայեց։ / Թեթև է և հարմար։',
		'Շղթան կոտրվեց առաջին օրը։',
	),
	ar: speak(
		'محمد, فاطمة, يوسف, مريم, خالد, ليلى, عبد الله, نورة',
		'الحسن, المصري, بن علي, الفارسي, السيّد, الخوري, العلوي, القحطاني',
		'خيمة ممتازة، صمدت أمام الرياح في الصحراء. / خفيفة ومريحة، أنصح بها ⭐',
		'تعطّل السحّاب بعد أسبوع واحد.',
	),
	he: speak(
		'דוד, שרה, יוסף, רחל, נועם, תמר, איתן, שִׁירָה',
		'כהן, לוי, מזרחי, בן־דוד, פרידמן, אזולאי, שפירא, גולדשטיין',
		'מצוין לשביל ישראל, קל ונוח. / הגיע מהר ובמצב מושלם.',
		'הרוכסן נקרע בלילה הראשון.',
	),
	hi: speak(
		'आरव, प्रिया, क्षितिज, लक्ष्मी, राहुल, श्रद्धा, कृष्ण, ऋचा',
		'शर्मा, श्रीवास्तव, त्रिपाठी, गुप्ता, चतुर्वेदी, मिश्रा, पाण्डेय, द्विवेदी',
		'हिमालय में बहुत काम आया, धन्यवाद 🙏 / हल्का और मज़बूत।',
		'पहली ही रात ज़िप टूट गई।',
	),
	bn: speak(
		'অনির্বাণ, মিতালি, শ্রাবণী, রফিক, সুদীপ্ত, কৃষ্ণা, তানজিলা, জয়ন্ত',
		'চট্টোপাধ্যায়, রহমান, মুখোপাধ্যায়, হোসেন, দাশগুপ্ত, চৌধুরী, ভট্টাচার্য, ইসলাম',
		'পাহাড়ে দারুণ কাজে লেগেছে। / হালকা আর আরামদায়ক।',
		'এক সপ্তাহেই সেলাই খুলে গেছে।',
	),
	ta: speak(
		'முருகன், லட்சுமி, கார்த்திக், செல்வி, அருண், மீனாட்சி, இளங்கோ, கயல்விழி',
		'சுப்பிரமணியன், நடராஜன், கிருஷ்ணமூர்த்தி, ராஜேந்திரன், பாண்டியன், சிவலிங்கம், வேலு, ஸ்ரீநிவாசன்',
		'மலையேற்றத்திற்கு மிகவும் நல்லது. / இலகுவானது, உறுதியானது.',
		'முதல் நாளிலேயே கிழிந்துவிட்டது.',
	),
	th: speak(
		'สมชาย, สุดารัตน์, ณัฐวุฒิ, พิมพ์ชนก, ธนกร, กัญญา, วีระ, น้ำฝน',
		'ศรีสุวรรณ, วงศ์ใหญ่, จันทร์แก้ว, ทองดี, รัตนพงษ์, สุขใจ, แซ่ลิ้ม, ภูมิใจ',
		'ใช้บนดอยหลวงเชียงดาว ดีมากครับ / น้ำหนักเบา คุ้มราคา 😊',
		'ซิปพังตั้งแต่คืนแรก',
	),
	zh: speak(
		'伟, 秀英, 子涵, 國強, 梓萱, 建华, 雅婷, 浩然',
		'王, 李, 張, 欧阳, 陈, 劉, 司马, 𠮷田',
		'在四姑娘山用了三天，防水很好！ / 很轻，性价比高👍',
		'拉链第一天就坏了。',
	),
	ja: speak(
		'翔太, 美咲, さくら, 健一, ゆうこ, 大輔, ハルカ, 蓮',
		'佐藤, 髙橋, 渡邊, 山﨑, 小笠原, 𠮷野家, 五十嵐, ヴェルヌ',
		'北アルプスの縦走で大活躍でした。 / 軽くて丈夫、おすすめです（＾▽＾）',
		'初日にファスナーが壊れました。',
	),
	ko: speak(
		'민준, 서연, 지훈, 하은, 현우, 수빈, 도윤, 은지',
		'김, 이, 박, 최, 남궁, 황보, 정, 독고',
		'지리산 종주에 최고였어요! / 가볍고 튼튼합니다 👌',
		'첫날 지퍼가 고장 났습니다.',
	),
	am: speak(
		'አበበ, ሰላም, ተስፋዬ, ሄለን, ዳዊት, ማርታ, ኃይሌ, ትዕግስት',
		'ገብረማርያም, ወልደሥላሴ, ተክለሃይማኖት, ኃይለማርያም, በቀለ, ደስታ, ዓለሙ, ጸጋዬ',
		'በሰሜን ተራሮች በጣም ጠቅሞኛል። / ቀላልና ጠንካራ ነው።',
		'ዚፑ በመጀመሪያው ቀን ተበላሸ።',
	),
} as const satisfies Record<string, Language>;

export type LanguageCode = keyof typeof languages;
