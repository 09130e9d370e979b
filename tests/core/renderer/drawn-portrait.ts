import sharp from 'sharp';
import type { RenderReference } from '#core/renderer/renderer.ts';

/** A drawn head and shoulders before a plain wall, with its landmarks: a reference that is nobody's photo. */
export async function drawnPortrait(hair = '#5a3420'): Promise<RenderReference> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="600"><rect width="480" height="600" fill="#c9d3d8"/>
<path d="M90 600C90 480 160 460 240 450C320 460 390 480 390 600Z" fill="#39505e"/><rect x="200" y="360" width="80" height="110" fill="#c99878"/>
<ellipse cx="240" cy="240" rx="130" ry="160" fill="${hair}"/><ellipse cx="240" cy="270" rx="102" ry="132" fill="#dba988"/>
<ellipse cx="198" cy="250" rx="17" ry="9" fill="#fff"/><ellipse cx="282" cy="250" rx="17" ry="9" fill="#fff"/><circle cx="198" cy="250" r="8" fill="#2f4a3a"/><circle cx="282" cy="250" r="8" fill="#2f4a3a"/>
<path d="M176 226q22 -14 44 0M260 226q22 -14 44 0" stroke="${hair}" stroke-width="7" fill="none"/><path d="M240 262l-12 42h24Z" fill="#c48f70"/><path d="M206 336q34 20 68 0q-34 -12 -68 0Z" fill="#a8504e"/></svg>`;
  return {
    role: 'identity',
    name: 'Drawn',
    image: await sharp(Buffer.from(svg)).png().toBuffer(),
    face: {
      box: { x: 140, y: 150, width: 200, height: 250 },
      landmarks: [
        [198, 250],
        [282, 250],
        [240, 300],
        [208, 338],
        [272, 338],
      ],
    },
  };
}
