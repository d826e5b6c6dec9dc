#include "detect/brought/onnx_shapes.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace faceveil::brought {
namespace {

// No side of a value in a face network comes near; larger ones are hostile and are not computed
// with, so that nothing below can overflow.
constexpr int64_t side_max = int64_t{1} << 24;

bool is_sane(const Dims& dims) {
  return dims.size() <= 8 &&
         std::all_of(dims.begin(), dims.end(), [](int64_t d) { return d >= 1 && d <= side_max; });
}

int64_t product(const Dims& dims) {
  int64_t result = 1;
  for (const int64_t side : dims) {
    if (result > side_max * 64) return -1;
    result *= side;
  }
  return result;
}

// The attribute's numbers, or `count` times `otherwise` where it is absent.
Dims numbers_of(const OnnxNode& node, std::string_view name, size_t count, int64_t otherwise) {
  const OnnxAttribute* const attribute = node.attribute(name);
  return attribute ? attribute->integers : Dims(count, otherwise);
}

// A possibly negative axis as an index; absent outside of `rank`.
std::optional<size_t> axis_of(int64_t axis, size_t rank) {
  const auto count = static_cast<int64_t>(rank);
  if (axis < -count || axis >= count) return std::nullopt;
  return static_cast<size_t>(axis < 0 ? axis + count : axis);
}

// Results with the dimensions of the first input.
bool keeps_dims(std::string_view operation) {
  static constexpr std::array<std::string_view, 12> names = {
      "Relu",    "Sigmoid",   "LeakyRelu", "PRelu", "Clip",     "HardSigmoid",
      "Softmax", "HardSwish", "Exp",       "Cast",  "Identity", "BatchNormalization"};
  return std::find(names.begin(), names.end(), operation) != names.end();
}

bool is_arithmetic(std::string_view operation) {
  return operation == "Add" || operation == "Sub" || operation == "Mul" || operation == "Div";
}

}  // namespace

ShapeTable::ShapeTable(const OnnxFile& file, const Dims& input) {
  if (!file.inputs.empty()) dims_[file.inputs[0].name] = input;
}

const Dims* ShapeTable::dims(std::string_view name) const {
  const auto found = dims_.find(name);
  return found == dims_.end() ? nullptr : &found->second;
}

const OnnxConstant* ShapeTable::constant(std::string_view name) const {
  const auto found = constants_.find(name);
  return found == constants_.end() ? nullptr : &found->second;
}

void ShapeTable::add_constant(std::string_view name, const OnnxConstant& constant) {
  constants_[name] = constant;
  if (is_sane(constant.dims)) dims_[name] = constant.dims;
}

void ShapeTable::add_integers(std::string_view name, const std::vector<int64_t>& values,
                              bool is_scalar) {
  add_constant(name, {is_scalar ? Dims() : Dims{static_cast<int64_t>(values.size())}, values, {}});
}

void ShapeTable::add_node(const OnnxNode& node) {
  if (node.outputs.empty()) return;
  const std::optional<Dims> dims = dims_of(node);
  if (dims && is_sane(*dims)) dims_[node.outputs[0]] = *dims;
}

std::optional<Dims> ShapeTable::dims_of(const OnnxNode& node) const {
  const Dims* const input = dims(node.input(0));
  if (!input) return std::nullopt;
  const Dims* const second = dims(node.input(1));
  const std::string_view operation = node.operation;
  if (keeps_dims(operation)) return *input;
  if (operation == "Concat") return concat(node);
  if (operation == "Reshape") return reshape(node, *input);
  if (operation == "Transpose") return transpose(node, *input);
  if (operation == "Slice") return slice(node, *input);
  if (operation == "Resize") return resize(node, *input);
  if (is_arithmetic(operation)) return second ? broadcast(*input, *second) : std::nullopt;
  if (operation == "Conv" && second && second->size() == 4) {
    return window(node, *input, (*second)[0], {(*second)[2], (*second)[3]});
  }
  if ((operation == "MaxPool" || operation == "AveragePool") && input->size() == 4) {
    return window(node, *input, (*input)[1], numbers_of(node, "kernel_shape", 2, 1));
  }
  return std::nullopt;
}

// ONNX, "Broadcasting in ONNX": aligned at the last dimension, a side of one stretches.
std::optional<Dims> ShapeTable::broadcast(const Dims& a, const Dims& b) const {
  const Dims &longer = a.size() >= b.size() ? a : b, &shorter = a.size() >= b.size() ? b : a;
  Dims result = longer;
  const size_t offset = longer.size() - shorter.size();
  for (size_t i = 0; i < shorter.size(); ++i) {
    int64_t& side = result[offset + i];
    if (side != shorter[i] && side != 1 && shorter[i] != 1) return std::nullopt;
    side = std::max(side, shorter[i]);
  }
  return result;
}

