/** The words that `readWords()` knows, in groups. Plurals in -s and -es are found too. */

export const CLOTHING_SLOTS = ['head', 'neck', 'outer', 'upper', 'full', 'hands', 'lower', 'feet'] as const;
export type ClothingSlot = (typeof CLOTHING_SLOTS)[number];

export const CLOTHING: Readonly<Record<ClothingSlot, readonly string[]>> = {
  head: words(
    'hat, cap, hood, helmet, helm, crown, tiara, circlet, headband, beret, beanie, bonnet, turban, veil, mask, top hat, straw hat, wizard hat, flower crown, headscarf',
  ),
  neck: words('scarf, necklace, pendant, amulet, shawl, tie, bow tie, collar, choker, bandana, medallion'),
  outer: words(
    'cloak, cape, coat, overcoat, raincoat, trench coat, trenchcoat, greatcoat, parka, poncho, mantle, lab coat, duster, anorak, jacket, leather jacket, denim jacket, windbreaker',
  ),
  upper: words(
    'shirt, t-shirt, tee, blouse, tunic, sweater, jumper, pullover, cardigan, hoodie, vest, waistcoat, doublet, jerkin, corset, bodice, tank top, turtleneck, blazer, chainmail, chain mail, breastplate',
  ),
  full: words(
    'dress, gown, robe, armour, armor, suit, uniform, spacesuit, space suit, kimono, jumpsuit, overalls, ball gown, wedding dress, sundress, plate armour, plate armor, sari, toga, habit, tuxedo, apron',
  ),
  hands: words('glove, gauntlet, mitten, bracer, bracelet, ring'),
  lower: words('trousers, pants, jeans, skirt, kilt, shorts, leggings, breeches, belt, sash'),
  feet: words('boot, shoe, sandal, slipper, sneaker, trainer, heels, clogs'),
};

/** Colour words and what a painter takes for them, sRGB hex. */
export const COLOURS: Readonly<Record<string, string>> = {
  red: '#b3262b',
  crimson: '#9c1530',
  scarlet: '#c4281c',
  maroon: '#6b1e24',
  burgundy: '#6a1a2d',
  rust: '#a04a22',
  orange: '#d9772b',
  amber: '#d8952f',
  gold: '#c99a2e',
  golden: '#c99a2e',
  yellow: '#e0b93a',
  mustard: '#c79a2b',
  cream: '#e9dcc0',
  ivory: '#ece4d2',
  white: '#e8e6e1',
  beige: '#cdb591',
  tan: '#b98f62',
  brown: '#6e4a30',
  bronze: '#8c6239',
  copper: '#a8623a',
  green: '#3f6b3c',
  emerald: '#1f7a54',
  olive: '#6a6a35',
  teal: '#22706f',
  turquoise: '#2f9a98',
  cyan: '#3f9fb5',
  blue: '#2f5288',
  azure: '#3f7fc0',
  navy: '#22304f',
  indigo: '#3a357a',
  purple: '#5b3a78',
  violet: '#6a4a96',
  lavender: '#9a8cc0',
  magenta: '#a52f74',
  pink: '#cf7c92',
  rose: '#b85a6e',
  grey: '#72757a',
  gray: '#72757a',
  silver: '#a9aeb5',
  black: '#26262b',
};

/** What a garment can be made of or look like; kept in the value ("torn leather boots"). */
export const MATERIALS = words(
  'leather, silk, satin, velvet, wool, woollen, woolen, linen, cotton, fur, denim, iron, steel, chain, plate, lace, straw, wooden, knitted, striped, checked, plaid, floral, embroidered, hooded, long, short, heavy, light, dark, pale, bright, deep, old, new, simple, plain, elegant, royal, fine, thick, thin, warm, winter, summer, travelling, traveling, glowing, magic, shining, shiny, polished, tall, small, big, large, curved, rusty, burning, lit',
);

/** A condition may also follow the noun: "her cloak is torn". */
export const CONDITIONS = words(
  'torn, ripped, ragged, tattered, frayed, worn, patched, bloody, bloodied, bloodstained, muddy, dirty, dusty, stained, wet, soaked, drenched, dripping, frozen, burnt, burned, scorched, singed, dented, cracked, broken, battered, faded, clean, mended, repaired, dry, open, half-open, unbuttoned, crumpled, wrinkled, singed, charred, shredded',
);

export const INJURIES = words(
  'cut, scratch, wound, bruise, scar, burn, gash, graze, bite, black eye, split lip, bloody nose, broken arm, broken leg, broken nose, sprained ankle, sprained wrist, twisted ankle, limp, bandage, stitches, sling, arrow wound, stab wound, burn mark, claw mark',
);

export const BODY_PARTS = words(
  'arm, forearm, upper arm, hand, palm, finger, wrist, elbow, shoulder, leg, thigh, knee, shin, ankle, foot, chest, back, side, ribs, neck, throat, face, cheek, forehead, brow, eyebrow, temple, chin, jaw, nose, lip, ear, eye, head',
);

