import { convolve, convolveDepthwise, normalizePixels, SAME_3X3, SAME_3X3_STRIDE_2 } from './layers.ts';
import { constantOf, type OnnxGraph, onnxGraph, type Value } from './onnx-graph.ts';
import type { Weights } from './read-weights.ts';

const MEAN_RGB = [122.782, 117.001, 104.298];
const BLOCKS = ['dense0', 'dense1', 'dense2', 'dense3'];

/**
 * face-api's landmark network as an ONNX file.
 *
 * pixels: float32 [faces, 3, 112, 112], RGB 0-255, a face box padded to a square;
 * points: float32 [faces, 136], x and y in turn, as parts of the square's side.
 * Source: @vladmandic/face-api src/faceFeatureExtractor, src/faceProcessor.
 */
export function landmarksGraph(weights: Weights): Uint8Array {
  const graph = onnxGraph('face-api-landmarks');
  const pixels = graph.input('pixels', ['faces', 3, 112, 112]);

  let x = normalizePixels(graph, pixels, MEAN_RGB, 255);
  for (const block of BLOCKS) x = denseBlock(graph, weights, x, block);
  x = graph.node('AveragePool', [x], { kernel_shape: [7, 7], strides: [2, 2] });

  const flat = graph.node('Flatten', [x]);
  const scaled = graph.node('MatMul', [flat, constantOf(graph, weights('fc/weights'))]);
  const points = graph.node('Add', [scaled, constantOf(graph, weights('fc/bias'))]);
  graph.output(points, 'points', ['faces', 136]);
  return graph.encode();
}

/** Four convolutions, the first at stride 2; each later one sees the sum of all before it. */
function denseBlock(graph: OnnxGraph, weights: Weights, x: Value, block: string): Value {
  const relu = (value: Value) => graph.node('Relu', [value]);
  const add = (a: Value, b: Value) => graph.node('Add', [a, b]);

  const first = relu(
    block === 'dense0'
      ? convolve(graph, x, {
          filters: weights('dense0/conv0/filters'),
          bias: weights('dense0/conv0/bias'),
          stride: 2,
          padding: SAME_3X3_STRIDE_2,
        })
      : separable(graph, weights, x, `${block}/conv0`, 2),
  );
  const second = separable(graph, weights, first, `${block}/conv1`, 1);
  const sum2 = add(first, second);
  const sum3 = add(sum2, separable(graph, weights, relu(sum2), `${block}/conv2`, 1));
  const sum4 = add(sum3, separable(graph, weights, relu(sum3), `${block}/conv3`, 1));
  return relu(sum4);
}

function separable(graph: OnnxGraph, weights: Weights, x: Value, name: string, stride: 1 | 2): Value {
  const deep = convolveDepthwise(graph, x, {
    filters: weights(`${name}/depthwise_filter`),
    stride,
    padding: stride === 1 ? SAME_3X3 : SAME_3X3_STRIDE_2,
  });
  return convolve(graph, deep, {
    filters: weights(`${name}/pointwise_filter`),
    bias: weights(`${name}/bias`),
  });
}