// A convolution or pooling with a window of `kernel` (height, width).
std::optional<Dims> ShapeTable::window(const OnnxNode& node, const Dims& input, int64_t channels,
                                       const Dims& kernel) const {
  const OnnxAttribute* const automatic = node.attribute("auto_pad");
  if (automatic && automatic->text != "NOTSET") return std::nullopt;
  const OnnxAttribute* const rounds_up = node.attribute("ceil_mode");
  const Dims strides = numbers_of(node, "strides", 2, 1);
  const Dims dilations = numbers_of(node, "dilations", 2, 1);
  const Dims pads = numbers_of(node, "pads", 4, 0);
  if (input.size() != 4 || kernel.size() != 2 || !is_sane(kernel) || strides.size() != 2 ||
      !is_sane(strides) || dilations.size() != 2 || !is_sane(dilations) || pads.size() != 4) {
    return std::nullopt;
  }
  Dims result = {input[0], channels, 0, 0};
  for (size_t i = 0; i < 2; ++i) {
    if (pads[i] < 0 || pads[i] > side_max || pads[i + 2] < 0 || pads[i + 2] > side_max) {
      return std::nullopt;
    }
    const int64_t room = input[i + 2] + pads[i] + pads[i + 2] - dilations[i] * (kernel[i] - 1) - 1;
    if (room < 0) return std::nullopt;
    const int64_t rounding = rounds_up && rounds_up->integer ? strides[i] - 1 : 0;
    result[i + 2] = (room + rounding) / strides[i] + 1;
  }
  return result;
}

std::optional<Dims> ShapeTable::concat(const OnnxNode& node) const {
  const OnnxAttribute* const attribute = node.attribute("axis");
  Dims result = *dims(node.input(0));
  const auto axis = attribute ? axis_of(attribute->integer, result.size()) : std::nullopt;
  if (!axis) return std::nullopt;
  for (size_t i = 1; i < node.inputs.size(); ++i) {
    const Dims* const next = dims(node.inputs[i]);
    if (!next || next->size() != result.size()) return std::nullopt;
    result[*axis] += (*next)[*axis];
  }
  return result;
}

// In the target 0 stands for the input's side, -1 for whatever remains.
std::optional<Dims> ShapeTable::reshape(const OnnxNode& node, const Dims& input) const {
  const OnnxConstant* const target = constant(node.input(1));
  if (!target || target->integers.empty()) return std::nullopt;
  Dims result = target->integers;
  std::optional<size_t> open;
  for (size_t i = 0; i < result.size(); ++i) {
    if (result[i] == 0 && i < input.size()) result[i] = input[i];
    if (result[i] != -1) continue;
    if (open) return std::nullopt;
    open = i;
    result[i] = 1;
  }
  if (!is_sane(result)) return std::nullopt;
  const int64_t before = product(input), after = product(result);
  if (before < 1 || after < 1 || before % after != 0) return std::nullopt;
  if (open) result[*open] = before / after;
  return product(result) == before ? std::optional(result) : std::nullopt;
}

std::optional<Dims> ShapeTable::transpose(const OnnxNode& node, const Dims& input) const {
  const OnnxAttribute* const order = node.attribute("perm");
  if (!order || order->integers.size() != input.size()) return std::nullopt;
  Dims result;
  for (const int64_t from : order->integers) {
    const auto axis = axis_of(from, input.size());
    if (!axis) return std::nullopt;
    result.push_back(input[*axis]);
  }
  return result;
}

// Since opset 10: starts, ends, axes and steps are inputs. Forward steps only.
std::optional<Dims> ShapeTable::slice(const OnnxNode& node, const Dims& input) const {
  const OnnxConstant* const starts = constant(node.input(1));
  const OnnxConstant* const ends = constant(node.input(2));
  const OnnxConstant* const axes = constant(node.input(3));
  const OnnxConstant* const steps = constant(node.input(4));
  if (!starts || !ends || !axes || starts->integers.size() != axes->integers.size() ||
      ends->integers.size() != axes->integers.size()) {
    return std::nullopt;
  }
  if (steps && steps->integers.size() != axes->integers.size()) return std::nullopt;
  Dims result = input;
  for (size_t i = 0; i < axes->integers.size(); ++i) {
    const auto axis = axis_of(axes->integers[i], input.size());
    const int64_t step = steps ? steps->integers[i] : 1;
    if (!axis || step < 1 || step > side_max) return std::nullopt;
    const int64_t side = input[*axis];
    const auto place = [&](int64_t at) {
      return std::clamp(at < 0 ? at + side : at, int64_t{0}, side);
    };
    const int64_t begin = place(starts->integers[i]), end = place(ends->integers[i]);
    result[*axis] = (std::max(end - begin, int64_t{0}) + step - 1) / step;
  }
  return result;
}

// Since opset 11: sizes are the fourth input, factors the third.
std::optional<Dims> ShapeTable::resize(const OnnxNode& node, const Dims& input) const {
  if (const OnnxConstant* const sizes = constant(node.input(3))) {
    if (sizes->integers.size() == input.size()) return sizes->integers;
  }
  const OnnxConstant* const factors = constant(node.input(2));
  if (!factors || factors->numbers.size() != input.size()) return std::nullopt;
  Dims result;
  for (size_t i = 0; i < input.size(); ++i) {
    const double side = std::floor(static_cast<double>(input[i]) * double{factors->numbers[i]});
    if (!(side >= 1 && side <= static_cast<double>(side_max))) return std::nullopt;
    result.push_back(static_cast<int64_t>(side));
  }
  return result;
}

}  // namespace faceveil::brought