export const PROPS = words(
  'sword, longsword, dagger, knife, bow, crossbow, arrow, spear, axe, hammer, staff, wand, shield, lantern, torch, lamp, candle, umbrella, parasol, book, map, scroll, letter, key, compass, telescope, spyglass, camera, phone, guitar, lute, violin, flute, harp, drum, cup, mug, goblet, bottle, flask, basket, suitcase, bag, backpack, satchel, rope, flag, banner, flower, rose, bouquet, apple, coin, crystal, orb, feather, cane, walking stick, fishing rod, paintbrush, pipe, kite, balloon',
);

export const MOODS = {
  happy: words(
    'happy, joyful, joyous, cheerful, smiling, smiles, smile, laughing, laughs, laughter, delighted, playful, merry, grinning, grins',
  ),
  sad: words(
    'sad, sorrowful, grieving, melancholy, crying, cries, weeping, weeps, mourning, heartbroken, gloomy',
  ),
  angry: words('angry, furious, enraged, rage, fierce, shouting, shouts, glaring, glares'),
  afraid: words('afraid, scared, frightened, terrified, fearful, nervous, anxious, worried, trembling'),
  calm: words('calm, peaceful, serene, quiet, relaxed, content, resting, rests, meditating'),
  determined: words(
    'determined, resolute, brave, bold, defiant, heroic, proud, confident, triumphant, victorious',
  ),
  tired: words('tired, exhausted, weary, sleepy'),
  lonely: words('lonely, alone, lost, homesick'),
  mysterious: words('mysterious, eerie, haunted, ominous, spooky, sinister, magical, enchanted'),
  romantic: words('romantic, tender, loving, in love'),
} as const;
export type Mood = keyof typeof MOODS;

export const PLACES = {
  cliff: words('cliff, clifftop, cliff edge, precipice, ledge, crag, headland'),
  mountain: words(
    'mountain, mountain pass, mountaintop, peak, summit, ridge, alps, highlands, hill, hills, hilltop, volcano',
  ),
  forest: words('forest, wood, woods, woodland, jungle, grove, glade, clearing, thicket, rainforest'),
  meadow: words(
    'meadow, field, fields, garden, park, prairie, grassland, orchard, vineyard, farm, valley, wheat field, countryside',
  ),
  ocean: words(
    'ocean, sea, seaside, beach, shore, coast, harbour, harbor, pier, bay, island, lighthouse, ship, deck, boat, docks',
  ),
  lake: words('lake, lakeside, river, riverbank, pond, waterfall, swamp, marsh, stream'),
  desert: words('desert, dune, dunes, sand dunes, oasis, canyon, wasteland, savanna, pyramid'),
  tundra: words('tundra, glacier, ice field, frozen lake, snowfield, north pole, arctic'),
  castle: words(
    'castle, fortress, palace, citadel, keep, castle wall, battlements, courtyard, ruins, temple, cathedral, monastery, tower',
  ),
  village: words('village, hamlet, town, cottage, windmill, farmhouse'),
  market: words('market, marketplace, bazaar, fair, festival, market square, town square, carnival'),
  city: words(
    'city, street, rooftop, alley, avenue, skyline, downtown, crosswalk, bridge, train station, subway, neon city, cyberpunk city',
  ),
  tavern: words(
    'tavern, inn, pub, bar, cafe, café, coffee shop, restaurant, fireplace, kitchen, great hall, throne room, hall',
  ),
  library: words(
    'library, study, bookshop, bookstore, archive, classroom, school, office, laboratory, lab, workshop, museum',
  ),
  room: words(
    'bedroom, room, living room, house, home, cabin, hut, attic, studio, hospital, train, theatre, theater',
  ),
  cave: words('cave, cavern, dungeon, mine, tunnel, crypt, tomb, catacombs, cellar, prison'),
  space: words(
    'space, outer space, spaceship, spacecraft, space station, moon base, asteroid, mars, alien planet, planet, galaxy, orbit',
  ),
} as const;
export type Setting = keyof typeof PLACES;

export const TIMES = {
  dawn: words('dawn, daybreak, sunrise, first light, early morning'),
  day: words('day, daytime, morning, noon, midday, afternoon, daylight, broad daylight'),
  sunset: words('sunset, golden hour, sundown, late afternoon'),
  dusk: words('dusk, twilight, evening, nightfall, blue hour'),
  night: words('night, midnight, nighttime, moonlight, moonlit, starlight, starry night, starry, full moon'),
} as const;
export type TimeOfDay = keyof typeof TIMES;

export const WEATHERS = {
  rain: words('rain, rainy, raining, rains, drizzle, downpour, shower, rainfall, rainstorm'),
  storm: words('storm, stormy, thunderstorm, thunder, lightning, tempest, hurricane'),
  snow: words('snow, snowy, snowing, snows, snowfall, blizzard, snowstorm, sleet'),
  fog: words('fog, foggy, mist, misty, haze, hazy, smoke, smoky'),
  wind: words('wind, windy, breeze, gale, windswept'),
  cloudy: words('cloudy, overcast, clouds, grey sky, gray sky'),
  clear: words('clear sky, clear skies, sunny, sunshine, sunlight, blue sky, cloudless'),
} as const;
export type Weather = keyof typeof WEATHERS;

function words(list: string): readonly string[] {
  return list.split(', ');
}
