#include "detect/brought/onnx_preparation.h"

#include "detect/brought/onnx_folding.h"

namespace faceveil::brought {
namespace {

// The graph's message: folded nodes left out, the input's size written, folded values added.
Bytes rewrite_graph(BytesView graph, const OnnxFile& file, const Dims& input,
                    const Folding& folding) {
  Bytes result;
  size_t node = 0;
  WireReader reader(graph);
  while (const auto field = reader.next()) {
    if (field->number == graph_input_field) continue;  // Constants need not be listed there.
    if (field->number == graph_node_field && folding.is_folded[node++]) continue;
    append_whole(result, *field);
  }
  append_content(result, graph_input_field, write_float_value(file.inputs[0].name, input));
  for (const auto& [name, value] : folding.values) {
    append_content(result, graph_initializer_field,
                   write_integers(name, value.integers, value.is_scalar));
  }
  return result;
}

}  // namespace

Result<Bytes> prepare_for_opencv(BytesView bytes, const OnnxFile& file, const Dims& input) {
  const Folding folding = fold_shapes(file, input);
  Bytes result;
  WireReader reader(bytes);
  while (const auto field = reader.next()) {
    if (field->number == model_graph_field) {
      append_content(result, model_graph_field,
                     rewrite_graph(field->content, file, input, folding));
    } else {
      append_whole(result, *field);
    }
  }
  return result;
}

}  // namespace faceveil::brought
