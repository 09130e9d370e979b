import { z } from 'zod';
import { calibrationSchema } from '#core/domain/encoder.ts';

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
/** A plain name: manifests and mirrors never point outside the models directory. */
const fileNameSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/);
const threeNumbers = z.tuple([z.number(), z.number(), z.number()]);

/** One file's exact content: what is checked before use. */
const contentSchema = z.strictObject({
  bytes: z.number().int().positive(),
  sha256: sha256Schema,
});

const packFileSchema = z.strictObject({
  /** Its name in the pack's folder. */
  file: fileNameSchema,
  task: z.enum([
    'face-detection',
    'face-landmarks',
    'face-embedding',
    'image-embedding',
    'text-embedding',
    'tokenizer',
    'nsfw',
    'upscale',
  ]),
  source: z.strictObject({ words: z.string(), url: z.url() }),
  licence: z.string(),
  /** What goes in and out, in words: shape, colour order, range. */
  input: z.string().optional(),
  output: z.string().optional(),
  /** Absent only for a file that is built and whose content is recorded when it is. */
  content: contentSchema.optional(),
  /** Where exactly this content is served; empty when it only comes by hand, from a mirror or from the build. */
  urls: z.array(z.url()).default([]),
  /** Other contents that do the same work, by the names they have elsewhere; taken when found, never fetched. */
  alternatives: z
    .array(contentSchema.extend({ file: fileNameSchema, note: z.string().optional() }))
    .default([]),
});

/** How a picture becomes a model's tensor: (pixel 0-255 - mean) / std, planes in `colour` order. */
const preprocessing = {
  sizePx: z.number().int().positive(),
  colour: z.enum(['rgb', 'bgr']),
  mean: threeNumbers,
  std: threeNumbers,
};

const faceEncoderSchema = z.strictObject({
  /** `<pack>/<model>@<version>`: written beside every vector. */
  id: z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+@[0-9]+$/),
  file: fileNameSchema,
  dim: z.number().int().positive(),
  ...preprocessing,
  /** Where the five points go: ArcFace's 112 px template, OpenVINO reid's, or face-api's own 150 px crop. */
  template: z.enum(['arcface-112', 'r96', 'face-api-150']),
  /** Which crops of a face are embedded and averaged: laid by its points or by its box, as they are or mirrored. */
  views: z
    .array(z.enum(['points', 'points-mirrored', 'box', 'box-mirrored']))
    .min(1)
    .default(['points']),
  /** For descriptors that are compared by distance: maps them so that their cosine is exp(-gamma * distance^2). */
  kernel: z.strictObject({ gamma: z.number().positive(), blocks: z.number().int().positive() }).optional(),
  /** Little-endian float32[dim] in base64, subtracted from the L2-normalised descriptor before normalising again. */
  centre: z.base64().optional(),
  /** Absent until `idlock evaluate` measured it; an encoder without it cannot be chosen. */
  calibration: calibrationSchema.optional(),
});

const styleEncoderSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+@[0-9]+$/),
  kind: z.enum(['clip-image', 'squeezenet-fire5']),
  file: fileNameSchema,
  dim: z.number().int().positive(),
  ...preprocessing,
  centre: z.base64().optional(),
});

const detectorSchema = z.strictObject({
  kind: z.enum(['face-api-ssd', 'yunet']),
  file: fileNameSchema,
  /** Detector score in [0, 1] under which a face is dropped. */
  scoreThreshold: z.number().min(0).max(1),
  /** Intersection over union in [0, 1] over which two boxes are one face. */
  nmsThreshold: z.number().min(0).max(1),
});

const landmarksSchema = z.strictObject({
  kind: z.literal('face-api-68'),
  file: fileNameSchema,
});

/** A model pack: which files, whose licence, what content, and how its models are fed. One JSON file in models/packs/. */
export const manifestSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/),
    version: z.number().int().positive(),
    title: z.string(),
    licence: z.strictObject({ name: z.string(), commercial: z.boolean(), url: z.url() }),
    /** `built`: converted on this machine from an npm dependency; `download`: by URL, by mirror or by hand. */
    arrives: z.enum(['built', 'download']),
    /** What a person should know before choosing it. */
    notes: z.string().optional(),
    files: z.array(packFileSchema).min(1),
    detector: detectorSchema.optional(),
    landmarks: landmarksSchema.optional(),
    faceEncoder: faceEncoderSchema.optional(),
    styleEncoder: styleEncoderSchema.optional(),
  })
  .superRefine((manifest, check) => {
    const names = new Set(manifest.files.map(({ file }) => file));
    for (const part of ['detector', 'landmarks', 'faceEncoder', 'styleEncoder'] as const) {
      const file = manifest[part]?.file;
      if (file && !names.has(file))
        check.addIssue({ code: 'custom', path: [part, 'file'], message: 'names no file of the pack' });
    }
    if (manifest.arrives === 'built') return;
    manifest.files.forEach(({ content }, i) => {
      if (!content)
        check.addIssue({ code: 'custom', path: ['files', i, 'content'], message: 'is needed to verify it' });
    });
  });

export type Manifest = z.infer<typeof manifestSchema>;
export type PackFile = Manifest['files'][number];
export type FileContent = z.infer<typeof contentSchema>;
export type FaceEncoderSpec = z.infer<typeof faceEncoderSchema>;
export type DetectorSpec = z.infer<typeof detectorSchema>;
export type StyleEncoderSpec = z.infer<typeof styleEncoderSchema>;
