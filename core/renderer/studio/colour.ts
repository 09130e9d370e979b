import { clamp } from './noise.ts';

/** sRGB, each channel in [0, 1]. */
export type Rgb = readonly [r: number, g: number, b: number];

export function rgb(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

export function hex(colour: Rgb): string {
  return `#${colour
    .map((c) =>
      Math.round(clamp(c) * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

export function blend(a: Rgb, b: Rgb, t: number): Rgb {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

/** Each channel times `factor`. */
export function shade(colour: Rgb, factor: number): Rgb {
  return [clamp(colour[0] * factor), clamp(colour[1] * factor), clamp(colour[2] * factor)];
}

/** Two colours as light on paint. */
export function tint(colour: Rgb, light: Rgb): Rgb {
  return [colour[0] * light[0], colour[1] * light[1], colour[2] * light[2]];
}

/** Rec. 709 luma of the sRGB values. */
export function luma(r: number, g: number, b: number): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function saturate(colour: Rgb, amount: number): Rgb {
  const grey = luma(...colour);
  return [
    clamp(grey + (colour[0] - grey) * amount),
    clamp(grey + (colour[1] - grey) * amount),
    clamp(grey + (colour[2] - grey) * amount),
  ];
}
