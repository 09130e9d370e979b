import { constantOf, type OnnxGraph, type Padding, type Value } from './onnx-graph.ts';
import type { Weight } from './read-weights.ts';

export const NO_PADDING: Padding = { top: 0, left: 0, bottom: 0, right: 0 };
/** TensorFlow's "same" for a 3x3 kernel at stride 1. */
export const SAME_3X3: Padding = { top: 1, left: 1, bottom: 1, right: 1 };
/** TensorFlow's "same" for a 3x3 kernel at stride 2 over an even size: it pads the far sides only. */
export const SAME_3X3_STRIDE_2: Padding = { top: 0, left: 0, bottom: 1, right: 1 };

interface Convolution {
  readonly filters: Weight;
  readonly bias?: Weight;
  readonly stride?: number;
  readonly padding?: Padding;
}

/** Bytes of pictures, row by row R G B, as planes of floats. */
export function planesOf(graph: OnnxGraph, bytes: Value): Value {
  const FLOAT = 1;
  return graph.node('Transpose', [graph.node('Cast', [bytes], { to: FLOAT })], { perm: [0, 3, 1, 2] });
}

/** (pixels - mean) / std per colour plane, on pixels of 0-255 in planes of `x`. */
export function normalizePixels(graph: OnnxGraph, x: Value, mean: readonly number[], std: number): Value {
  const centred = graph.node('Sub', [x, graph.floats([1, 3, 1, 1], Float32Array.from(mean))]);
  return graph.node('Div', [centred, graph.floats([1], Float32Array.of(std))]);
}

/** TensorFlow's conv2d: filters of shape [height, width, in, out]. */
export function convolve(graph: OnnxGraph, x: Value, convolution: Convolution): Value {
  const { filters, bias, stride = 1, padding = NO_PADDING } = convolution;
  const kernel = reorder(filters, [3, 2, 0, 1]);
  const inputs = [x, constantOf(graph, kernel), ...(bias ? [constantOf(graph, bias)] : [])];
  return graph.node('Conv', inputs, windowOf(filters, stride, padding));
}

/** TensorFlow's depthwiseConv2d: filters of shape [height, width, in, 1], one per channel. */
export function convolveDepthwise(graph: OnnxGraph, x: Value, convolution: Convolution): Value {
  const { filters, bias, stride = 1, padding = NO_PADDING } = convolution;
  const kernel = reorder(filters, [2, 3, 0, 1]);
  const inputs = [x, constantOf(graph, kernel), ...(bias ? [constantOf(graph, bias)] : [])];
  return graph.node('Conv', inputs, {
    ...windowOf(filters, stride, padding),
    group: kernel.shape[0] ?? 1,
  });
}

/** `weight` with its axes in another order: axis `i` of the result is axis `order[i]` of the weight. */
function reorder({ shape, data }: Weight, order: readonly [number, number, number, number]): Weight {
  const sizeAt = (axis: number) => shape[axis] ?? 1;
  const strides = [1, 1, 1, 1];
  for (let axis = 2; axis >= 0; axis--) strides[axis] = (strides[axis + 1] ?? 1) * sizeAt(axis + 1);
  const [a, b, c, d] = order.map((axis) => ({ size: sizeAt(axis), stride: strides[axis] ?? 1 }));
  if (!a || !b || !c || !d) throw new RangeError('Cannot reorder a weight that has not 4 axes');

  const moved = new Float32Array(data.length);
  let next = 0;
  for (let i = 0; i < a.size; i++)
    for (let j = 0; j < b.size; j++)
      for (let k = 0; k < c.size; k++)
        for (let l = 0; l < d.size; l++)
          moved[next++] = data[i * a.stride + j * b.stride + k * c.stride + l * d.stride] ?? 0;
  return { shape: order.map(sizeAt), data: moved };
}

function windowOf({ shape }: Weight, stride: number, { top, left, bottom, right }: Padding) {
  return {
    kernel_shape: [shape[0] ?? 1, shape[1] ?? 1],
    strides: [stride, stride],
    pads: [top, left, bottom, right],
  };
}
