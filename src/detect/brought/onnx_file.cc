#include "detect/brought/onnx_file.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace faceveil::brought {
namespace {

// Shapes, axes and factors have a handful of numbers; weights are left where they are.
constexpr size_t small_constant_bytes_max = 512;
constexpr int64_t type_float = 1, type_int64 = 7;

auto damaged() {
  return fail(Error::Kind::bad_input, "This is not an ONNX model, or it is damaged.");
}

// Repeated numbers come one a field or packed into one.
void add_integers(const WireField& field, std::vector<int64_t>& integers) {
  if (!field.has_content) {
    integers.push_back(field.signed_integer());
    return;
  }
  WireReader packed(field.content);
  while (!packed.at_end()) {
    const std::optional<uint64_t> value = packed.next_varint();
    if (!value) return;
    integers.push_back(static_cast<int64_t>(*value));
  }
}

template <typename Number>
std::vector<Number> numbers_of(BytesView raw) {
  static_assert(std::endian::native == std::endian::little);  // ONNX's raw data is.
  std::vector<Number> numbers(raw.size() / sizeof(Number));
  if (!numbers.empty()) std::memcpy(numbers.data(), raw.data(), numbers.size() * sizeof(Number));
  return numbers;
}

struct NamedConstant {
  std::string_view name;
  OnnxConstant constant;
};

// TensorProto: dims = 1, data_type = 2, float_data = 4, int64_data = 7, name = 8, raw_data = 9.
Result<NamedConstant> read_tensor(BytesView message) {
  NamedConstant result;
  OnnxConstant& constant = result.constant;
  int64_t type = 0;
  BytesView raw;
  WireReader reader(message);
  while (const auto field = reader.next()) {
    if (field->number == 1) add_integers(*field, constant.dims);
    if (field->number == 2) type = field->signed_integer();
    if (field->number == 8) result.name = field->text();
    if (field->content.size() > small_constant_bytes_max) continue;
    if (field->number == 4) constant.numbers = numbers_of<float>(field->content);
    if (field->number == 7) add_integers(*field, constant.integers);
    if (field->number == 9) raw = field->content;
  }
  if (reader.damaged()) return damaged();
  if (type == type_float && !raw.empty()) constant.numbers = numbers_of<float>(raw);
  if (type == type_int64 && !raw.empty()) constant.integers = numbers_of<int64_t>(raw);
  return result;
}

// AttributeProto: name = 1, i = 3, s = 4, t = 5, ints = 8.
Result<OnnxAttribute> read_attribute(BytesView message) {
  OnnxAttribute attribute;
  WireReader reader(message);
  while (const auto field = reader.next()) {
    if (field->number == 1) attribute.name = field->text();
    if (field->number == 3) attribute.integer = field->signed_integer();
    if (field->number == 4) attribute.text = field->text();
    if (field->number == 5) {
      NamedConstant tensor = TRY(read_tensor(field->content));
      attribute.tensor = std::move(tensor.constant);
    }
    if (field->number == 8) add_integers(*field, attribute.integers);
  }
  if (reader.damaged()) return damaged();
  return attribute;
}

// NodeProto: input = 1, output = 2, op_type = 4, attribute = 5.
Result<OnnxNode> read_node(BytesView message) {
  OnnxNode node;
  WireReader reader(message);
  while (const auto field = reader.next()) {
    if (field->number == 1) node.inputs.push_back(field->text());
    if (field->number == 2) node.outputs.push_back(field->text());
    if (field->number == 4) node.operation = field->text();
    if (field->number == 5) node.attributes.push_back(TRY(read_attribute(field->content)));
  }
  if (reader.damaged()) return damaged();
  return node;
}

// The content of the last field of this number; empty when there is none.
Result<BytesView> content_of(BytesView message, uint32_t number) {
  BytesView content;
  WireReader reader(message);
  while (const auto field = reader.next()) {
    if (field->number == number) content = field->content;
  }
  if (reader.damaged()) return damaged();
  return content;
}

// TensorShapeProto: dim = 1, each a Dimension: dim_value = 1, dim_param = 2.
Result<Dims> read_shape(BytesView message) {
  Dims dims;
  WireReader reader(message);
  while (const auto field = reader.next()) {
    if (field->number != 1) continue;
    int64_t value = 0;
    WireReader dimension(field->content);
    while (const auto part = dimension.next()) {
      if (part->number == 1) value = std::max<int64_t>(part->signed_integer(), 0);
    }
    if (dimension.damaged()) return damaged();
    dims.push_back(value);
  }
  if (reader.damaged()) return damaged();
  return dims;
}

// ValueInfoProto: name = 1, type = 2; TypeProto: tensor_type = 1; its shape = 2.
Result<OnnxValue> read_value(BytesView message) {
  OnnxValue value;
  const BytesView name = TRY(content_of(message, 1));
  const BytesView type = TRY(content_of(message, 2));
  const BytesView tensor = TRY(content_of(type, 1));
  const BytesView shape = TRY(content_of(tensor, 2));
  value.name = as_text(name);
  value.dims = TRY(read_shape(shape));
  return value;
}

// GraphProto: node = 1, initializer = 5, input = 11, output = 12.
Result<OnnxFile> read_graph(BytesView message) {
  OnnxFile file;
  WireReader reader(message);
  while (const auto field = reader.next()) {
    if (field->number == graph_node_field) file.nodes.push_back(TRY(read_node(field->content)));
    if (field->number == graph_initializer_field) {
      NamedConstant constant = TRY(read_tensor(field->content));
      file.constants[constant.name] = std::move(constant.constant);
    }
    if (field->number == graph_input_field) file.inputs.push_back(TRY(read_value(field->content)));
    if (field->number == 12) file.outputs.push_back(TRY(read_value(field->content)));
  }
  if (reader.damaged()) return damaged();
  return file;
}

}  // namespace

const OnnxAttribute* OnnxNode::attribute(std::string_view name) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const OnnxAttribute& a) { return a.name == name; });
  return found == attributes.end() ? nullptr : &*found;
}

std::string_view OnnxNode::input(size_t index) const {
  return index < inputs.size() ? inputs[index] : std::string_view();
}

Result<OnnxFile> read_onnx(BytesView bytes) {
  const BytesView graph = TRY(content_of(bytes, model_graph_field));
  OnnxFile file = TRY(read_graph(graph));
  if (file.nodes.empty() || file.outputs.empty()) return damaged();
  // Older files list the constants among the inputs.
  std::erase_if(file.inputs, [&](const OnnxValue& v) { return file.constants.contains(v.name); });
  return file;
}

Bytes write_float_value(std::string_view name, const Dims& dims) {
  Bytes shape;
  for (const int64_t size : dims) {
    Bytes dimension;
    append_integer(dimension, 1, size);
    append_content(shape, 1, dimension);
  }
  Bytes tensor, type, value;
  append_integer(tensor, 1, type_float);
  append_content(tensor, 2, shape);
  append_content(type, 1, tensor);
  append_content(value, 1, as_bytes(name));
  append_content(value, 2, type);
  return value;
}

Bytes write_integers(std::string_view name, std::span<const int64_t> values, bool scalar) {
  Bytes tensor;
  if (!scalar) append_integer(tensor, 1, static_cast<int64_t>(values.size()));
  append_integer(tensor, 2, type_int64);
  append_content(tensor, 8, as_bytes(name));
  append_content(tensor, 9, std::as_bytes(values));
  return tensor;
}

}  // namespace faceveil::brought
