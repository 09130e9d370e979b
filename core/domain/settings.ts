import { z } from 'zod';

/** What a tenant may set. Thresholds are on the confidence scale, so they mean the same for every encoder. */
export const settingsSchema = z.object({
  /** Confidence under which a scene asks for more reference photos. */
  needsRefsBelow: z.number().min(0).max(1).default(0.7),
  /** Confidence under which a take is refined. */
  refineBelow: z.number().min(0).max(1).default(0.8),
  /** Whether pictures carry a visible "AI" mark. */
  visibleMark: z.boolean().default(true),
  /** Rendered attempts at one scene, the first included. */
  maxTakes: z.int().min(1).max(10).default(3),
});
export type Settings = z.infer<typeof settingsSchema>;
