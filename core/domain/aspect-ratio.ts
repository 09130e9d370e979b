export const ASPECT_RATIOS = ['1:1', '4:5', '5:4', '3:4', '4:3', '9:16', '16:9'] as const;
export type AspectRatio = (typeof ASPECT_RATIOS)[number];
