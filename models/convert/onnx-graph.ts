import { encodeOnnxModel } from './onnx-messages.ts';
import type { Weight } from './read-weights.ts';

/** Where each side of a picture is padded, px. */
export interface Padding {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

type Attribute = number | string | readonly number[] | { readonly float: number };
type Dimension = number | string;

/** The name of a tensor of the graph under construction. */
export type Value = string;

/** Collects nodes and constants in order, so that the same weights give the same bytes. */
export interface OnnxGraph {
  /** A float32 input, or bytes. */
  input(name: string, shape: readonly Dimension[], type?: 'float32' | 'uint8'): Value;
  output(value: Value, name: string, shape: readonly Dimension[]): void;
  floats(shape: readonly number[], data: Float32Array): Value;
  integers(data: readonly number[]): Value;
  node(opType: string, inputs: readonly Value[], attributes?: Record<string, Attribute>): Value;
  encode(): Uint8Array;
}

const FLOAT = 1;
const UINT8 = 2;
const INT64 = 7;
/** Written by the first and read by every ONNX Runtime of the last years. */
const IR_VERSION = 8;
const OPSET = 17;

export function onnxGraph(name: string): OnnxGraph {
  const nodes: object[] = [];
  const initializers: object[] = [];
  const inputs: object[] = [];
  const outputs: object[] = [];

  const constant = (data_type: number, dims: readonly number[], raw_data: Uint8Array) => {
    const value = `w${initializers.length}`;
    initializers.push({ name: value, data_type, dims, raw_data });
    return value;
  };
  const node: OnnxGraph['node'] = (op_type, input, attributes = {}) => {
    const value = `v${nodes.length}`;
    nodes.push({
      op_type,
      name: value,
      input,
      output: [value],
      attribute: Object.entries(attributes).map(toAttribute),
    });
    return value;
  };

  return {
    node,
    input(value, shape, type) {
      inputs.push(valueInfo(value, shape, type === 'uint8' ? UINT8 : FLOAT));
      return value;
    },
    output(value, outputName, shape) {
      nodes.push({ op_type: 'Identity', name: outputName, input: [value], output: [outputName] });
      outputs.push(valueInfo(outputName, shape, FLOAT));
    },
    floats: (shape, data) => constant(FLOAT, shape, bytesOf(data)),
    integers: (data) => constant(INT64, [data.length], bytesOf(BigInt64Array.from(data.map(BigInt)))),
    encode: () =>
      encodeOnnxModel({
        ir_version: IR_VERSION,
        producer_name: 'idlock',
        opset_import: [{ domain: '', version: OPSET }],
        graph: { name, node: nodes, initializer: initializers, input: inputs, output: outputs },
      }),
  };
}

/** A constant with the shape and numbers of `weight`. */
export function constantOf(graph: OnnxGraph, weight: Weight): Value {
  return graph.floats(weight.shape, weight.data);
}

function bytesOf(data: Float32Array | BigInt64Array): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

function toAttribute([name, value]: [string, Attribute]): object {
  if (typeof value === 'number') return { name, i: value, type: 2 };
  if (typeof value === 'string') return { name, s: Buffer.from(value), type: 3 };
  if ('float' in value) return { name, f: value.float, type: 1 };
  return { name, ints: value, type: 7 };
}

function valueInfo(name: string, shape: readonly Dimension[], elem_type: number): object {
  const dim = shape.map((size) => (typeof size === 'number' ? { dim_value: size } : { dim_param: size }));
  return { name, type: { tensor_type: { elem_type, shape: { dim } } } };
}
