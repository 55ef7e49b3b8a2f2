import { encodedField, fieldHead, fieldsIn, textIn } from './protobuf.ts';

/** Field numbers of ONNX messages. Source: onnx/onnx.proto. */
const MODEL_GRAPH = 7;
const GRAPH_NODE = 1;
const GRAPH_OUTPUT = 12;
const NODE_OUTPUT = 2;
const NODE_OPERATOR = 4;
const NODE_ATTRIBUTE = 5;
const ATTRIBUTE_GRAPH = 6;
const VALUE_NAME = 1;
const VALUE_TYPE = 2;
/** TypeProto { tensor_type { elem_type: FLOAT } } */
const FLOAT_TENSOR = encodedField(1, Buffer.of(0x08, 0x01));

/**
 * The model with inner tensors added to its outputs.
 *
 * The decoder of Moonshine is one `If` node with two branches, first step and later steps; a tensor computed
 * in both becomes visible when each branch, the `If` node and the model name it as an output. All three
 * lists are in the same order, so the names are appended to each. The model computes the same as before.
 */
export function exposeOutputs(model: Buffer, names: readonly string[]): Buffer {
  const outputs = Buffer.concat(
    names.map((name) =>
      encodedField(
        GRAPH_OUTPUT,
        Buffer.concat([encodedField(VALUE_NAME, Buffer.from(name)), encodedField(VALUE_TYPE, FLOAT_TENSOR)]),
      ),
    ),
  );
  const nodeOutputs = names.map((name) => encodedField(NODE_OUTPUT, Buffer.from(name)));

  const branch = (graph: Buffer) => [graph, outputs];
  const attribute = (message: Buffer) => changed(message, ATTRIBUTE_GRAPH, branch);
  const node = (message: Buffer) =>
    textIn(message, NODE_OPERATOR) === 'If'
      ? [...changed(message, NODE_ATTRIBUTE, attribute), ...nodeOutputs]
      : [message];
  const mainGraph = (graph: Buffer) => [...changed(graph, GRAPH_NODE, node), outputs];

  return Buffer.concat(changed(model, MODEL_GRAPH, mainGraph));
}

/**
 * The message with every field of that number changed, and the others as they were. In pieces: put together once, at
 * the end, tens of megabytes of weights are copied once.
 */
function changed(
  message: Buffer,
  number: number,
  change: (payload: Buffer) => readonly Buffer[],
): readonly Buffer[] {
  return Array.from(fieldsIn(message), ({ number: found, payload, encoded }) => {
    if (found !== number || !payload) return [encoded];
    const pieces = change(payload);
    const sizeBytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
    return [fieldHead(number, sizeBytes), ...pieces];
  }).flat();
}
