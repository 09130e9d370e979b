import { CAPITAL_HEIGHT, outlineText } from '../../imaging/outline-text.ts';

/** SVG of the small word "preview" in the lower left corner: capitals would be 1.3 % of the shorter side. */
export function drawLabel(width: number, height: number): string {
  const scale = (Math.min(width, height) * 0.013) / CAPITAL_HEIGHT;
  const margin = CAPITAL_HEIGHT * scale * 1.6;
  const { svg } = outlineText('preview');
  const at = `translate(${margin.toFixed(1)} ${(height - margin - CAPITAL_HEIGHT * scale).toFixed(1)}) scale(${scale.toFixed(3)})`;
  const stroke = (colour: string, opacity: number, thickness: number) =>
    `<g transform="${at}" fill="none" stroke="${colour}" stroke-opacity="${opacity}" stroke-width="${thickness}" stroke-linecap="round" stroke-linejoin="round">${svg}</g>`;
  return stroke('#000', 0.35, 3.4) + stroke('#fff', 0.8, 1.3);
}
