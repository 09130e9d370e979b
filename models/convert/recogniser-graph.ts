import { convolve, NO_PADDING, SAME_3X3 } from './layers.ts';
import { constantOf, type OnnxGraph, onnxGraph, type Value } from './onnx-graph.ts';
import type { Weight, Weights } from './read-weights.ts';

const CHANNELS = [32, 64, 128, 256] as const;

/**
 * face-api's recogniser (dlib's residual network) as an ONNX file.
 *
 * pixels: float32 [faces, 3, 150, 150], (RGB 0-255 - mean (122.782, 117.001, 104.298)) / 255; descriptor: float32 [faces, 128], not normalised.
 * Source: @vladmandic/face-api src/faceRecognitionNet.
 */
export function recogniserGraph(weights: Weights): Uint8Array {
  const graph = onnxGraph('face-api-recogniser');
  const pixels = graph.input('pixels', ['faces', 3, 150, 150]);
  const net = layersOf(graph, weights);

  let x = net.halve(pixels, 'conv32_down');
  x = graph.node('MaxPool', [x], { kernel_shape: [3, 3], strides: [2, 2] });
  for (const name of ['conv32_1', 'conv32_2', 'conv32_3']) x = net.residual(x, name);
  x = net.residualDown(x, { name: 'conv64_down', size: 35, channels: CHANNELS[0] });
  for (const name of ['conv64_1', 'conv64_2', 'conv64_3']) x = net.residual(x, name);
  x = net.residualDown(x, { name: 'conv128_down', size: 17, channels: CHANNELS[1] });
  for (const name of ['conv128_1', 'conv128_2']) x = net.residual(x, name);
  x = net.residualDown(x, { name: 'conv256_down', size: 8, channels: CHANNELS[2] });
  for (const name of ['conv256_1', 'conv256_2']) x = net.residual(x, name);
  x = net.residualDown(x, { name: 'conv256_down_out', size: 4, channels: CHANNELS[3] });

  const mean = graph.node('Flatten', [graph.node('GlobalAveragePool', [x])]);
  graph.output(graph.node('MatMul', [mean, constantOf(graph, weights('fc'))]), 'descriptor', ['faces', 128]);
  return graph.encode();
}

interface Down {
  readonly name: string;
  /** Height and width of what comes in, px. */
  readonly size: number;
  /** Channels of what comes in. */
  readonly channels: number;
}

function layersOf(graph: OnnxGraph, weights: Weights) {
  const relu = (x: Value) => graph.node('Relu', [x]);
  const scaled = (x: Value, name: string, stride: 1 | 2) => {
    const { filters, bias } = foldScale(weights, name);
    return convolve(graph, x, { filters, bias, stride, padding: stride === 1 ? SAME_3X3 : NO_PADDING });
  };
  const halve = (x: Value, name: string) => relu(scaled(x, name, 2));

  return {
    halve,
    residual(x: Value, name: string): Value {
      const inner = relu(scaled(x, `${name}/conv1`, 1));
      return relu(graph.node('Add', [scaled(inner, `${name}/conv2`, 1), x]));
    },
    /** Halves the size; zeros fill the channels and the far edge where the two paths differ. */
    residualDown(x: Value, { name, size, channels }: Down): Value {
      const { filters } = foldScale(weights, `${name}/conv2`);
      const pooledSize = Math.floor(size / 2);
      const missingEdge = pooledSize - (Math.floor((size - 3) / 2) + 1);
      const missingChannels = (filters.shape[3] ?? channels) - channels;

      const inner = scaled(halve(x, `${name}/conv1`), `${name}/conv2`, 1);
      const pooled = graph.node('AveragePool', [x], { kernel_shape: [2, 2], strides: [2, 2] });
      return relu(
        graph.node('Add', [padEnd(graph, pooled, missingChannels, 0), padEnd(graph, inner, 0, missingEdge)]),
      );
    },
  };
}

/** The convolution with the scale layer behind it multiplied in: w (x * f + b) + c = x * (w f) + (w b + c). */
function foldScale(weights: Weights, name: string): { filters: Weight; bias: Weight } {
  const filters = weights(`${name}/conv/filters`);
  const bias = weights(`${name}/conv/bias`);
  const scale = weights(`${name}/scale/weights`).data;
  const shift = weights(`${name}/scale/biases`).data;
  const at = (data: Float32Array, i: number) => data[i] ?? 0;
  return {
    filters: {
      shape: filters.shape,
      data: filters.data.map((value, i) => value * at(scale, i % scale.length)),
    },
    bias: {
      shape: bias.shape,
      data: bias.data.map((value, i) => value * at(scale, i) + at(shift, i)),
    },
  };
}

function padEnd(graph: OnnxGraph, x: Value, channels: number, edge: number): Value {
  if (channels === 0 && edge === 0) return x;
  return graph.node('Pad', [x, graph.integers([0, 0, 0, 0, 0, channels, edge, edge])]);
}
