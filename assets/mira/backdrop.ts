import { cloud, hash } from './noise.ts';
import { bell2, clamp, linear, mix3, smoothstep, type Vec3 } from './numbers.ts';

/** What is far behind the sitter, out of focus: a colour for each place (0-1 across, 0-1 down). */
export type Backdrop = (u: number, v: number) => Vec3;

/** A hand-painted studio canvas, lighter behind the head. */
export function studio(light: string, dark: string): Backdrop {
  const [centre, edge] = [linear(light), linear(dark)];
  return (u, v) => {
    const brush =
      0.22 * (cloud(u * 3 + v, v * 2.4, 81, 5) - 0.5) + 0.1 * (cloud(u * 9 - v * 4, v * 5, 82, 3) - 0.5);
    return mix3(edge, centre, clamp(bell2(u - 0.55, v - 0.42, 0.42, 0.45) + brush));
  };
}

/** Lamps far away, out of focus, over a gradient: discs with soft rims. */
export function lights(top: string, bottom: string, glow: readonly string[], seed: number): Backdrop {
  const [above, below] = [linear(top), linear(bottom)];
  const discs = Array.from({ length: 26 }, (_, i) => ({
    u: hash(i, 1, seed) * 1.1 - 0.05,
    v: hash(i, 2, seed) * 0.85,
    r: 0.035 + 0.06 * hash(i, 3, seed) ** 2,
    power: 0.12 + 0.5 * hash(i, 4, seed) ** 2,
    colour: linear(glow[i % glow.length] ?? '#ffffff'),
  }));
  return (u, v) => {
    const haze = clamp(v + 0.35 * (cloud(u * 2.2, v * 2.2, seed, 4) - 0.5));
    let colour = mix3(above, below, smoothstep(0, 1, haze));
    for (const disc of discs) {
      const d = Math.hypot((u - disc.u) * 0.8125, v - disc.v) / disc.r;
      const k =
        disc.power *
        (smoothstep(1.12, 0.9, d) * (0.7 + 0.3 * smoothstep(0.4, 0.95, d)) + 0.25 * Math.exp(-d * d * 0.5));
      colour = [
        colour[0] + disc.colour[0] * k,
        colour[1] + disc.colour[1] * k,
        colour[2] + disc.colour[2] * k,
      ];
    }
    return colour;
  };
}
