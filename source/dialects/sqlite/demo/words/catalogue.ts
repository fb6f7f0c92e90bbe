export type Shelf = {
	readonly name: string;
	readonly prefix: string;
	readonly sections: readonly string[];
	readonly icon: string;
};

const shelf = (name: string, prefix: string, icon: string, sections: string): Shelf => ({
	name,
	prefix,
	icon,
	sections: sections.split(', '),
});

/** The two levels of the shop's catalogue. */
export const shelves: readonly Shelf[] = [
	shelf('Tents', 'TEN', '⛺', 'Trekking tents, Family tents, Tarps, Bivouacs, Pegs & poles'),
	shelf('Sleeping', 'SLP', '🛏️', 'Down bags, Synthetic bags, Mats, Pillows, Liners'),
	shelf('Backpacks', 'BAG', '🎒', 'Day packs, Trekking packs, Child carriers, Dry bags'),
	shelf('Footwear', 'SHO', '🥾', 'Boots, Trail shoes, Sandals, Gaiters, Insoles'),
	shelf('Clothing', 'CLO', '🧥', 'Shells, Fleece, Base layers, Trousers, Hats & gloves'),
	shelf('Kitchen', 'KIT', '🍳', 'Stoves, Pots, Cutlery, Bottles, Water filters'),
	shelf('Climbing', 'CLI', '🧗', 'Ropes, Harnesses, Carabiners, Helmets'),
];

export const makers = 'Fjällgås, Nordvind, Àlp, Kōyō, Тайга, Kárpátia, Summit & Sons'.split(', ');
export const qualities = 'Light, Ultra, Classic, Storm, Pro, Eco, Arctic, Compact, Junior'.split(
	', ',
);
export const materials = 'ripstop nylon, merino wool, titanium, recycled PET, cork, down'.split(
	', ',
);
export const colours = 'moss, graphite, ochre, glacier blue, rouge, 抹茶, beige'.split(', ');

/** What a long description is made of. */
export const sentences = [
	'Made for long days above the tree line and for the rain that waits there.',
	'The seams are taped twice; the fabric holds a water column of 5,000 mm.',
	'All poles are numbered, so that it also stands at night and in the wind.',
	'Every part can be bought by itself, and we repair what you cannot.',
	'Weighed on our own scales: ± 15 g, depending on the weather in the dye house.',
	'Wash by hand at 30 °C, dry in the shade, store loosely – never compressed.',
	'“The best that I have carried in forty years” — a reader of our newsletter.',
	'Sizes run small: when in doubt, take the larger one (we exchange for free).',
	'Größenangaben nach EN 13402‑3; 尺寸表见下; 寸法は下記をご覧ください。',
	'The colour may differ from your screen, the warmth does not.',
] as const;

export const symptoms = [
	'Zip jams halfway',
	'Seam open at the left shoulder',
	'Stove does not light below 0 °C',
	'Pole broken at segment 3',
	'Sole comes off',
	'Valve leaks, mat flat by morning',
	'Wrong size delivered',
	'Buckle cracked 💥',
] as const;

export const pagePaths = [
	'/',
	'/sale',
	'/tents',
	'/boots?size=42&colour=moss',
	'/search?q=%E3%83%86%E3%83%B3%E3%83%88',
	'/suche?q=schlafsack größe',
	'/cart',
	'/checkout',
	'/about-us',
	'/404',
] as const;
