import {
  convolve,
  convolveDepthwise,
  normalizePixels,
  planesOf,
  SAME_3X3,
  SAME_3X3_STRIDE_2,
} from './layers.ts';
import { constantOf, type OnnxGraph, onnxGraph, type Value } from './onnx-graph.ts';
import type { Weight, Weights } from './read-weights.ts';

const HALVING_BLOCKS = [2, 4, 6, 12];
const BATCH_NORM_EPSILON = 0.0010000000474974513;
const BOXES = 5118;

/**
 * face-api's SSD MobileNet v1 detector as an ONNX file.
 *
 * pixels: uint8 [pictures, 512, 512, 3], RGB as a decoder gives them, so that nothing is copied before;
 * boxes: float32 [pictures, 5118, 4] as top, left, bottom, right in parts of the side; scores: [pictures, 5118] in [0, 1].
 * Source: @vladmandic/face-api src/ssdMobilenetv1.
 */
export function ssdDetectorGraph(weights: Weights): Uint8Array {
  const graph = onnxGraph('face-api-ssd-detector');
  const bytes = graph.input('pixels', ['pictures', 512, 512, 3], 'uint8');

  const normalized = normalizePixels(graph, planesOf(graph, bytes), [127.5, 127.5, 127.5], 127.5);
  const features = mobileNet(graph, weights, normalized);
  const predictions = features.map((feature, i) => predict(graph, weights, feature, i));
  const encoded = graph.node(
    'Concat',
    predictions.map(({ boxes }) => boxes),
    { axis: 1 },
  );
  const classes = graph.node(
    'Concat',
    predictions.map(({ scores }) => scores),
    { axis: 1 },
  );

  graph.output(decode(graph, encoded, weights('Output/extra_dim')), 'boxes', ['pictures', BOXES, 4]);
  const face = graph.node('Gather', [classes, graph.integers([1])], { axis: 2 });
  const scores = graph.node('Squeeze', [graph.node('Sigmoid', [face]), graph.integers([2])]);
  graph.output(scores, 'scores', ['pictures', BOXES]);
  return graph.encode();
}

/** The six feature maps that boxes are predicted from, finest first. */
function mobileNet(graph: OnnxGraph, weights: Weights, pixels: Value): Value[] {
  const pointwise = (x: Value, name: string, stride: 1 | 2) => {
    const filters = weights(`${name}/weights`);
    const bias = weights(`${name}/convolution_bn_offset`);
    const padding = stride === 2 ? { padding: SAME_3X3_STRIDE_2 } : {};
    return clip(graph, convolve(graph, x, { filters, bias, stride, ...padding }));
  };
  const features: Value[] = [];
  let x = pointwise(pixels, 'MobilenetV1/Conv2d_0_pointwise', 2);
  for (let block = 1; block <= 13; block++) {
    const stride = HALVING_BLOCKS.includes(block) ? 2 : 1;
    const { filters, bias } = foldBatchNorm(weights, `MobilenetV1/Conv2d_${block}_depthwise`);
    const padding = stride === 2 ? SAME_3X3_STRIDE_2 : SAME_3X3;
    x = clip(graph, convolveDepthwise(graph, x, { filters, bias, stride, padding }));
    x = pointwise(x, `MobilenetV1/Conv2d_${block}_pointwise`, 1);
    if (block === 11 || block === 13) features.push(x);
  }
  for (let layer = 0; layer <= 7; layer++) {
    x = pointwise(x, `Prediction/Conv2d_${layer}_pointwise`, layer % 2 === 1 ? 2 : 1);
    if (layer % 2 === 1) features.push(x);
  }
  return features;
}

function predict(graph: OnnxGraph, weights: Weights, feature: Value, index: number) {
  const flat = (head: string, perBox: number) => {
    const name = `Prediction/BoxPredictor_${index}/${head}`;
    const filters = weights(`${name}/weights`);
    const x = convolve(graph, feature, { filters, bias: weights(`${name}/biases`) });
    const lastAxis = graph.node('Transpose', [x], { perm: [0, 2, 3, 1] });
    return graph.node('Reshape', [lastAxis, graph.integers([0, -1, perBox])]);
  };
  return { boxes: flat('BoxEncodingPredictor', 4), scores: flat('ClassPredictor', 3) };
}

/** Boxes from their offsets to the anchors: centres move by 1/10, sizes grow by exp(1/5) of the offset. */
function decode(graph: OnnxGraph, encoded: Value, anchors: Weight): Value {
  const centres = new Float32Array(BOXES * 2);
  const sizes = new Float32Array(BOXES * 2);
  for (let i = 0; i < BOXES; i++)
    for (const axis of [0, 1]) {
      const low = anchors.data[i * 4 + axis] ?? 0;
      const size = (anchors.data[i * 4 + axis + 2] ?? 0) - low;
      sizes[i * 2 + axis] = size;
      centres[i * 2 + axis] = low + size / 2;
    }
  const size = constantOf(graph, { shape: [1, BOXES, 2], data: sizes });
  const times = (x: Value, factor: number) =>
    graph.node('Mul', [x, graph.floats([1], Float32Array.of(factor))]);
  const part = (from: number) =>
    graph.node('Gather', [encoded, graph.integers([from, from + 1])], { axis: 2 });

  const moved = graph.node('Mul', [times(part(0), 0.1), size]);
  const centre = graph.node('Add', [moved, constantOf(graph, { shape: [1, BOXES, 2], data: centres })]);
  const half = times(graph.node('Mul', [graph.node('Exp', [times(part(2), 0.2)]), size]), 0.5);
  return graph.node('Concat', [graph.node('Sub', [centre, half]), graph.node('Add', [centre, half])], {
    axis: 2,
  });
}

function foldBatchNorm(weights: Weights, name: string): { filters: Weight; bias: Weight } {
  const filters = weights(`${name}/depthwise_weights`);
  const [gamma, beta, mean, variance] = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map(
    (part) => weights(`${name}/BatchNorm/${part}`).data,
  );
  if (!gamma || !beta || !mean || !variance) throw new RangeError(`Cannot read the batch norm of ${name}`);
  const scale = gamma.map((value, i) => value / Math.sqrt((variance[i] ?? 1) + BATCH_NORM_EPSILON));
  return {
    filters: {
      shape: filters.shape,
      data: filters.data.map((value, i) => value * (scale[i % scale.length] ?? 1)),
    },
    bias: {
      shape: [scale.length],
      data: beta.map((value, i) => value - (mean[i] ?? 0) * (scale[i] ?? 1)),
    },
  };
}

function clip(graph: OnnxGraph, x: Value): Value {
  return graph.node('Clip', [x, graph.floats([], Float32Array.of(0)), graph.floats([], Float32Array.of(6))]);
}
