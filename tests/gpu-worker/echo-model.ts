import { writeFile } from 'node:fs/promises';
import { type OnnxGraph, onnxGraph, type Value } from '#models/convert/onnx-graph.ts';

/** Side of the blocks whose mean colours an echo model gives, px. */
export const ECHO_BLOCK_PX = 32;

/**
 * Writes a network that says what it was fed: in `pixel blocks` order (plane, row, column), the mean of every whole block
 * of 32 x 32 numbers, as the output `output` [1, numbers]. A second output, first in line, is to be ignored.
 */
export async function writeBlockEcho(file: string, output: string, sidePx: number): Promise<void> {
  const graph = onnxGraph('echo');
  const input = graph.input('pixel_values', ['batch', 3, sidePx, sidePx]);
  const perSide = Math.floor(sidePx / ECHO_BLOCK_PX);
  const sizes = [ECHO_BLOCK_PX, ECHO_BLOCK_PX];
  const means = graph.node('AveragePool', [input], { kernel_shape: sizes, strides: sizes });
  graph.output(means, 'last_hidden_state', ['batch', 3, perSide, perSide]);
  graph.output(graph.node('Flatten', [means]), output, ['batch', 3 * perSide * perSide]);
  await writeFile(file, graph.encode());
}

/** Writes a network whose output `output` is its input. */
export async function writePixelEcho(file: string, output: string, sidePx: number): Promise<void> {
  const graph = onnxGraph('echo');
  const shape = [1, 3, sidePx, sidePx];
  graph.output(graph.input('data', shape), output, shape);
  await writeFile(file, graph.encode());
}

/** Writes a network that gives `dim` numbers a picture as an encoder would, and 2 x 2 maps of them as `fire5/concat`. */
export async function writeStandIn(file: string, sidePx: number, dim: number): Promise<void> {
  const graph = onnxGraph('stand-in');
  const input = graph.input('data', ['batch', 3, sidePx, sidePx]);
  const colours = graph.node('Flatten', [graph.node('GlobalAveragePool', [input])]);
  graph.output(spread(graph, colours, dim), 'image_embeds', ['batch', dim]);
  const weights = graph.floats(
    [dim / 2, 3, 1, 1],
    Float32Array.from({ length: (dim / 2) * 3 }, (_, i) => Math.sin(i)),
  );
  graph.output(graph.node('Conv', [input, weights]), 'fire5/concat', ['batch', dim / 2, sidePx, sidePx]);
  await writeFile(file, graph.encode());
}

function spread(graph: OnnxGraph, colours: Value, dim: number): Value {
  const weights = graph.floats(
    [3, dim],
    Float32Array.from({ length: 3 * dim }, (_, i) => Math.cos(i)),
  );
  return graph.node('MatMul', [colours, weights]);
}
