import protobuf from 'protobufjs';

const field = (id: number, type: string, repeated = false) =>
  repeated ? ({ id, type, rule: 'repeated' } as const) : { id, type };

/**
 * The few ONNX messages that a converted network needs, by their public field numbers.
 * Source: onnx/onnx.proto of github.com/onnx/onnx, IR version 8.
 */
const ONNX = {
  ModelProto: {
    ir_version: field(1, 'int64'),
    producer_name: field(2, 'string'),
    graph: field(7, 'GraphProto'),
    opset_import: field(8, 'OperatorSetIdProto', true),
  },
  OperatorSetIdProto: { domain: field(1, 'string'), version: field(2, 'int64') },
  GraphProto: {
    node: field(1, 'NodeProto', true),
    name: field(2, 'string'),
    initializer: field(5, 'TensorProto', true),
    input: field(11, 'ValueInfoProto', true),
    output: field(12, 'ValueInfoProto', true),
  },
  NodeProto: {
    input: field(1, 'string', true),
    output: field(2, 'string', true),
    name: field(3, 'string'),
    op_type: field(4, 'string'),
    attribute: field(5, 'AttributeProto', true),
  },
  AttributeProto: {
    name: field(1, 'string'),
    f: field(2, 'float'),
    i: field(3, 'int64'),
    s: field(4, 'bytes'),
    ints: field(8, 'int64', true),
    type: field(20, 'int32'),
  },
  TensorProto: {
    dims: field(1, 'int64', true),
    data_type: field(2, 'int32'),
    name: field(8, 'string'),
    raw_data: field(9, 'bytes'),
  },
  ValueInfoProto: { name: field(1, 'string'), type: field(2, 'TypeProto') },
  TypeProto: { tensor_type: field(1, 'TensorTypeProto') },
  TensorTypeProto: { elem_type: field(1, 'int32'), shape: field(2, 'TensorShapeProto') },
  TensorShapeProto: { dim: field(1, 'DimensionProto', true) },
  DimensionProto: { dim_value: field(1, 'int64'), dim_param: field(2, 'string') },
};

const root = protobuf.Root.fromJSON({
  nested: Object.fromEntries(Object.entries(ONNX).map(([name, fields]) => [name, { fields }])),
});
const modelProto = root.lookupType('ModelProto');

/** Encodes a ModelProto (field names as in onnx.proto) as the bytes of an `.onnx` file. */
export function encodeOnnxModel(model: Record<string, unknown>): Uint8Array {
  return modelProto.encode(modelProto.fromObject(model)).finish();
}
