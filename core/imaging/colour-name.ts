import { type Lab, labDistance, labOfRgb } from './lab.ts';

export const COLOUR_NAMES = [
  'black',
  'grey',
  'white',
  'beige',
  'brown',
  'red',
  'pink',
  'orange',
  'yellow',
  'green',
  'teal',
  'blue',
  'navy',
  'purple',
] as const;
export type ColourName = (typeof COLOUR_NAMES)[number];

/** What people call each name, in light and in shadow: CSS named colours and usual dyes of cloth. */
const ANCHORS: Readonly<Record<ColourName, readonly string[]>> = {
  black: ['#000000', '#161618', '#262628'],
  grey: ['#4a4a4c', '#6e6e70', '#909092', '#b4b4b6'],
  white: ['#ffffff', '#ececea', '#d6d6d6'],
  beige: ['#f0e2c6', '#d8c6a4', '#bfa985'],
  brown: ['#8b5a2b', '#6b4423', '#4a2f1b', '#9c7248', '#5f4632'],
  red: ['#e02020', '#b01c24', '#7c1018', '#4c0c0a', '#d94a48'],
  pink: ['#ffc0cb', '#f08cae', '#e0508a', '#c97f92'],
  orange: ['#ff8c1a', '#e06a10', '#c4570c', '#f0a050'],
  yellow: ['#ffdd22', '#e6c020', '#f5e880', '#b8981c'],
  green: ['#22aa33', '#1c6b2c', '#123f1e', '#7cb05a', '#6b7a33', '#4a5a2c', '#a5cfa0'],
  teal: ['#109090', '#0f5f62', '#50bcb8'],
  blue: ['#2050d8', '#3f7fd0', '#7fb0e0', '#4a6f9c', '#6d8094', '#a9c4e0', '#2b4f86'],
  navy: ['#0c1240', '#16224a', '#1e2c50', '#252f4a'],
  purple: ['#7a22a0', '#4c1f6a', '#a070d0', '#c4a8e0', '#6a3a66'],
};
const LAB_ANCHORS = COLOUR_NAMES.flatMap((name) =>
  ANCHORS[name].map((hex) => ({ name, lab: labOfHex(hex) })),
);

/** The everyday name that is nearest to a colour, by distance in Lab. */
export function colourName(colour: Lab): ColourName {
  let name: ColourName = 'grey';
  let least = Number.POSITIVE_INFINITY;
  for (const anchor of LAB_ANCHORS) {
    const distance = labDistance(anchor.lab, colour);
    if (distance >= least) continue;
    least = distance;
    name = anchor.name;
  }
  return name;
}

function labOfHex(hex: string): Lab {
  const [red = 0, green = 0, blue = 0] = Buffer.from(hex.slice(1), 'hex');
  return labOfRgb(red, green, blue);
}
