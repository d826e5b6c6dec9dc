#include "detect/brought/onnx_folding.h"

#include <algorithm>
#include <optional>

#include "detect/brought/onnx_shapes.h"

namespace faceveil::brought {
namespace {

// Numbers of a shape are far below; what hostile files say beyond is not computed with.
constexpr int64_t integer_max = int64_t{1} << 31;

bool is_small(const FoldedValue& value) {
  return std::all_of(value.integers.begin(), value.integers.end(),
                     [](int64_t v) { return v >= -integer_max && v <= integer_max; });
}

class Folder {
 public:
  Folder(const OnnxFile& file, const Dims& input) : file_(file), shapes_(file, input) {
    for (const auto& [name, constant] : file.constants) add_constant(name, constant);
  }

  Folding fold() {
    Folding folding;
    for (const OnnxNode& node : file_.nodes) folding.is_folded.push_back(fold_node(node));
    for (size_t i = 0; i < file_.nodes.size(); ++i) {
      if (folding.is_folded[i]) continue;
      for (const std::string_view name : file_.nodes[i].inputs) {
        if (computed_.contains(name)) folding.values[name] = computed_[name];
      }
    }
    return folding;
  }

 private:
  // Whether the node's result is now known, so that the node may go.
  bool fold_node(const OnnxNode& node) {
    if (node.outputs.size() == 1) {
      const std::optional<FoldedValue> value = value_of(node);
      if (value && is_small(*value)) {
        computed_[node.outputs[0]] = *value;
        shapes_.add_integers(node.outputs[0], value->integers, value->is_scalar);
        return true;
      }
      if (node.operation == "Constant") keep_constant(node);
    }
    shapes_.add_node(node);
    return false;
  }

  void keep_constant(const OnnxNode& node) {
    const OnnxAttribute* const value = node.attribute("value");
    if (value && value->tensor) add_constant(node.outputs[0], *value->tensor);
  }

  void add_constant(std::string_view name, const OnnxConstant& constant) {
    shapes_.add_constant(name, constant);
    if (constant.integers.empty() || constant.dims.size() > 1) return;
    given_[name] = {constant.integers, constant.dims.empty()};
  }

  const FoldedValue* integers(std::string_view name) const {
    if (const auto found = computed_.find(name); found != computed_.end()) return &found->second;
    if (const auto found = given_.find(name); found != given_.end()) return &found->second;
    return nullptr;
  }

  std::optional<FoldedValue> value_of(const OnnxNode& node) const {
    if (node.operation == "Shape") {
      const Dims* const dims = shapes_.dims(node.input(0));
      if (!dims || !node.attributes.empty()) return std::nullopt;  // "start", "end" of opset 15.
      return FoldedValue{*dims, false};
    }
    std::vector<const FoldedValue*> operands;
    for (const std::string_view name : node.inputs) {
      operands.push_back(integers(name));
      if (!operands.back() || !is_small(*operands.back())) return std::nullopt;
    }
    if (operands.empty()) return std::nullopt;
    if (node.operation == "Gather") return gather(operands);
    if (node.operation == "Unsqueeze") return unsqueeze(operands);
    if (node.operation == "Concat") return concat(operands);
    if (node.operation == "Cast" || node.operation == "Identity") return *operands[0];
    return calculate(node.operation, operands);
  }

  using Operands = std::vector<const FoldedValue*>;

  static std::optional<FoldedValue> gather(const Operands& operands) {
    if (operands.size() != 2 || operands[0]->is_scalar) return std::nullopt;
    const std::vector<int64_t>& from = operands[0]->integers;
    const auto count = static_cast<int64_t>(from.size());
    FoldedValue result{{}, operands[1]->is_scalar};
    for (int64_t index : operands[1]->integers) {
      if (index < 0) index += count;
      if (index < 0 || index >= count) return std::nullopt;
      result.integers.push_back(from[static_cast<size_t>(index)]);
    }
    return result;
  }

  static std::optional<FoldedValue> unsqueeze(const Operands& operands) {
    if (!operands[0]->is_scalar) return std::nullopt;
    return FoldedValue{operands[0]->integers, false};
  }

  static std::optional<FoldedValue> concat(const Operands& operands) {
    FoldedValue result;
    for (const FoldedValue* operand : operands) {
      if (operand->is_scalar) return std::nullopt;
      result.integers.insert(result.integers.end(), operand->integers.begin(),
                             operand->integers.end());
    }
    return result;
  }

  // Sum, difference, product or quotient (ONNX rounds it towards zero), number by number.
  static std::optional<FoldedValue> calculate(std::string_view operation,
                                              const Operands& operands) {
    if (operands.size() != 2) return std::nullopt;
    const FoldedValue &a = *operands[0], &b = *operands[1];
    const size_t count = std::max(a.integers.size(), b.integers.size());
    FoldedValue result{{}, a.is_scalar && b.is_scalar};
    for (const FoldedValue* operand : operands) {
      if (operand->integers.size() != count && operand->integers.size() != 1) return std::nullopt;
    }
    for (size_t i = 0; i < count; ++i) {
      const int64_t x = a.integers[a.integers.size() == 1 ? 0 : i];
      const int64_t y = b.integers[b.integers.size() == 1 ? 0 : i];
      if (operation == "Add") {
        result.integers.push_back(x + y);
      } else if (operation == "Sub") {
        result.integers.push_back(x - y);
      } else if (operation == "Mul") {
        result.integers.push_back(x * y);
      } else if (operation == "Div" && y != 0) {
        result.integers.push_back(x / y);
      } else {
        return std::nullopt;
      }
    }
    return result;
  }

  const OnnxFile& file_;
  ShapeTable shapes_;
  std::map<std::string_view, FoldedValue> given_, computed_;
};

}  // namespace

Folding fold_shapes(const OnnxFile& file, const Dims& input) { return Folder(file, input).fold(); }

}  // namespace faceveil::brought
