import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { BODY_BOTTOM, BODY_TOP, bodyPoint, jumperPoint } from './body.ts';
import type { Camera } from './camera.ts';
import { blankCanvas, type Canvas, drawMesh } from './canvas.ts';
import { CHIN_Y, CROWN_Y, facePoint } from './face-surface.ts';
import { brows, hairline, lashes } from './fine-hair.ts';
import { develop, reduced } from './finish.ts';
import { hair, type Strand, shadowCloud } from './hair.ts';
import { castShadows } from './light.ts';
import { manePoint } from './mane.ts';
import { gridMesh, type Mesh } from './mesh.ts';
import { at, mix, type Vec3 } from './numbers.ts';
import { holdAt, type Pose, posed, posedBody, posedHead } from './pose.ts';
import { scatter } from './scatter.ts';
import { type Lit, shade } from './shade.ts';
import { SITTINGS, type Sitting } from './sittings.ts';
import { drawStrands } from './strands.ts';

const WIDTH = 832;
const HEIGHT = 1024;
const VIEW_CM = 31.5;

/** How fine the drawing is made: 2 is the published quality, less is a sketch. */
export interface Quality {
  readonly size: number;
  readonly samples: number;
  readonly hairs: number;
}

const PUBLISHED: Quality = { size: 1, samples: 2, hairs: 26000 };

/** Draws one picture of Mira: RGB, 8 bits, `width` by `height`. The same sitting always gives the same pixels. */
export function draw(
  sitting: Sitting,
  { size, samples, hairs }: Quality = PUBLISHED,
): { pixels: Uint8Array; width: number; height: number } {
  const width = Math.round(WIDTH * size) * samples;
  const height = Math.round(HEIGHT * size) * samples;
  const camera: Camera = { width, height, centre: [0, -3.3], scale: height / VIEW_CM };
  const canvas = blankCanvas(camera);
  const meshes = model(sitting, size * samples);
  for (const mesh of meshes) drawMesh(mesh, canvas);
  const locks = hair(11, hairs).map((strand) => posedStrand(strand, sitting.pose, false));
  const fine = [...hairline(sitting.mood, 14), ...brows(sitting.mood, 12), ...lashes(sitting.mood, 13)].map(
    (strand) => posedStrand(strand, sitting.pose, true),
  );
  const clouds = [...meshes.map((mesh) => mesh.points), shadowCloud(locks)];
  const lamps = sitting.lamps.map((lamp) => castShadows(lamp, clouds));
  const picture = composed(shade(canvas, lamps, sitting.mood), canvas, sitting);
  const coverage = new Float32Array(canvas.depth.length);
  drawStrands(fine, lamps, canvas, picture, coverage);
  drawStrands(locks, lamps, canvas, picture, coverage);
  const [w, h] = [width / samples, height / samples];
  return {
    pixels: develop(reduced(picture, width, height, samples), w, h, sitting.exposure),
    width: w,
    height: h,
  };
}

function model({ mood, pose }: Sitting, size: number): Mesh[] {
  const columns = Math.round(420 * size);
  const turn = (i: number, most: number) => mix(-most, most, i);
  const head = gridMesh(
    'face',
    columns,
    Math.round(560 * size),
    (i, j) => {
      const y = (CHIN_Y + CROWN_Y) / 2 - Math.cos(j * Math.PI) * ((CROWN_Y - CHIN_Y) / 2);
      return facePoint(turn(i, 2), y, mood);
    },
    (p) => posedHead(p, pose),
  );
  const hold = (p: Vec3) => posedBody(p, pose);
  const body = gridMesh(
    'body',
    columns,
    columns,
    (i, j) => bodyPoint(turn(i, Math.PI), mix(BODY_BOTTOM, BODY_TOP, j)),
    hold,
  );
  const jumper = gridMesh('cloth', columns, columns, (i, j) => jumperPoint(turn(i, Math.PI), j), hold);
  const mane = gridMesh('mane', columns, columns, (i, j) => manePoint(turn(i, 1.5), j), hold);
  return [head, body, jumper, mane];
}

function posedStrand(strand: Strand, pose: Pose, ofFace: boolean): Strand {
  const points = new Float32Array(strand.points.length);
  for (let i = 0; i < points.length; i += 3) {
    const p = [at(strand.points, i), at(strand.points, i + 1), at(strand.points, i + 2)] as const;
    points.set(ofFace ? posedHead(p, pose) : posed(p, pose, holdAt(p[1])), i);
  }
  return { ...strand, points };
}

/** Lays the lit sitter over the backdrop. */
function composed(lit: Lit, canvas: Canvas, { backdrop }: Sitting): Float32Array {
  const { width, height, scale } = canvas.camera;
  const light = scatter(lit.irradiance, lit.softness, width, height, scale);
  const picture = new Float32Array(light.length);
  for (let pixel = 0; pixel < canvas.depth.length; pixel++) {
    if (at(canvas.material, pixel) === 0) {
      picture.set(backdrop((pixel % width) / width, Math.floor(pixel / width) / height), pixel * 3);
      continue;
    }
    for (let c = pixel * 3; c < pixel * 3 + 3; c++)
      picture[c] = at(light, c) * at(lit.colour, c) + at(lit.shine, c);
  }
  return picture;
}

if (import.meta.main) {
  const folder = process.argv[2] ?? dirname(import.meta.filename);
  const size = Number(process.argv[3] ?? 1);
  const samples = Number(process.argv[4] ?? 2);
  await mkdir(folder, { recursive: true });
  for (const sitting of SITTINGS) {
    const { pixels, width, height } = draw(sitting, {
      ...PUBLISHED,
      size,
      samples,
      hairs: size < 1 ? 9000 : PUBLISHED.hairs,
    });
    await sharp(pixels, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 86, mozjpeg: true })
      .toFile(join(folder, sitting.file));
  }
}
